from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from khcn.policies.rules import LINEAR, Aim, Measured, expected_on, progress
from khcn.policies.states import Progress

IN_YEAR, AFTER = date(2025, 7, 1), date(2026, 1, 1)
UP = Aim("at_least", Decimal(60), 2025, Decimal(40), 2024)
DOWN = Aim("at_most", Decimal(6), 2025, Decimal(12), 2024)
EXACT = Aim("exactly", Decimal(5), 2025, Decimal(0), 2024)
BARE = Aim("at_least", Decimal(60), 2025)


def at_mid_year(value, *, of_whole_year=True):
    return Measured(Decimal(value), IN_YEAR, of_whole_year)


@pytest.mark.parametrize(
    ("aim", "found", "today", "path", "stands"),
    [
        (UP, None, IN_YEAR, LINEAR, Progress.NO_VALUE),
        (Aim("at_least", None, 2025), at_mid_year(1), IN_YEAR, LINEAR, Progress.NO_NUMBER),
        (UP, at_mid_year(60), IN_YEAR, LINEAR, Progress.REACHED),  # the bound itself is enough
        (UP, at_mid_year(51), IN_YEAR, LINEAR, Progress.ON_THE_WAY),  # the even path is at 50 in the middle
        (UP, at_mid_year(49), IN_YEAR, LINEAR, Progress.BEHIND),
        (UP, at_mid_year(49), IN_YEAR, "", Progress.OPEN),  # no rule, no judgement
        (BARE, at_mid_year(49), IN_YEAR, LINEAR, Progress.OPEN),  # nowhere to begin the path
        (DOWN, at_mid_year(6), IN_YEAR, LINEAR, Progress.REACHED),
        (DOWN, at_mid_year(8), IN_YEAR, LINEAR, Progress.ON_THE_WAY),
        (DOWN, at_mid_year(10), IN_YEAR, LINEAR, Progress.BEHIND),
        (EXACT, at_mid_year(5), IN_YEAR, LINEAR, Progress.REACHED),
        (EXACT, at_mid_year(6), IN_YEAR, LINEAR, Progress.OPEN),
        (UP, at_mid_year(59), AFTER, LINEAR, Progress.MISSED),
        (UP, at_mid_year(59, of_whole_year=False), AFTER, LINEAR, Progress.WAITING),  # half a year proves no failure
    ],
)
def test_a_value_stands_by_comparison_alone(aim, found, today, path, stands):
    assert progress(aim, found, today=today, path=path) == stands


def test_the_even_path_begins_and_ends_at_its_ends():
    assert expected_on(UP, date(2024, 6, 1)) == 40
    assert expected_on(UP, date(2025, 12, 31)) == 60
