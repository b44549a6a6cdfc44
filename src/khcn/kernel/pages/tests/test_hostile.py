"""Addresses and forms as nobody writes them by accident: each is answered with words, none with a fault of ours."""

from __future__ import annotations

import base64
import json
from datetime import date
from uuid import uuid4

import pytest

from khcn.kernel.access.decisions import requires
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.obligations.services import open_obligation
from khcn.kernel.pages.record_page import Reader, record_values
from khcn.kernel.records.links import Link
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TITLES, TODAY, make_office, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql, pytest.mark.urls("khcn.kernel.tests.urls")]


def key(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"as_of": "0001-01-01T00:00"}, 400),
        ({"as_of": "0001-01-01T00:00+14:00"}, 400),
        ({"as_of": "9999-12-31T23:59:59.999999-14:00"}, 400),
        ({"as_of": "1899-12-31"}, 400),
        ({"sau": key(["abc", 1])}, 400),  # no day
        ({"sau": key(["2021-01-01", 10**30])}, 200),  # a number no row can have
        ({"truoc": key([None, -1])}, 200),
        ({"sau": base64.urlsafe_b64encode(b"[null,1e400]").decode()}, 400),
        ({"truoc": base64.urlsafe_b64encode(b"[" * 5000).decode()}, 400),
        ({"sau": key(["\0", 1]), "xep": "title"}, 200),
        ({"q": "a " * 5000}, 200),
        ({"q": "\0"}, 200),
        ({"xep": "-office"}, 200),
        ({"cot": ["code", "__class__"]}, 200),
    ],
)
def test_a_list_asked_for_nonsense_answers_in_words(client, asked, status):
    make_title()
    client.force_login(make_user(Role.SPECIALIST))

    assert client.get(f"/so/{TITLES}/", asked).status_code == status


@pytest.mark.parametrize("year", ["²", "99999999999999999999", "-1", "x"])
def test_a_calendar_of_no_year_shows_a_known_one(client, year):
    client.force_login(make_user(Role.SPECIALIST))

    assert client.get("/lich-lam-viec/", {"nam": year}).status_code == 200


@pytest.mark.parametrize("text", ["paper/²", "paper/99999999999999999999", "paper/", "/1", "paper/-1", "paper/٣"])
def test_a_reference_is_a_register_and_a_number_that_a_row_can_have(text):
    with pytest.raises(ValueError, match="không phải là tham chiếu"):
        RecordRef.parse(text)


def link(client, title, other):
    said = {"lien-ket-kind": "follows", "lien-ket-target": other.code, "lien-ket-note": ""}
    return client.post(f"/so/{TITLES}/{title.code}/lien-ket/", said).status_code


def test_links_are_set_by_staff_of_the_records_own_office(client):
    title = make_title("Một", confidentiality=Confidentiality.PUBLIC)
    other = make_title("Hai", confidentiality=Confidentiality.PUBLIC)
    client.force_login(make_user(Role.SPECIALIST, office=make_office("BK"), username="la"))

    assert (link(client, title, other), Link.objects.count()) == (403, 0)


def test_a_withdrawn_record_takes_no_more_links(client):
    title, other = make_title("Một"), make_title("Hai")
    client.force_login(make_user(Role.DIRECTOR))
    client.post(f"/so/{TITLES}/{title.code}/thu-hoi/", {"ly-do": "nhập trùng"})

    assert (link(client, title, other), Link.objects.count()) == (403, 0)


@pytest.mark.parametrize(("told", "words"), [(True, "Quá hạn 3 ngày, hạn 21/9/2021"), (False, "Hạn 21/9/2021")])
def test_lateness_kept_from_the_reader_leaves_only_the_day(told, words):
    title = make_title()
    open_obligation(record=title, kind="x", action="Trả lời", started_on=TODAY, due_on=date(2021, 9, 21), actor=None)
    found = register(TITLES)
    decide = lambda _user, _record: requires(told, "chưa cho xem")  # noqa: E731 (a decision of one line)
    object.__setattr__(found, "may_see_lateness", decide)
    try:
        values = record_values(found, title, Reader(make_user(Role.PROVINCIAL_LEADER), TODAY))
    finally:
        object.__setattr__(found, "may_see_lateness", None)

    assert values["due"].sentence == words


def test_a_step_is_not_taken_on_a_day_still_to_come(client):
    title = make_title()
    client.force_login(make_user(Role.SPECIALIST))
    said = {"refuse-on": "+1", "refuse-note": "không đủ khả năng phân biệt", "refuse-evidence": ""}

    answer = client.post(f"/so/{TITLES}/{title.code}/buoc/refuse/", said)

    assert answer.status_code == 422
    assert "chưa đến" in answer.content.decode()


def test_what_bears_a_mark_of_secrecy_is_refused_and_not_shown_again(client):
    client.force_login(make_user(Role.SPECIALIST))
    said = {"title": "TUYỆT MẬT\nPhương án A", "kind": "mark", "lan-gui": str(uuid4()), "holders": ""}

    answer = client.post(f"/so/{TITLES}/them/", said)

    assert answer.status_code == 422
    assert "mật" in answer.content.decode().lower()
    assert register(TITLES).model.objects.count() == 0
