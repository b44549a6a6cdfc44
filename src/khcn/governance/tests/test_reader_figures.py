import pytest

from khcn.governance.reader import read_text


def figures_of(text):
    return [(float(figure.value), figure.unit, figure.comparator) for figure in read_text(text).figures]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Sở cấp trên 60 giấy phép.", [(60, "giấy phép", "over")]),
        ("Có hơn 1.200 hồ sơ.", [(1200, "hồ sơ", "over")]),
        ("Có gần 500 hộ dân.", [(500, "hộ dân", "about (gần)")]),
        ("Đạt khoảng 33 triệu đồng.", [(33, "triệu đồng", "about")]),
        ("Tăng trưởng ước đạt 5,48%.", [(5.48, "%", "about")]),
        ("Vốn lên tới 7.310 tỷ đồng.", [(7310, "tỷ đồng", "about (lên tới)")]),
        ("Còn dưới 10% số hộ.", [(10, "%", "under")]),
        ("Có 30 dự án trở lên.", [(30, "dự án", "over (trở lên)")]),
        ("Thu nhập cao hơn 5% so với cùng kỳ.", [(5, "%", "exact")]),
        ("Mức chi 40-70 triệu đồng.", [(40, "triệu đồng", "exact"), (70, "triệu đồng", "exact")]),
        (
            "Lương từ 7,5 đến 9 triệu đồng/tháng.",
            [(7.5, "triệu đồng/tháng", "exact"), (9, "triệu đồng/tháng", "exact")],
        ),
        ("Lần lượt 12, 15 và 18 đề tài.", [(12, "đề tài", "exact"), (15, "đề tài", "exact"), (18, "đề tài", "exact")]),
        ("Mức hài lòng của dân đứng thứ 9/63 tỉnh.", [(9, "hạng/63", "exact")]),
        ("Chỉ số của tỉnh xếp thứ 12 cả nước.", [(12, "hạng", "exact")]),
        ("Đã cấp cho ba dự án.", [(3, "dự án", "exact")]),
        ("Có mười bốn tổ hợp tác.", [(14, "tổ hợp tác", "exact")]),
        ("Ghi nhận 0 trường hợp.", [(0, "trường hợp", "exact")]),
        ("Có 02 sáng chế.", [(2, "sáng chế", "exact")]),
        ("Tổng vốn 1,27 tỷ USD.", [(1.27, "tỷ USD", "exact")]),
        ("Đón 3,44 triệu lượt khách.", [(3.44, "triệu lượt khách", "exact")]),
        ("Kinh phí 18 tỷ 600 triệu đồng.", [(18.6, "tỷ đồng", "exact")]),
        ("Có 11/15 xã đạt chuẩn.", [(11, "xã", "exact")]),
        ("Số doanh nghiệp lập mới là 486, giảm 4,5%.", [(486, "doanh nghiệp", "exact"), (4.5, "%", "exact")]),
        ("Chỉ số đạt 38,5.", [(38.5, "", "exact")]),
        ("Rút ngắn 5 ngày so với quy định.", [(5, "ngày", "exact")]),
        ("Chi 60 tỷ cho mặt bằng.", [(60, "tỷ đồng", "exact")]),
        ("Tuyến dài 12,5km, rộng 1.250ha.", [(12.5, "km", "exact"), (1250, "ha", "exact")]),
        ("Có 25 điểm thi, giảm 7 điểm.", [(25, "điểm", "exact"), (7, "điểm", "exact")]),
        ("Sắp xếp 3 quận thành một.", [(3, "quận", "exact")]),
        ("Công suất đạt 3.200MW.", [(3200, "MW", "exact")]),
        (
            "Có 14 vụ, làm chết 06 người, bị thương 06 người.",
            [(14, "vụ", "exact"), (6, "người", "exact"), (6, "người", "exact")],
        ),
    ],
)
def test_a_figure_is_a_value_with_unit_and_comparator(text, figures):
    assert figures_of(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị quyết số 27 và Nghị định 13.",
        "Vành đai 4, Quốc lộ 6 đã thông xe.",
        "Theo Quyết định 123/QĐ-UBND năm 2021.",
        "Sáng 24/9, trong 9 tháng đầu năm 2021.",
        "Giai đoạn 2016-2020, sau 12 năm tái lập.",
        "Điện thoại 0912.345.678, 0208 3855 123.",
        "Họp lúc 14h30, đến 15:45.",
        "Đại hội lần thứ 10, khóa 13, kỳ họp thứ 4.",
        "Bốn tỉnh và 4 địa phương cùng dự.",
        "Công an quận 8 chịu trách nhiệm, xong trong 2 tiếng.",
        "Giảm cả 3 tiêu chí so với 7 ngày nghỉ trước.",
        "Đội 3 tuần tra, gói thầu 5 chậm.",
        "Xét nghiệm SARS-CoV-2 âm tính.",
        "Triển khai ba khâu đột phá, 6 đề án trọng tâm.",
        "Ví dụ tặng 300 triệu đồng.",
        "Tặng 300 triệu đồng cũng được.",
        "Nếu làm tốt sẽ có 900 kỹ sư.",
        "1. Giao Sở A.\n2. Giao Sở B.",
        "Cách mạng công nghiệp 4.0 và Covid-19.",
    ],
)
def test_names_dates_and_examples_are_no_figures(text):
    assert figures_of(text) == []


def test_what_is_asked_for_is_no_figure_and_what_exists_is():
    text = "Ông Lê Bá Tước, Giám đốc Sở Y tế nêu có 12 trạm y tế và kiến nghị tỉnh hỗ trợ 50 tỷ đồng."

    assert figures_of(text) == [(12, "trạm", "exact")]


def test_a_small_count_of_partners_is_a_figure_only_in_a_tally():
    assert figures_of("Có 14 tỉnh mở chợ; 6 tỉnh chưa mở.") == [(14, "tỉnh", "exact"), (6, "tỉnh", "exact")]
    assert figures_of("Ông Lê Bá Tước làm việc với 6 tỉnh.") == []


def test_a_count_that_is_said_again_is_one_figure():
    assert figures_of("Có 15 dự án.\nTrong 15 dự án đó, có 3 dự án lớn.") == [
        (15, "dự án", "exact"),
        (3, "dự án", "exact"),
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Năm 2016, có 72 dự án.", "Năm 2016"),
        ("Giảm 11,2% giai đoạn 2012-2019.", "giai đoạn 2012-2019"),
        ("9 tháng đầu năm, có 12 đề tài.", "9 tháng đầu năm"),
        ("Có 12 đề tài.", None),
    ],
)
def test_a_figure_carries_the_period_nearest_to_it(text, period):
    assert read_text(text).figures[0].period == period
