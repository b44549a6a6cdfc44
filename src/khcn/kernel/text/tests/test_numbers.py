from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.text.numbers import (
    WRITABLE_LIMIT,
    NumberReadingError,
    find_number_words,
    find_numbers,
    format_number,
    money_in_words,
    number_in_words,
    parse_number,
    parse_words,
)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1.234.567,89", "1234567.89"),
        ("66.000", "66000"),
        ("14,9", "14.9"),
        ("3,44", "3.44"),
        ("14.9", "14.9"),
        ("66,000", "66000"),
        ("1,234,567", "1234567"),
        ("0.375", "0.375"),
        ("0,125", "0.125"),
        (" -12,5 ", "-12.5"),
        ("007", "7"),
        ("0", "0"),
    ],
)
def test_separators_are_read_as_vietnamese_writers_mean_them(raw, value):
    assert parse_number(raw) == Decimal(value)


@pytest.mark.parametrize("raw", ["", "abc", "1.2.3,4,5", "12 dự án", "1-2"])
def test_what_is_no_number_is_refused_with_its_own_words(raw):
    with pytest.raises(NumberReadingError, match="không phải là số"):
        parse_number(raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("ba", 3),
        ("mười bốn", 14),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("hai mươi tư", 24),
        ("hai mươi", 20),
        ("ba mươi lăm", 35),
        ("một trăm linh năm", 105),
        ("một trăm lẻ năm", 105),
        ("hai trăm rưỡi", 250),
        ("ba nghìn không trăm mười", 3010),
        ("hai triệu rưỡi", 2_500_000),
        ("một tỷ rưỡi", 1_500_000_000),
        ("một nghìn năm trăm tỷ", 1_500_000_000_000),
        ("nửa", "0.5"),
    ],
)
def test_words_are_read_as_numbers(raw, value):
    assert parse_words(raw) == Decimal(value)


@pytest.mark.parametrize("raw", ["", "mươi hai", "doanh nghiệp", "hai con"])
def test_words_that_are_no_number_are_refused(raw):
    with pytest.raises(NumberReadingError):
        parse_words(raw)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (21, "hai mươi mốt"),
        (15, "mười lăm"),
        (105, "một trăm linh năm"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_020_000, "một triệu không trăm hai mươi nghìn"),
        (-7, "âm bảy"),
    ],
)
def test_numbers_are_written_with_the_rules_of_papers(value, words):
    assert number_in_words(value) == words


def test_an_amount_of_money_opens_with_a_capital_and_names_dong():
    assert money_in_words(1_200_000) == "Một triệu hai trăm nghìn đồng"


@given(st.integers(min_value=0, max_value=WRITABLE_LIMIT - 1))
def test_a_number_written_in_words_is_read_back(value):
    assert parse_words(number_in_words(value)) == value


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_a_number_written_in_digits_is_read_back(value):
    assert parse_number(format_number(value, 2)) == value


def test_a_number_beyond_the_limit_is_refused():
    with pytest.raises(NumberReadingError, match="quá lớn"):
        number_in_words(WRITABLE_LIMIT)


def test_a_range_is_found_as_one_match_with_two_ends():
    text = "kinh phí 60-80 triệu, tăng 3,5%"

    found = list(find_numbers(text))

    assert [(match.value, match.high) for match in found] == [(60, 80), (Decimal("3.5"), None)]
    assert [text[match.start : match.end] for match in found] == ["60-80", "3,5"]


def test_digits_inside_words_and_denominators_are_not_numbers():
    assert [match.raw for match in find_numbers("A1 covid19 4/63 2.0.1")] == ["4"]


def test_numbers_in_words_are_found_where_they_stand():
    text = "có mười bốn tổ và hai mươi mốt hộ, năm không ai đến"

    found = [(match.value, text[match.start : match.end]) for match in find_number_words(text)]

    assert found == [(14, "mười bốn"), (21, "hai mươi mốt"), (5, "năm")]


def test_a_measure_may_stand_at_once_after_its_number():
    assert [match.raw for match in find_numbers("dài 12,5km, rộng 1.250ha, 5G, 12B")] == ["12,5", "1.250"]
