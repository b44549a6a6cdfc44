"""What is known of the pages of shared equipment: asking, deciding on the record page, the figures of use."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from khcn.kernel.access.roles import Role
from khcn.kernel.tests.factories import make_user
from khcn.parties.models import EquipmentBooking
from khcn.parties.services.sharing import accept_booking
from khcn.parties.tests.factories import make_organisation
from khcn.parties.tests.science_factories import make_booking, make_equipment, make_shared

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("khcn.parties.tests.addresses"),
    pytest.mark.usefixtures("_on_the_day"),
]
NINE = datetime(2021, 9, 25, 2, tzinfo=UTC)
DAY = date(2021, 9, 24)
ASKED = {
    "user_name": "Nguyễn Văn Dùng",
    "first_on": "25/9/2021",
    "first_at": "8h30",
    "last_at": "11:00",
    "purpose": "Đo phổ mẫu chè",
    "task_code": "NVKH-2021-0001",
}


@pytest.fixture
def _on_the_day(time_machine):
    time_machine.move_to(datetime(2021, 9, 24, 3, tzinfo=UTC), tick=False)


@pytest.fixture
def officer(db):
    return make_user(Role.SPECIALIST)


@pytest.fixture
def machine(officer):
    return make_shared(actor=officer)


@pytest.fixture
def asker(client, machine):
    user = make_user(Role.APPLICANT, username="nguoi-dung")
    client.force_login(user)
    return user


def page(client, record):
    return client.get(reverse("record", args=[record.REGISTER, record.code]))


def step(client, booking, name, **said):
    address = reverse("record-step", args=[booking.REGISTER, booking.code, name])
    typed = {f"{name}-{field}": value for field, value in {"on": "hôm nay", "note": "", **said}.items()}
    return client.post(address, typed, follow=True)


def test_an_outside_user_asks_once_however_often_the_form_is_sent(client, asker, machine):
    address = reverse("equipment-book", args=[machine.code])
    token = client.get(address).context["form"]["lan-gui"].value()

    sent = client.post(address, {**ASKED, "lan-gui": token})
    client.post(address, {**ASKED, "lan-gui": token})

    booking = EquipmentBooking.objects.get()
    assert sent.url == reverse("record", args=[booking.REGISTER, booking.code])
    assert (booking.hours_booked, booking.requested_by) == (2.5, asker)
    assert booking.title == "Dùng thiết bị từ 25/9/2021 08:30 đến 11:00"
    assert "NVKH-2021-0001" in page(client, booking).content.decode()


def test_a_span_over_days_and_an_organisation_are_taken(client, officer, machine):
    make_organisation("Công ty chè", actor=officer)
    client.force_login(officer)

    client.post(
        reverse("equipment-book", args=[machine.code]), {**ASKED, "last_on": "26/9", "organisation": "Công ty chè"}
    )

    booking = EquipmentBooking.objects.get()
    assert (booking.hours_booked, booking.organisation.title) == (26.5, "Công ty chè")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"first_at": "tám giờ"}, "Ghi giờ như 8:30, 8h30 hoặc 14h."),
        ({"last_at": "8:00"}, "Thời điểm kết thúc phải sau thời điểm bắt đầu."),
        ({"first_on": "1/9/2021"}, "Thời gian đăng ký đã qua."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(client, asker, machine, said, words):
    refused = client.post(reverse("equipment-book", args=[machine.code]), {**ASKED, **said})

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert "Đo phổ mẫu chè" in refused.content.decode()


def test_the_four_who_come_to_the_page(client, officer, machine):
    address = reverse("equipment-book", args=[machine.code])
    assert client.get(address).status_code == 302  # nobody

    client.force_login(make_user(username="chua-vai"))
    assert client.get(address).status_code == 403  # no role yet

    client.force_login(make_user(Role.APPLICANT, username="ngoai"))
    assert client.get(address).status_code == 200
    inside = make_equipment("Cân", actor=officer)
    assert client.get(reverse("equipment-book", args=[inside.code])).status_code == 404  # not theirs to know of


def test_steps_are_taken_on_the_record_page_with_hours_and_fee(client, officer, machine, time_machine):
    booking = make_booking(machine, NINE, actor=officer)
    client.force_login(officer)

    step(client, booking, "accept")
    offered = page(client, booking).content.decode()
    time_machine.move_to(datetime(2021, 9, 25, 6, tzinfo=UTC), tick=False)
    client.force_login(officer)
    step(client, booking, "record_use", hours_used="1,5", fee_vnd="300.000")

    booking.refresh_from_db()
    assert "Theo giá 200.000 đồng một giờ, 2 giờ đăng ký là 400.000 đồng." in offered
    assert (booking.state, str(booking.hours_used), booking.fee_vnd) == ("used", "1.50", 300_000)
    assert "Theo giá" not in page(client, booking).content.decode()


@pytest.mark.parametrize(("name", "state"), [("refuse", "refused"), ("cancel", "cancelled")])
def test_a_booking_is_refused_and_given_up_with_a_reason(client, officer, machine, name, state):
    booking = make_booking(machine, NINE, actor=officer)
    client.force_login(officer)

    step(client, booking, name)
    step(client, booking, name, note="Máy bận")

    booking.refresh_from_db()
    assert booking.state == state


def test_the_page_of_equipment_shows_use_by_year_and_what_is_coming(client, officer, machine, time_machine):
    time_machine.move_to(datetime(2021, 9, 24, 5, tzinfo=UTC), tick=False)
    accept_booking(booking=make_booking(machine, NINE, 3, actor=officer), actor=officer, on=DAY)
    client.force_login(officer)

    shown = page(client, machine)

    assert shown.context["use_rows"] == [{"cells": ["2021", "1", "3", "0", "1", "0"]}]
    assert [row["cells"][1] for row in shown.context["coming_rows"]] == ["Người dùng mẫu"]
    assert reverse("equipment-book", args=[machine.code]) in shown.content.decode()
    past = client.get(reverse("record", args=[machine.REGISTER, machine.code]), {"as_of": "2021-09-24T11:00"})
    assert past.context["use_rows"] == []
    assert not past.context["booking_url"]


def test_equipment_that_is_not_shared_offers_no_booking(client, officer):
    client.force_login(officer)

    assert page(client, make_equipment("Cân", actor=officer)).context["booking_url"] == ""


def test_the_list_is_cut_by_year_and_found_by_the_code_of_the_equipment(client, officer, machine):
    make_booking(machine, NINE, actor=officer)
    make_booking(machine, datetime(2022, 1, 5, 2, tzinfo=UTC), actor=officer)
    client.force_login(officer)
    listed = reverse("register", args=[EquipmentBooking.REGISTER])

    assert len(client.get(listed, {"nam": "2021"}).context["rows"]) == 1
    assert len(client.get(listed).context["rows"]) == 2
    assert client.get(page(client, machine).context["bookings_url"]).status_code == 200
