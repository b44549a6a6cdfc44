from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.indicators.periods import (
    NINE_MONTH,
    PERIOD_LABELS,
    Period,
    period_from_rule,
    same_period_of_the_year_before,
    year_earlier,
)

RULE = {"from": [-1, 12, 15], "to": [0, 9, 14]}
NINE = period_from_rule(NINE_MONTH, 2021, RULE)


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2020, 12, 14), False),
        (date(2020, 12, 15), True),  # the year before still counts from the 15th
        (date(2020, 12, 31), True),
        (date(2021, 1, 1), True),
        (date(2021, 9, 14), True),  # the cut-off itself
        (date(2021, 9, 15), False),  # after the cut-off, though the meeting was on the 24th
        (date(2021, 9, 24), False),
        (date(2021, 12, 15), False),
    ],
)
def test_nine_months_run_from_15_december_of_the_year_before_to_14_september(day, inside):
    assert (day in NINE) is inside


@pytest.mark.parametrize(
    ("rule", "year", "first", "last"),
    [
        ({"from": [-1, 12, 15], "to": [0, 12, 14]}, 2021, date(2020, 12, 15), date(2021, 12, 14)),
        ({"from": [0, 1, 1], "to": [0, 12, 31]}, 2021, date(2021, 1, 1), date(2021, 12, 31)),
        ({"from": [0, 2, 1], "to": [0, 2, 31]}, 2020, date(2020, 2, 1), date(2020, 2, 29)),
        ({"from": [0, 2, 1], "to": [0, 2, 31]}, 2021, date(2021, 2, 1), date(2021, 2, 28)),
    ],
)
def test_a_rule_gives_the_days_and_a_day_beyond_the_month_is_its_last(rule, year, first, last):
    period = period_from_rule("year", year, rule)

    assert (period.first, period.last) == (first, last)


def test_a_period_says_its_name_and_its_days():
    assert NINE.label == "9 tháng đầu năm 2021"
    assert NINE.days == "từ 15/12/2020 đến 14/9/2021"
    assert all("2021" in Period(kind, 2021, NINE.first, NINE.last).label for kind in PERIOD_LABELS)


def test_the_same_period_of_the_year_before_has_the_same_days():
    wanted = Period(NINE_MONTH, 2020, date(2019, 12, 15), date(2020, 9, 14))

    assert same_period_of_the_year_before(NINE, RULE) == wanted
    assert year_earlier(NINE) == wanted


def test_a_year_before_29_february_is_28_february():
    leap = Period("year", 2020, date(2019, 3, 1), date(2020, 2, 29))

    assert year_earlier(leap) == Period("year", 2019, date(2018, 3, 1), date(2019, 2, 28))
