"""Invented values for the gallery: the frame and the small components."""

from datetime import UTC, date, datetime
from typing import Any

from khcn.ui.values import Due, State, Tone

Variants = dict[str, list[tuple[str, dict[str, Any]]]]

HERE = "#content"

STATES = {
    "chưa đến hạn": State(Tone.NOT_DUE, "Đang thực hiện"),
    "sắp đến hạn": State(Tone.DUE_SOON, "Sắp đến hạn"),
    "quá hạn": State(Tone.OVERDUE, "Quá hạn"),
    "xong": State(Tone.DONE, "Đã hoàn thành"),
    "xong muộn": State(Tone.DONE_LATE, "Hoàn thành muộn"),
    "tạm dừng": State(Tone.PAUSED, "Tạm dừng, chờ bổ sung"),
    "chưa đối chiếu": State(Tone.UNCHECKED, "Chưa đối chiếu văn bản"),
}

DUE_SOON = Due(
    date(2030, 9, 24),
    "còn 3 ngày làm việc, hạn 24/9/2030",
    Tone.DUE_SOON,
    (
        "Tiếp nhận ngày 3/9/2030, không tính ngày đầu.",
        "Thời hạn mẫu 15 ngày làm việc.",
        "Không tính thứ bảy, chủ nhật và ngày nghỉ lễ.",
    ),
)
OVERDUE = Due(date(2030, 9, 2), "quá hạn 4 ngày làm việc, hạn 2/9/2030", Tone.OVERDUE, ("Chưa có văn bản gia hạn.",))
LATER = Due(date(2030, 12, 31), "hạn 31/12/2030", Tone.NOT_DUE)

BREADCRUMB = [
    {"label": "Sổ quản lý", "url": HERE},
    {"label": "Nhiệm vụ khoa học và công nghệ", "url": HERE},
    {"label": "Bộ thành phần giao diện"},
]

FRAME: dict[str, Any] = {
    "organisation": "Sở Khoa học và Công nghệ",
    "home_url": "/ui/gallery/",
    "search_url": "/ui/gallery/",
    "notices_url": HERE,
    "notice_count": 3,
    "person": {
        "name": "Nguyễn Thị Mẫu",
        "role": "Chuyên viên",
        "division": "Phòng Quản lý khoa học",
        "links": [{"label": "Tài khoản của tôi", "url": HERE}, {"label": "Uỷ quyền khi vắng mặt", "url": HERE}],
        "sign_out_url": HERE,
    },
    "rail": [
        {"label": "Việc cần làm", "short": "Việc", "url": HERE, "icon": "checklist", "count": 12},
        {"label": "Kết luận, nhiệm vụ giao", "short": "Kết luận", "url": HERE, "icon": "gavel", "count": 4},
        {"label": "Báo cáo", "url": HERE, "icon": "report"},
        {
            "label": "Sổ quản lý",
            "short": "Sổ",
            "url": HERE,
            "icon": "books",
            "active": True,
            "children": [
                {"label": "Nhiệm vụ khoa học và công nghệ", "url": HERE, "active": True},
                {"label": "Sở hữu trí tuệ", "url": HERE},
                {"label": "Sáng kiến", "url": HERE, "count": 7},
                {"label": "An toàn bức xạ", "url": HERE},
            ],
        },
        {"label": "Kho tư liệu", "url": HERE, "icon": "archive"},
        {"label": "Phân tích", "url": HERE, "icon": "chart-bar"},
        {"label": "Quản trị", "url": HERE, "icon": "settings"},
    ],
    "public_links": [{"label": "Tra cứu", "url": HERE}, {"label": "Số liệu mở", "url": HERE}],
    "sign_in_url": "/ui/gallery/sign-in/",
}

DOORS = [
    {"label": "Nộp hồ sơ", "url": HERE, "icon": "files", "text": "Chuẩn bị và nộp hồ sơ, theo dõi đến khi có kết quả."},
    {"label": "Tra cứu", "url": HERE, "icon": "search", "text": "Nhiệm vụ, kết quả nghiên cứu, văn bằng, tổ chức."},
    {"label": "Gửi đề xuất", "url": HERE, "icon": "bulb", "text": "Nêu một vấn đề cần nghiên cứu, đặt hàng giải pháp."},
]

FIGURES = {
    "đếm, mở được bản ghi": {
        "value": 1234,
        "unit": "nhiệm vụ",
        "kind": "count",
        "url": "/ui/gallery/drawer/",
        "label": "Nhiệm vụ",
    },
    "cộng": {"value": 1234567.89, "unit": "triệu đồng", "kind": "sum", "decimals": 2, "url": "/ui/gallery/drawer/"},
    "báo cáo, có từ so sánh": {
        "value": 30,
        "unit": "cơ sở",
        "kind": "reported",
        "comparator": "trên",
        "url": "/ui/gallery/drawer/",
    },
    "chỉ tiêu": {"value": 45, "unit": "%", "kind": "target", "comparator": "ít nhất"},
    "chưa có": {"value": None, "unit": "nhiệm vụ", "kind": "count"},
}

ACTION = {"label": "Thêm nhiệm vụ", "url": HERE, "icon": "plus"}

WRAPS = {"inbox_row": "ul", "counter": "counters", "door": "doors", "stat": "stats"}

COMPONENTS: Variants = {
    "status": [
        *((name, {"state": state}) for name, state in STATES.items()),
        ("kèm hạn", {"state": STATES["sắp đến hạn"], "due": DUE_SOON}),
        ("gọn", {"state": STATES["quá hạn"], "due": OVERDUE, "compact": True}),
    ],
    "due": [("có giải thích", {"due": DUE_SOON}), ("quá hạn", {"due": OVERDUE}), ("không giải thích", {"due": LATER})],
    "button": [
        ("chính", {"label": "Trình duyệt", "kind": "primary", "icon": "send", "url": HERE}),
        ("thường", {"label": "Xuất bảng", "icon": "download", "url": HERE}),
        ("nhẹ", {"label": "Thôi", "kind": "quiet", "url": HERE}),
        ("nguy hiểm", {"label": "Huỷ quyết định", "kind": "danger", "post_url": HERE}),
        (
            "chưa làm được",
            {"label": "Phê duyệt", "kind": "primary", "reason": "Chỉ lãnh đạo phụ trách lĩnh vực được phê duyệt."},
        ),
        ("gửi biểu mẫu", {"label": "Lưu", "kind": "primary", "name": "act", "value": "save"}),
    ],
    "actions": [
        (
            "một hàng",
            {
                "items": [
                    {"label": "Trình duyệt", "kind": "primary", "url": HERE},
                    {"label": "Trả lại", "post_url": HERE},
                    {"label": "In", "kind": "quiet", "icon": "printer", "url": HERE},
                ]
            },
        )
    ],
    "chip": [
        ("bỏ được", {"label": "Năm", "value": "2030", "remove_url": HERE}),
        ("cố định", {"label": "Phòng", "value": "Quản lý khoa học"}),
    ],
    "tabs": [
        (
            "thẻ",
            {
                "label": "Các mặt của nhiệm vụ",
                "items": [
                    {"label": "Tổng quan", "url": HERE, "active": True},
                    {"label": "Kinh phí", "url": HERE, "count": 4},
                    {"label": "Lịch sử", "url": HERE, "count": 128},
                ],
            },
        )
    ],
    "breadcrumb": [("vị trí", {"items": BREADCRUMB, "label": "Vị trí mẫu"})],
    "page_heading": [
        (
            "đủ",
            {
                "state": STATES["sắp đến hạn"],
                "due": DUE_SOON,
                "person": "Phòng Quản lý khoa học",
                "text": "Mã mẫu NV-014",
                "unchecked": True,
            },
        ),
        ("ít", {"state": STATES["xong"]}),
    ],
    "section": [
        (
            "đầu mục",
            {"heading": "Sản phẩm của nhiệm vụ", "text": "Những gì đã giao nộp và được công nhận.", "action": ACTION},
        )
    ],
    "notice": [
        ("tin", {"text": "Sổ này chốt số vào ngày cuối tháng."}),
        ("xong", {"tone": "success", "text": "Đã trình hồ sơ mẫu 014. Lãnh đạo phòng nhận được ngay."}),
        (
            "cần để ý",
            {
                "tone": "warning",
                "title": "Còn thiếu một tài liệu",
                "text": "Hồ sơ mẫu 014 chưa có bản thuyết minh.",
                "action": {"label": "Tải lên ở mục Tài liệu", "url": HERE},
            },
        ),
        (
            "lỗi",
            {
                "tone": "error",
                "text": "Chưa lưu được hồ sơ mẫu 014: tệp lớn hơn mức cho phép. Chọn tệp nhỏ hơn rồi tải lại.",
            },
        ),
    ],
    "empty": [
        (
            "hết việc",
            {
                "title": "Không còn việc đến hạn",
                "text": "Việc gần nhất: nộp báo cáo tháng, hạn 5/10/2030.",
                "icon": "circle-check",
            },
        ),
        ("có việc để làm", {"title": "Chưa có nhiệm vụ nào", "action": ACTION}),
    ],
    "illustrative": [("dấu", {}), ("ghi chú riêng", {"note": "tỉnh và người trong trang này không có thật"})],
    "confidence": [
        ("chưa đối chiếu", {"source": "Điều 5, văn bản mẫu", "url": HERE}),
        (
            "đã đối chiếu",
            {"source": "Điều 6, văn bản mẫu", "checked_on": date(2030, 3, 5), "checked_by": "Phòng Pháp chế mẫu"},
        ),
    ],
    "figure": [
        *((name, {"figure": figure}) for name, figure in FIGURES.items()),
        ("lớn", {"figure": FIGURES["đếm, mở được bản ghi"], "large": True}),
    ],
    "stat": [
        (
            "quá hạn",
            {
                "label": "Quá hạn",
                "figure": {"value": 7, "unit": "việc", "kind": "count", "url": "/ui/gallery/drawer/"},
                "change": {"text": "thêm 2 so với tuần trước", "tone": "overdue"},
            },
        ),
        (
            "đúng hạn",
            {
                "label": "Xong đúng hạn",
                "figure": {"value": 186, "unit": "việc", "kind": "count", "url": "/ui/gallery/drawer/"},
                "change": {"text": "91,2% số việc đã xong", "tone": "done"},
            },
        ),
        ("chưa có", {"label": "Chưa có hạn", "figure": {"value": None}, "note": "Sổ bắt đầu ghi từ năm 2030."}),
    ],
    "counter": [
        ("quá hạn", {"label": "Quá hạn", "value": 3, "tone": "overdue", "url": HERE, "active": True}),
        ("sắp đến", {"label": "Tuần này", "value": 8, "tone": "due_soon", "url": HERE}),
        ("tất cả", {"label": "Tất cả", "value": 1234, "url": HERE}),
    ],
    "progress": [
        (
            "đang làm",
            {
                "label": "Từ kết luận đến minh chứng",
                "steps": [
                    {"label": "Kết luận", "state": "done", "on": date(2030, 3, 5), "url": HERE},
                    {"label": "Giao việc", "state": "done", "on": date(2030, 3, 8)},
                    {"label": "Báo cáo tiến độ", "state": "late", "on": date(2030, 6, 30)},
                    {"label": "Minh chứng", "state": "current"},
                    {"label": "Đóng", "state": "todo"},
                ],
            },
        ),
    ],
    "door": [(door["label"], door) for door in DOORS],
    "search_box": [
        (
            "rỗng",
            {
                "action": HERE,
                "label": "Tra cứu nhiệm vụ, văn bằng, tổ chức",
                "placeholder": "Ví dụ: giống lúa, chỉ dẫn địa lý",
                "help": "Gõ có dấu hay không dấu đều được.",
            },
        )
    ],
    "pager": [
        ("giữa", {"previous_url": HERE, "next_url": HERE, "first_url": HERE, "text": "Dòng 51–100 của 1.234"}),
        ("đầu", {"next_url": HERE, "text": "Dòng 1–50", "label": "Trang, mẫu thứ hai"}),
    ],
    "printed": [
        (
            "hồ sơ",
            {
                "address": "https://khcn.example/so/nhiem-vu/NV-014/",
                "at": datetime(2030, 9, 30, 17, 5, tzinfo=UTC),
                "who": "Nguyễn Thị Mẫu",
                "office": "Sở mẫu",
            },
        )
    ],
    "qr": [("mã", {"text": "HS-MAU-014", "caption": "Hồ sơ mẫu 014"})],
    "job": [
        (
            "đang chạy",
            {
                "label": "Xuất sổ nhiệm vụ",
                "running": True,
                "done": 1200,
                "total": 5000,
                "left_text": "còn chừng 2 phút",
            },
        ),
        (
            "xong",
            {
                "label": "Xuất sổ nhiệm vụ",
                "state": STATES["xong"],
                "done": 5000,
                "total": 5000,
                "result": {"label": "Tải bảng", "url": HERE},
            },
        ),
    ],
}
