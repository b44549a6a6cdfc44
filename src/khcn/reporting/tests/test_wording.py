from __future__ import annotations

from decimal import Decimal

import pytest

from khcn.reporting.wording import number_words, percent_words, rounded_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "…"),
        (Decimal(0), "0"),
        (Decimal("100.0000"), "100"),
        (Decimal(1234567), "1.234.567"),
        (Decimal("1234.5600"), "1.234,56"),
        (Decimal("0.5"), "0,5"),
        (Decimal("1E+3"), "1.000"),
    ],
)
def test_numbers_are_written_with_dots_for_thousands_and_a_comma(value, words):
    assert number_words(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (63, "trên 60 (63)"),
        (60, "60"),
        (61, "trên 60 (61)"),
        (69, "trên 60 (69)"),
        (19, "19"),
        (20, "20"),
        (21, "trên 20 (21)"),
        (1234, "trên 1.230 (1.234)"),
        (0, "0"),
    ],
)
def test_round_words_never_stand_without_the_exact_number(value, words):
    assert rounded_words(Decimal(value)) == words


@pytest.mark.parametrize(
    ("done", "planned", "words"),
    [
        (Decimal(63), Decimal(60), "105 %"),
        (Decimal(1), Decimal(3), "33,3 %"),
        (Decimal(1), Decimal(16), "6,3 %"),  # 6,25: half goes up, as people round
        (Decimal(0), Decimal(10), "0 %"),
        (Decimal(5), Decimal(0), "—"),
        (Decimal(5), None, "—"),
        (None, Decimal(5), "—"),
    ],
)
def test_the_share_of_the_plan_is_said_with_one_decimal(done, planned, words):
    assert percent_words(done, planned) == words
