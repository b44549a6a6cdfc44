from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from khcn.kernel.indicators.selectors import figure, report_period
from khcn.transfer.indicators import projects_appraised
from khcn.transfer.states import AppraisalState
from khcn.transfer.tests.factories import make_request

pytestmark = pytest.mark.django_db

S = AppraisalState


@pytest.fixture
def period(world):
    found, _ = report_period("nine-month", 2021, office=world.office)
    return found


def value(period, world, as_of=None):
    return int(figure("transfer.projects_appraised", period=period, office=world.office, as_of=as_of).value)


def answered(world, day, **fields):
    return make_request(world.director, S.ANSWERED, answered_on=day, **fields)


def test_projects_are_counted_by_the_day_of_their_answer(world, period):
    days = [
        date(2020, 12, 14),
        date(2020, 12, 15),
        date(2020, 12, 31),
        date(2021, 9, 14),
        date(2021, 9, 15),
        date(2021, 9, 24),
    ]
    rows = [answered(world, day) for day in days]
    make_request(world.director, S.RETURNED)
    make_request(world.director, S.COUNCIL_CONSULTED)

    assert value(period, world) == 3
    assert set(projects_appraised(period, None, world.office)) == set(rows[1:4])


def test_a_project_answered_several_times_counts_once(world, period):
    first = answered(world, date(2021, 5, 4))
    answered(world, date(2021, 5, 4), first_request=first)
    answered(world, date(2021, 7, 1), first_request=first)

    assert list(projects_appraised(period, None, world.office)) == [first]


def test_a_project_counts_in_a_later_period_although_it_was_answered_before(world, period):
    first = answered(world, date(2020, 12, 10))
    later = answered(world, date(2021, 2, 1), first_request=first)
    answered(world, date(2021, 3, 1), first_request=first)

    assert list(projects_appraised(period, None, world.office)) == [later]


def test_the_past_figure_does_not_move_when_more_is_answered(world, period):
    first = answered(world, date(2021, 5, 4))
    instant = timezone.now()

    answered(world, date(2021, 4, 1), first_request=first)
    answered(world, date(2021, 6, 1))

    assert (value(period, world, as_of=instant), value(period, world)) == (1, 2)
    assert list(projects_appraised(period, instant, world.office)) == [first]
