from __future__ import annotations

from datetime import date, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.urls import reverse

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.obligations.feeds import feed_of
from khcn.kernel.obligations.models import CalendarFeed, FeedScope
from khcn.kernel.obligations.services import move_due, open_obligation, pause
from khcn.kernel.obligations.tests.worlds import DUE, make_duty, make_rule
from khcn.kernel.tests.factories import TODAY, instant, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(instant(TODAY), tick=False):
        yield


@pytest.fixture
def director(db):
    return make_user(Role.DIRECTOR)


def subscribe(client, user, scope="person"):
    client.force_login(user)
    answer = client.post(reverse("subscribe"), {"pham-vi": scope})
    client.logout()
    address = answer.context["address"]
    return address[address.index("/lich/") :]


def events(answer):
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_program_reads_the_feed_without_session(client, director):
    make_duty(record=make_title("Nhãn hiệu; mẫu, số 1"), action="Trả lời", due_on=DUE)

    answer = client.get(subscribe(client, director))

    (event,) = events(answer)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert str(event["SUMMARY"]) == "Trả lời: Nhãn hiệu; mẫu, số 1"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (DUE, DUE + timedelta(days=1))
    assert (str(event["STATUS"]), str(event["TRANSP"])) == ("CONFIRMED", "TRANSPARENT")


def test_the_file_keeps_to_the_standard(client, director):
    make_duty(record=make_title("Tên dài " * 40), due_on=DUE)

    body = client.get(subscribe(client, director)).content

    calendar = icalendar.Calendar.from_ical(body)
    lines = body.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)
    assert all(calendar.get(name) for name in ("PRODID", "VERSION", "X-WR-CALNAME", "NAME", "X-PUBLISHED-TTL"))
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in body
    assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "URL"} <= set(calendar.walk("VEVENT")[0])


def test_an_event_explains_its_date_and_leads_to_the_record(client, director, settings):
    settings.PUBLIC_URL = "https://khcn.example.vn"
    make_rule("2wd", legal_basis="NĐ mẫu điều 1")
    duty = make_duty(record=make_title("Mẫu"), rule_key="mẫu")

    (event,) = events(client.get(subscribe(client, director)))

    words = str(event["DESCRIPTION"])
    assert "Thời hạn: 2 ngày làm việc." in words
    assert "Căn cứ: NĐ mẫu điều 1" in words
    assert words.endswith(str(event["URL"]))
    assert str(event["UID"]) == f"obligation-{duty.pk}@khcn.example.vn"


def test_the_name_of_an_event_stays_and_its_stamp_and_number_follow_changes(client, director):
    duty = make_duty(record=make_title(), due_on=DUE)
    address = subscribe(client, director)
    (before,) = events(client.get(address))

    with time_machine.travel(instant(TODAY, 15), tick=False):
        move_due(obligation=duty, due_on=DUE + timedelta(days=3), actor=None, why="gia hạn")
        (after,) = events(client.get(address))

    assert before["UID"] == after["UID"]
    assert (before["DTSTAMP"].dt, after["DTSTAMP"].dt) == (instant(TODAY), instant(TODAY, 15))
    assert (before["SEQUENCE"], after["SEQUENCE"], after["DTSTART"].dt) == (0, 1, date(2021, 10, 14))


def test_a_clock_that_stands_is_tentative(client, director):
    pause(obligation=make_duty(record=make_title(), due_on=DUE), on=TODAY, reason="chờ", actor=None)

    (event,) = events(client.get(subscribe(client, director)))

    assert str(event["STATUS"]) == "TENTATIVE"


def test_what_has_not_changed_is_not_sent_again_and_what_has_is(client, director):
    duty = make_duty(record=make_title(), due_on=DUE)
    address = subscribe(client, director)
    etag = client.get(address)["ETag"]

    same = client.get(address, headers={"if-none-match": etag})
    move_due(obligation=duty, due_on=DUE + timedelta(days=3), actor=None, why="gia hạn")
    changed = client.get(address, headers={"if-none-match": etag})

    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)
    assert changed["ETag"] != etag


def test_a_late_date_is_not_called_late(client):
    leader = make_user(Role.PROVINCIAL_LEADER)
    record = make_title(responsible=leader, confidentiality=Confidentiality.PUBLIC)
    open_obligation(record=record, kind="v", action="Trả lời", started_on=TODAY, due_on=date(2021, 9, 1), actor=None)

    body = client.get(subscribe(client, leader)).content.decode()

    assert "Trả lời" in body
    assert "Quá hạn" not in body.replace("\r\n ", "")


@pytest.mark.parametrize("secret", ["sai", "a" * 43, "%00"])
def test_a_wrong_secret_is_no_page(client, secret):
    assert client.get(f"/lich/{secret}.ics").status_code == 404


def test_a_feed_is_only_read(client, director):
    assert client.post(subscribe(client, director)).status_code == 405


def test_the_address_is_shown_once_and_ends_when_revoked(client, director):
    address = subscribe(client, director)
    secret = address.removeprefix("/lich/").removesuffix(".ics")
    client.force_login(director)

    again = client.get(reverse("subscriptions")).content.decode()
    ended = client.post(reverse("unsubscribe"), {"pham-vi": "person"})

    assert "Đang dùng, tạo lúc 24/9/2021 12:00" in again
    assert secret not in again
    assert (ended.status_code, client.get(address).status_code, feed_of(secret, on=TODAY)) == (302, 404, None)


@pytest.mark.parametrize(
    ("role", "scopes"),
    [
        (Role.DIRECTOR, ["person", "office"]),  # follows the whole office
        (Role.MONITOR, ["person", "office"]),  # as well
        (Role.DIVISION_HEAD, ["person"]),  # their own
        (Role.ASSIGNED_AGENCY, ["person"]),  # their own
        (Role.PROVINCIAL_LEADER, ["person"]),  # their own
    ],
)
def test_the_page_offers_what_may_be_subscribed_to(client, role, scopes):
    client.force_login(make_user(role))

    page = client.get(reverse("subscriptions"))

    assert [feed["scope"] for feed in page.context["feeds"]] == scopes


@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [
        (None, "person", 302),  # anonymous: to sign in
        (Role.SPECIALIST, "office", 403),  # wrong role
        (Role.SPECIALIST, "person", 200),  # right role
        (Role.DIRECTOR, "cả tỉnh", 404),  # no such scope
    ],
)
def test_who_may_subscribe_to_what(client, role, scope, status):
    if role:
        client.force_login(make_user(role))

    answer = client.post(reverse("subscribe"), {"pham-vi": scope})

    assert (answer.status_code, CalendarFeed.objects.count()) == (status, int(status == 200))


def test_ending_what_was_never_made_says_nothing(client, director):
    client.force_login(director)

    answer = client.post(reverse("unsubscribe"), {"pham-vi": FeedScope.OFFICE}, follow=True)

    assert "Đã hủy" not in answer.content.decode()


def test_stamps_are_in_universal_time(client, director):
    make_duty(record=make_title(), due_on=DUE)

    body = client.get(subscribe(client, director)).content

    assert datetime(2021, 9, 24, 5).strftime("DTSTAMP:%Y%m%dT%H%M%SZ").encode() in body  # noqa: DTZ001 (only written)
