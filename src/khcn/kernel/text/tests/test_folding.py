import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.text.folding import (
    align,
    name_key,
    nfc,
    nfd,
    plain_line,
    same_name,
    search_key,
    sort_key,
    traditional_tones,
    without_marks,
)

VIETNAMESE = st.text(alphabet="aàáảãạăằâấđeêềioôốơớuúùưứyỳbcghklmnpqrstvx HOÀUỶ,.-\u0301\u0323", max_size=60)


@pytest.mark.parametrize(
    ("modern", "traditional"),
    [
        ("uỷ", "ủy"),
        ("Thuý", "Thúy"),
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("UỶ BAN", "ỦY BAN"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("thuỳ dương", "thùy dương"),
        ("toán", "toán"),
        ("loè xoè", "lòe xòe"),
    ],
)
def test_the_mark_of_an_open_syllable_moves_to_its_traditional_place(modern, traditional):
    assert traditional_tones(modern) == traditional


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Lê Thị Thuý", "LÊ THỊ THÚY", True),
        ("Nguyễn  Văn Hoà", "Nguyễn Văn Hòa", True),
        (nfd("Đặng Hữu Uỷ"), "Đặng Hữu Ủy", True),
        ("Lê Thị Thúy", "Lê Thị Thùy", False),
        ("Ðỗ Bình", "Đỗ Bình", True),
    ],
)
def test_two_spellings_of_one_name_are_the_same(left, right, same):
    assert same_name(left, right) is same


def test_a_careless_search_finds_what_is_stored():
    assert search_key("Đ/c  Nguyễn-Văn ĐƯỢC") == "d c nguyen van duoc"


def test_letter_case_stays_when_marks_are_taken_away():
    assert without_marks("Đặng Ủy") == "Dang Uy"


def test_people_are_sorted_by_given_name_and_in_the_order_of_the_alphabet():
    names = ["Trần Thị Yến", "Lê Văn Ân", "Lê Văn An", "Đỗ Thị Anh", "Bùi Đức Đạt", "Vũ Mạnh Dũng", "Trần Văn An"]

    assert sorted(names, key=sort_key) == [
        "Lê Văn An",
        "Trần Văn An",
        "Đỗ Thị Anh",
        "Lê Văn Ân",
        "Vũ Mạnh Dũng",
        "Bùi Đức Đạt",
        "Trần Thị Yến",
    ]


@given(VIETNAMESE)
def test_folding_twice_changes_nothing_more(text):
    for fold in (nfc, traditional_tones, without_marks, search_key, name_key):
        assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_the_unicode_form_does_not_matter(text):
    for fold in (traditional_tones, without_marks, search_key, name_key):
        assert fold(nfd(text)) == fold(nfc(text))


@given(st.text(max_size=80))
def test_a_search_key_holds_no_marks_and_no_double_spaces(text):
    key = search_key(text)

    assert not any(unicodedata.category(char) == "Mn" for char in nfd(key) if ord(char) in range(0x300, 0x370))
    assert "  " not in key


@given(VIETNAMESE)
def test_an_aligned_text_leads_back_to_its_source(source):
    aligned = align(source)

    assert aligned.span(0, len(aligned.text)) == (0, len(source))
    for position in range(len(aligned.text)):
        start, end = aligned.span(position, position + 1)
        assert 0 <= start <= end <= len(source)
        assert aligned.position(start) >= 0


def test_the_span_of_a_decomposed_word_covers_its_marks():
    source = nfd("Bà Thuý đến")
    aligned = align(source)
    place = aligned.text.index("Thúy")

    start, end = aligned.span(place, place + 4)

    assert nfc(source[start:end]) == "Thuý"


def test_windows_line_ends_and_odd_spaces_are_plain_in_the_canonical_text():
    assert align("a\u00a0b\t–\r\n").text == "a b - \n"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Đề án\n số\thoá ", "Đề án số hoá"),
        ("a\u202ebc\u2066d", "abcd"),  # signs that turn the direction of a line
        ("a\x00b\x07", "ab"),
        ("Quy\u1ebft \u0111i\u0323nh", "Quyết định"),  # composed
        ("a\u200bb\ufeff", "ab"),
    ],
)
def test_a_line_holds_nothing_that_cannot_be_seen(typed, line):
    assert plain_line(typed) == line
