"""Invented values for the gallery: the components that show records and lists."""

from datetime import UTC, date, datetime
from typing import Any

from khcn.ui.gallery_samples import DUE_SOON, FIGURES, HERE, LATER, OVERDUE, STATES, Variants
from khcn.ui.tables import CELL

INSTANT = datetime(2030, 9, 30, 17, 5, tzinfo=UTC)

COLUMNS = [
    {"label": "Nhiệm vụ", "sort_url": HERE, "sorted": "asc"},
    {"label": "Chủ nhiệm", "sort_url": HERE},
    {"label": "Kinh phí", "num": True, "hint": "triệu đồng", "sort_url": HERE},
    {"label": "Trạng thái"},
    {"label": "Hạn"},
]

ROWS = [
    {
        "url": HERE,
        "id": 1,
        "cells": [
            {"text": "Tuyển chọn giống lúa chịu mặn cho vùng ven biển", "sub": "NV-014 · nông nghiệp"},
            "Trần Văn Mẫu",
            "1.250",
            {"state": STATES["chưa đến hạn"]},
            {"due": LATER},
        ],
    },
    {
        "url": HERE,
        "id": 2,
        "selected": True,
        "cells": [
            {
                "text": "Bảo tồn kỹ thuật dệt thổ cẩm, nghiên cứu nguồn nguyên liệu nhuộm tự nhiên",
                "sub": "NV-021 · văn hoá",
            },
            "Lê Thị Mẫu",
            "680,5",
            {"state": STATES["sắp đến hạn"]},
            {"due": DUE_SOON},
        ],
    },
    {
        "url": HERE,
        "id": 3,
        "cells": [
            {"text": "Đánh giá trữ lượng nước ngầm", "sub": "NV-022 · tài nguyên"},
            "Phạm Mẫu",
            None,
            {"state": STATES["quá hạn"]},
            {"due": OVERDUE},
        ],
    },
]

BEHIND: dict[str, Any] = {
    "label": "Nhiệm vụ đang thực hiện",
    "figure": {"value": 3, "unit": "nhiệm vụ", "kind": "count"},
    "definition": "Đếm nhiệm vụ đã ký hợp đồng và chưa nghiệm thu; nhiệm vụ nhiều cơ quan chủ trì đếm một lần.",
    "period": "9 tháng đầu năm 2030",
    "instant": INSTANT,
    "source": "Sổ nhiệm vụ khoa học và công nghệ",
    "columns": COLUMNS[:2],
    "rows": [{"url": HERE, "cells": row["cells"][:2]} for row in ROWS],  # type: ignore[index]
    "count_text": "3 bản ghi",
    "all_url": HERE,
    "compare": {"label": "So với bản trước", "url": HERE},
    "differences": ["Thêm NV-022, ghi nhận sau ngày chốt."],
}

FACT_GROUPS = [
    {
        "heading": "Thông tin chung",
        "edit_url": HERE,
        "facts": [
            {"label": "Mã số", "value": "NV-014", "locked": "Mã hồ sơ do hệ thống cấp, không sửa."},
            {"label": "Cơ quan chủ trì", "value": "Trung tâm Giống mẫu", "url": HERE, "edit_url": HERE},
            {"label": "Mục tiêu", "value": "Chọn được hai giống chịu mặn.\nChuyển giao quy trình cho ba hợp tác xã."},
            {"label": "Kết quả thử nghiệm", "value": None},
        ],
    },
    {
        "heading": "Căn cứ và thời hạn",
        "facts": [
            {"label": "Thời hạn ký", "value": "15 ngày làm việc", "unchecked": True, "source": "Điều 5, văn bản mẫu"},
            {"label": "Trạng thái", "state": STATES["chưa đến hạn"]},
            {"label": "Kinh phí", "figure": FIGURES["cộng"], "note": "Theo dự toán được duyệt."},
        ],
    },
]

HISTORY = [
    {
        "at": INSTANT,
        "who": "Phòng Quản lý khoa học",
        "what": "chuyển sang Đã thẩm định, căn cứ biên bản họp hội đồng",
        "url": HERE,
        "tone": "done",
    },
    {
        "at": INSTANT,
        "who": "Nguyễn Thị Mẫu",
        "what": "trả lại để bổ sung",
        "note": "Thiếu bản thuyết minh; bổ sung trước ngày 24/9.",
        "tone": "paused",
    },
]


RELATIONS = [
    {
        "relation": "Tạo ra",
        "items": [{"label": "Quy trình canh tác mẫu", "url": HERE, "kind": "sản phẩm", "state": STATES["xong"]}],
    }
]
ORIGINS = [{"relation": "Được giao tại", "items": [{"label": "Kết luận mẫu số 3", "url": HERE, "kind": "kết luận"}]}]

COMPONENTS: Variants = {
    "filter_bar": [
        (
            "đang lọc",
            {
                "chips": [
                    {"label": "Năm", "value": "2030", "remove_url": HERE},
                    {"label": "Trạng thái", "value": "đang thực hiện", "remove_url": HERE},
                ],
                "clear_url": HERE,
                "save_view_url": HERE,
                "saved_views": [
                    {"label": "Của phòng tôi", "url": HERE, "active": True},
                    {"label": "Sắp nghiệm thu", "url": HERE},
                ],
                "saved_views_url": HERE,
                "count_text": "214 nhiệm vụ",
                "sums_url": HERE,
            },
        )
    ],
    "bulk_bar": [
        (
            "hai việc",
            {
                "id": "many",
                "action": HERE,
                "csrf_token": "x",
                "acts": [{"name": "a", "label": "Nhận việc"}, {"name": "b", "label": "Đổi người phụ trách"}],
                "all_text": "Tất cả 214 nhiệm vụ của danh sách",
            },
        )
    ],
    "count": [
        ("đã đếm hết", {"count_text": "214 nhiệm vụ"}),
        ("chưa đếm hết", {"count_text": "hơn 10.000 nhiệm vụ", "count_url": HERE}),
    ],
    "sums": [
        (
            "hai cột",
            {
                "count_text": "214 nhiệm vụ",
                "items": [
                    {
                        "label": "Kinh phí, đồng",
                        "sum": "12.480.000.000",
                        "least": "35.000.000",
                        "most": "1.250.000.000",
                        "known_text": "210 nhiệm vụ",
                    },
                    {"label": "Số trang", "sum": "—", "least": "—", "most": "—", "known_text": "0 nhiệm vụ"},
                ],
            },
        )
    ],
    "table": [
        (
            "đủ",
            {
                "caption": "Nhiệm vụ đang thực hiện",
                "columns": COLUMNS,
                "rows": ROWS,
                "totals": ["Cộng", "", "1.930,5", "", ""],
                "select_name": "pick",
            },
        ),
        (
            "mở bên cạnh",
            {
                "caption": "Nhiệm vụ, mở bên cạnh",
                "shown_caption": True,
                "columns": COLUMNS[:2],
                "rows": BEHIND["rows"],
                "preview": True,
            },
        ),
        (
            "rỗng",
            {
                "caption": "Không có dòng",
                "columns": COLUMNS,
                "rows": [],
                "empty": {"title": "Không có nhiệm vụ nào khớp bộ lọc", "text": "Bỏ bớt một điều kiện lọc."},
            },
        ),
    ],
    "cell": [("một ô, trong bảng", {"cell": CELL | {"text": "Ô của bảng", "label": "Cột", "css": "", "row_url": ""}})],
    "facts": [("hai nhóm", {"groups": FACT_GROUPS})],
    "requirements": [
        (
            "còn thiếu",
            {
                "heading": "Bước tiếp: trình duyệt",
                "items": [
                    {"met": True, "text": "Biên bản họp hội đồng", "url": HERE},
                    {"met": False, "text": "Bản thuyết minh đã sửa", "url": HERE, "source": "Điều 5, văn bản mẫu"},
                ],
                "action": {"label": "Trình duyệt", "reason": "Còn thiếu 1 điều kiện."},
            },
        ),
        (
            "đủ",
            {
                "heading": "Bước tiếp: ký hợp đồng",
                "items": [{"met": True, "text": "Quyết định phê duyệt"}],
                "action": {"label": "Ký hợp đồng", "url": HERE},
            },
        ),
    ],
    "timeline": [("hai dòng", {"entries": HISTORY, "more_url": HERE}), ("chưa có", {"entries": []})],
    "links": [("hai chiều", {"outgoing": RELATIONS, "incoming": ORIGINS}), ("chưa có", {})],
    "papers": [
        (
            "hai văn bản",
            {
                "items": [
                    {
                        "number": "01/QĐ-MAU",
                        "title": "Quyết định phê duyệt nhiệm vụ mẫu",
                        "on": date(2030, 3, 5),
                        "url": HERE,
                        "file_url": HERE,
                        "size_text": "1,2 MB",
                        "pages": 4,
                        "signed": True,
                        "kind": "quyết định",
                    },
                    {"title": "Thuyết minh nhiệm vụ mẫu", "file_url": HERE},
                ],
                "add_url": HERE,
            },
        ),
        ("chưa có", {"items": []}),
    ],
    "people": [
        (
            "ba vai",
            {
                "items": [
                    {"role": "Chủ nhiệm", "name": "Trần Văn Mẫu", "url": HERE},
                    {"role": "Theo dõi", "name": "Nguyễn Thị Mẫu", "division": "Phòng Quản lý khoa học"},
                ]
            },
        )
    ],
    "inbox_row": [
        (
            "quá hạn",
            {
                "verb": "Trả lời",
                "subject": "đề nghị gia hạn nhiệm vụ NV-022",
                "url": HERE,
                "context": "Phòng Quản lý khoa học · chuyển đến 14/9/2030",
                "due": OVERDUE,
                "action": {"label": "Soạn trả lời", "url": HERE},
            },
        ),
        (
            "sắp đến hạn",
            {
                "verb": "Thẩm định",
                "subject": "hồ sơ mẫu 014",
                "url": HERE,
                "due": DUE_SOON,
                "person": "cùng Lê Thị Mẫu",
                "action": {"label": "Mở hồ sơ", "url": HERE},
            },
        ),
        ("tạm dừng", {"verb": "Chờ", "subject": "bản thuyết minh đã sửa", "url": HERE, "state": STATES["tạm dừng"]}),
    ],
}
