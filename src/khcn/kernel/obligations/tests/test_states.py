from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.obligations.states import DueState as D
from khcn.kernel.obligations.states import Standing, due_state

DUE = date(2021, 9, 14)


@pytest.mark.parametrize(
    ("standing", "today", "state"),
    [
        (Standing(None, None), DUE, D.NO_DEADLINE),
        (Standing(DUE, None), date(2021, 9, 6), D.NOT_DUE),  # eight days before
        (Standing(DUE, None), date(2021, 9, 7), D.DUE_SOON),  # seven days before
        (Standing(DUE, None), DUE, D.DUE_SOON),  # the last day is still in time
        (Standing(DUE, None), date(2021, 9, 15), D.OVERDUE),
        (Standing(DUE, None, paused=True), date(2021, 9, 15), D.PAUSED),  # the clock stands
        (Standing(None, None, paused=True), DUE, D.PAUSED),
        (Standing(DUE, DUE), date(2021, 12, 31), D.DONE),  # done on the last day, looked at later
        (Standing(DUE, date(2021, 9, 15)), date(2021, 12, 31), D.DONE_LATE),
        (Standing(None, date(2021, 9, 15)), date(2021, 12, 31), D.DONE),
        (Standing(DUE, date(2021, 9, 15), cancelled=True), date(2021, 12, 31), D.CANCELLED),
        (Standing(DUE, None, cancelled=True), date(2021, 12, 31), D.CANCELLED),
        (Standing(DUE, date(2021, 9, 14), paused=True), DUE, D.DONE),  # done counts before paused
    ],
)
def test_where_an_obligation_stands_follows_from_its_dates(standing, today, state):
    assert due_state(standing, today, soon=7) == state


def test_how_near_is_soon_is_the_callers_choice():
    states = [due_state(Standing(DUE, None), date(2021, 9, 12), soon=soon) for soon in (0, 1, 2)]

    assert states == [D.NOT_DUE, D.NOT_DUE, D.DUE_SOON]
