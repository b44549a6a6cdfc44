"""Invented values for the gallery: sessions, reviews, reports, charts."""

from datetime import date

from khcn.ui.gallery_records import BEHIND, INSTANT
from khcn.ui.gallery_samples import HERE, STATES, Variants

PARAGRAPHS = [
    {"anchor": "p1", "pieces": [{"text": "Qua trao đổi, hai bên thống nhất nội dung của buổi làm việc mẫu như sau."}]},
    {
        "anchor": "p2",
        "pieces": [
            {"text": "Giao "},
            {"text": "phòng chuyên môn mẫu rà soát danh mục thiết bị", "span": "x1", "tone": "task"},
            {"text": ", hoàn thành "},
            {"text": "trước ngày 30/6/2030", "span": "x2", "tone": "due"},
            {"text": " và báo cáo bằng văn bản."},
        ],
    },
]

TAKEN = [
    {
        "id": "x1",
        "kind": "Nhiệm vụ giao",
        "text": "Rà soát danh mục thiết bị",
        "fields": [{"label": "Đơn vị", "value": "Phòng chuyên môn mẫu"}, {"label": "Phối hợp", "value": None}],
        "state": STATES["chưa đối chiếu"],
        "confidence": "khớp 2/3 dấu hiệu",
        "accept_url": HERE,
        "edit_url": HERE,
        "reject_url": HERE,
    },
    {
        "id": "x2",
        "kind": "Thời hạn",
        "text": "30/6/2030",
        "state": STATES["xong"],
        "note": "Đã nhận lúc 14/9/2030 09:12.",
        "edit_url": HERE,
    },
]

POINTS = [
    {"label": "Nông nghiệp", "value": 42, "url": HERE},
    {"label": "Công nghệ thông tin và chuyển đổi số", "value": 31},
    {"label": "Y dược", "value": 18.5},
    {"label": "Xã hội và nhân văn", "value": None},
]

YEARS = [
    {"label": str(year), "value": value}
    for year, value in ((2026, 12), (2027, 18), (2028, None), (2029, 27), (2030, 31))
]

COMPONENTS: Variants = {
    "figure_drawer": [("ngăn kéo", BEHIND)],
    "asof_bar": [
        (
            "đang sống",
            {
                "period": "9 tháng đầu năm 2030",
                "instant": INSTANT,
                "refresh_url": HERE,
                "differences_text": "3 số đã đổi từ bản gửi ngày 25/9",
                "differences_url": HERE,
            },
        ),
        (
            "đã chốt",
            {"period": "9 tháng đầu năm 2030", "instant": INSTANT, "frozen": True, "frozen_by": "Văn phòng Sở"},
        ),
    ],
    "sessions": [
        (
            "hai buổi",
            {
                "items": [
                    {
                        "on": date(2030, 9, 14),
                        "title": "Buổi làm việc mẫu quý III",
                        "url": HERE,
                        "number": "12/TB-MAU",
                        "concluded": 9,
                        "done": 4,
                        "overdue": 2,
                    },
                    {
                        "on": date(2030, 6, 2),
                        "title": "Buổi làm việc mẫu quý II",
                        "url": HERE,
                        "concluded": 6,
                        "done": 6,
                        "overdue": 0,
                        "state": STATES["xong"],
                    },
                ]
            },
        )
    ],
    "review_pane": [
        (
            "soát một văn bản",
            {
                "title": "Văn bản mẫu",
                "paragraphs": PARAGRAPHS,
                "extractions": TAKEN,
                "progress_text": "Còn 1 trong 2 mục chưa soát",
            },
        )
    ],
    "review_item": [("một mục", {"item": TAKEN[0]})],
    "chart": [
        (
            "cột nằm",
            {
                "title": "Nhiệm vụ theo lĩnh vực (nhiệm vụ)",
                "points": POINTS,
                "label_heading": "Lĩnh vực",
                "value_heading": "Nhiệm vụ",
                "source": "Sổ nhiệm vụ, dữ liệu minh hoạ",
                "instant": INSTANT,
                "file_url": HERE,
            },
        ),
        (
            "cột đứng",
            {
                "title": "Văn bằng được cấp theo năm (văn bằng)",
                "points": YEARS,
                "kind": "columns",
                "label_heading": "Năm",
                "source": "Dữ liệu minh hoạ",
            },
        ),
    ],
    "print_header": [
        (
            "đầu văn bản in",
            {
                "superior": "UBND TỈNH MẪU",
                "unit": "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
                "number": "01/BC-MAU",
                "place": "Tỉnh Mẫu",
                "on": date(2030, 2, 5),
                "title": "BÁO CÁO",
                "subtitle": "Kết quả hoạt động mẫu 9 tháng đầu năm 2030",
            },
        )
    ],
}
