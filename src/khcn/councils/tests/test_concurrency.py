"""What only a server with several writers can show."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection

from khcn.councils.models import Council, Slip
from khcn.councils.selectors import count_of, rating_of
from khcn.councils.services import scoring
from khcn.councils.states import CouncilState, Rating, SeatRole
from khcn.councils.tests.factories import (
    MEETS,
    ROLES,
    all_rated,
    fill,
    judge,
    make_accepting_world,
    make_world,
    open_slips,
)
from khcn.kernel.tests.at_once import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite có một người ghi mỗi lúc; chạy trên PostgreSQL"),
]
NINE = (*ROLES, SeatRole.MEMBER, SeatRole.MEMBER)


def test_nine_members_lock_their_slips_in_the_same_second_and_none_is_lost():
    world = make_world(roles=NINE)
    open_slips(world)

    answers = at_once(lambda place: fill(world, place, (10, 40, 20 + place)), range(9))

    assert all(isinstance(one, Slip) for one in answers)
    assert Slip.objects.filter(locked_at__isnull=False).count() == 9
    scoring.count_slips(council=Council.objects.get(), actor=world.specialist, on=MEETS)
    assert count_of(Council.objects.get(), world.matters[0]).mean == 74


def test_a_slip_written_and_locked_at_once_never_changes_after_its_lock():
    world = make_world(roles=NINE)
    open_slips(world)
    fill(world, 0, (10, 40, 20), lock=False)

    def work(place):
        slip, said = world.slip(0), {"actor": world.members[0], "on": MEETS}
        if place:
            return scoring.lock_slip(slip=slip, **said)
        return scoring.write_slip(slip=slip, points={1: Decimal(1)}, remarks="", **said)

    at_once(work, range(2))

    locked = Slip.objects.get(seat=world.seats[0])
    assert locked.locked_at is None or scoring.is_untouched(locked)


def test_of_two_who_count_at_once_one_counts():
    world = make_world(roles=NINE)
    open_slips(world)
    for place in range(9):
        fill(world, place, (10, 40, 20))

    answers = at_once(
        lambda _place: scoring.count_slips(council=Council.objects.get(), actor=world.specialist, on=MEETS), range(2)
    )

    assert sorted(type(one).__name__ for one in answers) == ["Council", "NotPossible"]
    assert Council.objects.get().state == CouncilState.COUNTED


def test_nine_members_lock_their_judgements_in_the_same_second_and_none_is_lost():
    world = make_accepting_world(roles=NINE)
    open_slips(world)
    ratings = [Rating.EXCELLENT] * 7 + [Rating.PASS] * 2

    answers = at_once(lambda place: judge(world, place, ratings[place]), range(9))

    assert all(isinstance(one, Slip) for one in answers)
    scoring.count_slips(council=Council.objects.get(), actor=world.specialist, on=MEETS)
    found = rating_of(Council.objects.get(), world.matters[0])
    assert (found.rating, len(found.members)) == (Rating.EXCELLENT, 9)


def test_a_slip_judged_and_locked_at_once_never_changes_after_its_lock():
    world = make_accepting_world(roles=NINE)
    open_slips(world)
    judge(world, 0, lock=False)
    other = all_rated(world.slip(0), Rating.FAIL)

    def work(place):
        slip, said = world.slip(0), {"actor": world.members[0], "on": MEETS}
        if place:
            return scoring.lock_slip(slip=slip, **said)
        return scoring.judge_products(slip=slip, judgements=other, remarks="", **said)

    at_once(work, range(2))

    locked = Slip.objects.get(seat=world.seats[0])
    assert locked.locked_at is None or scoring.is_untouched(locked)
