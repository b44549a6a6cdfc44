"""What is known of planning backwards."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.calendar import load_shipped_calendar
from khcn.research.planning import LatestDay, MissedStep, PlannedStep, latest_days, missed_step

CALENDAR = load_shipped_calendar()


def step(key, takes):
    return PlannedStep(key, key, takes)


def test_the_latest_days_go_back_from_the_day_it_must_be_over():
    days = latest_days([step("a", "1m"), step("b", "10d"), step("c", "2wd")], date(2026, 7, 20), CALENDAR)

    assert [(one.begin_on, one.end_on) for one in days] == [
        (date(2026, 6, 6), date(2026, 7, 6)),
        (date(2026, 7, 6), date(2026, 7, 16)),
        (date(2026, 7, 16), date(2026, 7, 20)),  # over a weekend
    ]


def test_a_month_before_a_day_that_the_month_lacks_is_its_last():
    (only,) = latest_days([step("a", "1m")], date(2026, 3, 31), CALENDAR)

    assert only.begin_on == date(2026, 2, 28)


@pytest.mark.parametrize(("today", "missed"), [(date(2026, 6, 6), False), (date(2026, 6, 7), True)])
def test_a_step_is_missed_once_it_can_no_longer_begin_in_time(today, missed):
    first = latest_days([step("a", "44d")], date(2026, 7, 20), CALENDAR)[0]

    assert first.is_missed(today) is missed


MAY, JUNE, JULY = (LatestDay(step(key, "30d"), date(2026, n, 1), date(2026, n + 1, 1)) for key, n in
                   (("call", 4), ("screen", 5), ("list", 6)))  # fmt: skip
TODAY = date(2026, 7, 21)


@pytest.mark.parametrize(
    ("over", "missed"),
    [
        # the list came in time: whatever came late before it did no harm
        ({"call": date(2026, 6, 1), "screen": None, "list": date(2026, 7, 1)}, None),
        # proposals came late, and so did all that follows
        ({"call": date(2026, 5, 11), "screen": date(2026, 6, 2), "list": date(2026, 7, 2)}, ("call", 10)),
        # only the list came late
        ({"call": date(2026, 5, 1), "screen": date(2026, 6, 1), "list": date(2026, 7, 11)}, ("list", 10)),
        # nobody wrote down the screening, but a list cannot come without it
        ({"call": date(2026, 5, 1), "screen": None, "list": date(2026, 7, 11)}, ("list", 10)),
        # proposals that came after the list are not those that the list was made of
        ({"call": date(2026, 7, 15), "screen": None, "list": date(2026, 7, 11)}, ("list", 10)),
        # proposals came, and nothing after them
        ({"call": date(2026, 5, 1), "screen": None, "list": None}, ("screen", 50)),
        # nothing came at all
        ({"call": None, "screen": None, "list": None}, ("call", 81)),
        # no step of the plan leaves a trace
        ({}, None),
    ],
)
def test_a_plan_is_missed_by_the_first_step_that_was_late(over, missed):
    found = missed_step([MAY, JUNE, JULY], over, TODAY)

    assert (found and (found.step.key, found.late)) == missed


def test_a_missed_step_says_when_it_should_have_been_and_was_over():
    found = missed_step([JULY], {"list": date(2026, 7, 3)}, TODAY)

    assert found == MissedStep(JULY.step, date(2026, 7, 1), date(2026, 7, 3), 2)


@given(st.lists(st.tuples(st.sampled_from(["d", "wd", "m"]), st.integers(1, 12)), min_size=1, max_size=6))
def test_steps_follow_each_other_without_a_gap_and_the_last_ends_on_the_day(spans):
    steps = [step(str(number), f"{count}{unit}") for number, (unit, count) in enumerate(spans)]

    days = latest_days(steps, date(2026, 7, 20), CALENDAR)

    assert days[-1].end_on == date(2026, 7, 20)
    assert all(earlier.end_on == later.begin_on for earlier, later in itertools.pairwise(days))
    assert all(one.begin_on < one.end_on for one in days)
