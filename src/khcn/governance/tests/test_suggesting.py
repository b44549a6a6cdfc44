"""What is proposed from an article beyond what the reader finds."""

import pytest

from khcn.governance.suggesting import (
    byline_of,
    captions_of,
    closest,
    groups_of,
    period_of,
    roles_clash,
    sentence_around,
    words_after,
)
from khcn.governance.tests.factories import ARTICLE

LABELS = {
    "titles": "văn bằng Văn bằng bảo hộ được cấp cho tổ chức, cá nhân trên địa bàn",
    "papers": "văn bản Văn bản quy phạm pháp luật được ban hành",
    "plans": "văn bản Chương trình, kế hoạch, đề án được ban hành",
}


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("văn bằng bảo hộ cho các tổ chức", "văn bằng bảo hộ", "titles"),
        ("văn bản quy phạm pháp luật", "văn bản", "papers"),
        ("chương trình, kế hoạch về chuyển đổi số", "chương trình", "plans"),
        ("dự án đầu tư nước ngoài", "dự án", ""),
        ("văn bằng đại học", "sinh viên", ""),
        ("", "", ""),
    ],
)
def test_a_figure_is_compared_with_the_indicator_that_counts_the_same_thing(text, unit, expected):
    assert closest(text, LABELS, unit=unit) == expected


def test_two_indicators_equally_near_are_no_proposal():
    assert closest("số hộ nghèo", {"a": "hộ nghèo cũ", "b": "hộ nghèo mới"}) == ""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("9 tháng đầu năm", ("nine-month", 2021)),
        ("chín tháng đầu năm 2020", ("nine-month", 2020)),
        ("6 tháng đầu năm nay", ("six-month", 2021)),
        ("năm 2019", ("year", 2019)),
        ("cả năm 2019", ("year", 2019)),
        ("giai đoạn 2016-2020", None),
        ("đến hết tháng 8/2021", None),
        ("5 tháng đầu năm", None),
        ("", None),
    ],
)
def test_a_period_is_known_by_its_months_and_the_year_of_the_session(said, expected):
    assert period_of(said, 2021) == expected


def test_a_period_without_any_year_is_not_guessed():
    assert period_of("9 tháng đầu năm", None) is None


def test_a_caption_is_a_short_line_that_shows_someone_named():
    found = captions_of(ARTICLE, ["Đoàn Khắc Lương", "Lục Thị Hoa"])

    assert [(caption.person, ARTICLE[caption.start : caption.end] == caption.text) for caption in found] == [
        ("Đoàn Khắc Lương", True)
    ]


def test_a_caption_that_repeats_is_one_photo():
    text = "Tiêu đề\nQuang cảnh buổi làm việc\nMột câu.\nQuang cảnh buổi làm việc\n"

    assert [caption.text for caption in captions_of(text, [])] == ["Quang cảnh buổi làm việc"]


def test_a_notice_of_conclusions_has_neither_captions_nor_byline():
    text = "THÔNG BÁO\nKết luận của ông Tô Văn Hạ\nÔng Tô Văn Hạ phát biểu tại buổi họp\nTô Văn Hạ"

    assert captions_of(text, ["Tô Văn Hạ"]) == []
    assert byline_of(text) == ""


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("Hà Vũ Lâm", "Hà Vũ Lâm"),
        ("Tin, ảnh: Hà Lâm", "Hà Lâm"),
        ("Hà Lâm, Tố Uyên\nFacebook Zalo", "Hà Lâm, Tố Uyên"),
        ("Buổi làm việc kết thúc lúc trưa.", ""),
        ("Facebook Zalo", ""),
    ],
)
def test_an_article_is_signed_by_the_names_that_stand_alone_at_its_end(last, expected):
    assert byline_of(f"Tiêu đề\nMột đoạn văn.\n{last}") == expected


def test_those_present_without_names_are_kept_as_groups():
    assert groups_of(ARTICLE, ["Vương Đình Thụy"]) == "đại diện các sở, ban, ngành"


def test_a_sentence_that_says_what_leaders_ask_names_no_group():
    assert groups_of("Dự họp, lãnh đạo tỉnh đề nghị Bộ hỗ trợ kinh phí.", []) == ""


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (["Bí thư Tỉnh ủy"], ["Bí thư Tỉnh uỷ Sông Vân"], False),
        (["Giám đốc Sở Y tế"], ["Trưởng thôn Đông"], True),
        ([], ["Trưởng thôn Đông"], False),
        (["Giám đốc Sở Y tế", "Ủy viên Ban Chấp hành"], ["Ủy viên Ban Chấp hành Đảng bộ"], False),
    ],
)
def test_roles_clash_only_where_nothing_is_shared(left, right, expected):
    assert roles_clash(left, right) is expected


def test_the_words_after_a_number_end_at_the_next_number():
    text = "ban hành 3 văn bản và 11 chương trình, đề án; 5 dự án."

    assert words_after(text, text.index("3")) == "văn bản và"
    assert words_after(text, text.index("11")) == "chương trình, đề án"


def test_a_number_is_kept_with_the_sentence_it_stands_in():
    text = "Câu đầu. Sở cấp 5.050 văn bằng\ncho 12 đơn vị. Câu cuối."

    assert sentence_around(text, text.index("5.050"), text.index("5.050") + 5) == "Sở cấp 5.050 văn bằng"
    assert sentence_around("Một câu có 5", 11, 12) == "Một câu có 5"
