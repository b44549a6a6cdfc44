from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from khcn.kernel.indicators.periods import (
    NINE_MONTH,
    PERIOD_LABELS,
    Period,
    UnknownPeriod,
    kind_and_part,
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


MONTH_RULE = {"from": [-1, 15], "to": [0, 14]}
QUARTER_RULE = {"from": [-3, 15], "to": [0, 14]}


@pytest.mark.parametrize(
    ("kind", "part", "rule", "first", "last"),
    [
        ("month", 1, MONTH_RULE, date(2020, 12, 15), date(2021, 1, 14)),  # begins in the year before
        ("month", 9, MONTH_RULE, date(2021, 8, 15), date(2021, 9, 14)),
        ("month", 12, MONTH_RULE, date(2021, 11, 15), date(2021, 12, 14)),
        ("month", 2, {"from": [0, 1], "to": [0, 31]}, date(2021, 2, 1), date(2021, 2, 28)),
        ("quarter", 1, QUARTER_RULE, date(2020, 12, 15), date(2021, 3, 14)),
        ("quarter", 3, QUARTER_RULE, date(2021, 6, 15), date(2021, 9, 14)),
        ("quarter", 4, QUARTER_RULE, date(2021, 9, 15), date(2021, 12, 14)),
    ],
)
def test_months_and_quarters_are_counted_from_their_last_month(kind, part, rule, first, last):
    period = period_from_rule(kind, 2021, rule, part)

    assert (period.first, period.last, period.part) == (first, last, part)


@pytest.mark.parametrize(("kind", "rule", "parts"), [("month", MONTH_RULE, 12), ("quarter", QUARTER_RULE, 4)])
def test_the_parts_of_a_year_follow_each_other_without_gap_and_make_the_year(kind, rule, parts):
    found = [period_from_rule(kind, 2021, rule, part) for part in range(1, parts + 1)]
    year = period_from_rule("year", 2021, {"from": [-1, 12, 15], "to": [0, 12, 14]})

    assert (found[0].first, found[-1].last) == (year.first, year.last)
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("kind", "part", "label", "following", "key"),
    [
        ("month", 9, "tháng 9 năm 2021", "tháng 10 năm 2021", "month-9"),
        ("month", 12, "tháng 12 năm 2021", "tháng 1 năm 2022", "month-12"),
        ("quarter", 3, "quý III năm 2021", "quý IV năm 2021", "quarter-3"),
        ("quarter", 4, "quý IV năm 2021", "quý I năm 2022", "quarter-4"),
        ("six-month", 0, "6 tháng đầu năm 2021", "6 tháng cuối năm 2021", "six-month"),
        ("nine-month", 0, "9 tháng đầu năm 2021", "quý IV năm 2021", "nine-month"),
        ("year", 0, "năm 2021", "năm 2022", "year"),
    ],
)
def test_every_period_is_said_in_words_and_found_again_by_its_key(kind, part, label, following, key):
    period = Period(kind, 2021, NINE.first, NINE.last, part)

    assert (period.label, period.following, period.key) == (label, following, key)
    assert kind_and_part(key) == (kind, part)


@pytest.mark.parametrize(
    "key", ["month", "month-0", "month-13", "quarter-5", "year-1", "week", "month-x", "month-²", ""]
)
def test_a_period_that_does_not_exist_is_refused_in_words(key):
    with pytest.raises(UnknownPeriod, match=r"Kỳ|kỳ"):
        kind_and_part(key)


def test_a_february_that_ends_a_period_ends_with_its_own_month_a_year_earlier():
    february = Period("month", 2025, date(2025, 2, 1), date(2025, 2, 28), 2)

    assert year_earlier(february) == Period("month", 2024, date(2024, 2, 1), date(2024, 2, 29), 2)
