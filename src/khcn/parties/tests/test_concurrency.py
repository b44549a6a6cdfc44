"""What only a server with several writers can show of shared equipment: one hour is given once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from khcn.kernel.access.roles import Role
from khcn.kernel.tests.at_once import at_once
from khcn.kernel.tests.factories import make_user
from khcn.parties.models import EquipmentBooking
from khcn.parties.services.sharing import accept_booking, cancel_booking
from khcn.parties.tests.science_factories import make_booking, make_shared

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite có một người ghi mỗi lúc; chạy trên PostgreSQL"),
]
NINE = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = date(2026, 3, 2)


def test_of_six_bookings_that_meet_accepted_at_once_one_gets_the_equipment():
    officer = make_user(Role.SPECIALIST)
    machine = make_shared(actor=officer)
    asked = [make_booking(machine, NINE + timedelta(minutes=20 * place), actor=officer) for place in range(6)]

    def accept(place):
        mine = EquipmentBooking.objects.select_related("equipment").get(pk=asked[place].pk)
        return accept_booking(booking=mine, actor=officer, on=DAY)

    answers = at_once(accept, range(6))

    assert sum(isinstance(one, EquipmentBooking) for one in answers) == 1
    assert EquipmentBooking.objects.taken().count() == 1


def test_bookings_after_each_other_are_all_accepted_at_once():
    officer = make_user(Role.SPECIALIST)
    machine = make_shared(actor=officer)
    asked = [make_booking(machine, NINE + timedelta(hours=2 * place), actor=officer) for place in range(4)]

    def accept(place):
        mine = EquipmentBooking.objects.select_related("equipment").get(pk=asked[place].pk)
        return accept_booking(booking=mine, actor=officer, on=DAY)

    answers = at_once(accept, range(4))

    assert all(isinstance(one, EquipmentBooking) for one in answers)


def test_a_booking_accepted_and_given_up_at_once_ends_in_one_way():
    officer = make_user(Role.SPECIALIST)
    asked = make_booking(make_shared(actor=officer), NINE, actor=officer)

    def act(place):
        mine = EquipmentBooking.objects.select_related("equipment").get(pk=asked.pk)
        if place:
            return cancel_booking(booking=mine, actor=officer, on=DAY, note="Thôi")
        return accept_booking(booking=mine, actor=officer, on=DAY)

    answers = at_once(act, range(2))

    done = [one for one in answers if isinstance(one, EquipmentBooking)]
    assert EquipmentBooking.objects.get(pk=asked.pk).state in {"accepted", "cancelled"}
    assert done
