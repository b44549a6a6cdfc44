from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from khcn.assignments.indicators import done_on_time, given, overdue
from khcn.assignments.services import cancel_assignment, close_assignment, resume_assignment
from khcn.assignments.states import AssignmentState
from khcn.assignments.tests.factories import make_assignment, walk
from khcn.kernel.indicators.selectors import figure, report_period

pytestmark = pytest.mark.django_db

S = AssignmentState
FIRST, LAST = date(2020, 12, 15), date(2021, 9, 14)


@pytest.fixture
def period(world, rules):
    found, _ = report_period("nine-month", 2021, office=world.office)
    return found


def make(world, on, state=S.GIVEN, due_on=None, done=None):
    assignment = make_assignment(world.monitor, lead=world.agency, on=on, due_on=due_on)
    return walk(assignment, state, lead=world.agency_user, monitor=world.monitor, on=done or on)


def value(code, period, world, as_of=None):
    return int(figure(code, period=period, office=world.office, as_of=as_of).value)


def test_given_counts_the_days_of_the_period_and_no_others(world, period):
    days = [date(2020, 12, 14), FIRST, date(2020, 12, 31), date(2021, 5, 4), LAST, date(2021, 9, 15), date(2021, 9, 24)]
    rows = [make(world, day) for day in days]
    cancel_assignment(assignment=rows[3], on=date(2021, 6, 1), actor=world.monitor, note="Rút")

    assert value("assignments.given", period, world) == 3
    assert set(given(period, None, world.office)) == {rows[1], rows[2], rows[4]}


def test_done_on_time_counts_results_of_the_period_by_their_deadline(world, period):
    start, due = date(2020, 12, 1), date(2021, 5, 31)
    counted = [
        make(world, start, S.CLOSED, due, done=due),  # on the day itself
        make(world, start, S.CLOSED, None, done=date(2021, 5, 1)),  # no deadline: nothing is late
        make(world, start, S.CLOSED, date(2021, 12, 31), done=FIRST),  # 15/12 of the year before
    ]
    make(world, start, S.CLOSED, due, done=date(2021, 6, 1))  # late
    make(world, start, S.CLOSED, date(2021, 12, 31), done=date(2021, 9, 24))  # after the cut-off
    make(world, start, S.REPORTED_DONE, due, done=due)  # not accepted

    assert value("assignments.done_on_time", period, world) == 3
    assert set(done_on_time(period, None, world.office)) == set(counted)


def test_overdue_counts_what_was_owed_on_the_last_day(world, period):
    start, due = date(2021, 3, 1), date(2021, 5, 31)
    counted = [
        make(world, start, S.GIVEN, due),
        make(world, start, S.CLOSED, due, done=date(2021, 9, 20)),  # done, but after the period
        make(world, start, S.RETURNED, due, done=due),
        make(world, start, S.CANCELLED, due, done=date(2021, 9, 15)),  # withdrawn, but after the period
        make(world, start, S.GIVEN, date(2021, 9, 13)),
    ]
    make(world, start, S.GIVEN, LAST)  # its last day is not over
    make(world, start, S.SUSPENDED, due)
    make(world, start, S.CANCELLED, due)
    make(world, start, S.REPORTED_DONE, due, done=due)  # waits for the monitor
    make(world, start, S.GIVEN, None)
    make(world, date(2021, 9, 20), S.GIVEN, date(2021, 9, 21))  # given after the period

    assert value("assignments.overdue", period, world) == 5
    assert set(overdue(period, None, world.office)) == set(counted)


def test_the_past_figures_do_not_move_when_records_change(world, period):
    start, due = date(2021, 3, 1), date(2021, 5, 31)
    waiting = make(world, start, S.REPORTED_DONE, due, done=due)
    resting = make(world, start, S.SUSPENDED, due)
    codes = ("assignments.given", "assignments.done_on_time", "assignments.overdue")
    instant = timezone.now()
    before = [value(code, period, world, as_of=instant) for code in codes]

    close_assignment(assignment=waiting, on=date(2021, 9, 30), actor=world.monitor)
    resume_assignment(assignment=resting, on=date(2021, 9, 30), actor=world.monitor)
    make(world, date(2021, 4, 1))

    assert [value(code, period, world, as_of=instant) for code in codes] == before == [2, 0, 0]
    assert [value(code, period, world) for code in codes] == [3, 1, 1]


def test_nothing_was_known_before_it_was_entered(world, period):
    make(world, date(2021, 5, 4))

    assert value("assignments.given", period, world, as_of=timezone.now() - timedelta(days=1)) == 0


def test_another_office_has_its_own_figures(world, period):
    make(world, date(2021, 5, 4))
    office = type(world.office).objects.create(
        code="BG", name="Khác", short_name="K", symbol="K", parent_name="K", seat="K"
    )

    assert int(figure("assignments.given", period=period, office=office).value) == 0


def test_the_nine_months_begin_in_december_and_end_before_the_meeting(period):
    assert (period.first, period.last) == (FIRST, LAST)
    assert date(2021, 9, 24) not in period
