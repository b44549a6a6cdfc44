"""A record is known of by every way or by none: list, export, API, its own page; what is hidden looks like nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from khcn.api.tests.factories import make_code
from khcn.kernel.access.roles import Role
from khcn.kernel.files.services import attach
from khcn.kernel.obligations.feeds import make_feed
from khcn.kernel.obligations.models import FeedScope
from khcn.kernel.obligations.services import open_obligation
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register, registers
from khcn.kernel.search.services import index_pending
from tests.access.worlds import DAY, KINDS

PEOPLE = [
    Role.SPECIALIST.value,
    Role.PROVINCIAL_LEADER.value,
    Role.ASSIGNED_AGENCY.value,
    Role.APPLICANT.value,
    "elsewhere",
]


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", PEOPLE)
def test_list_export_and_api_show_exactly_what_one_may_know_of(world, name):
    person = world[0][name]
    client, wrong = as_(person), []
    headers = {"Authorization": f"Bearer {make_code(person)}"}  # there are more registers than tokens a person may have
    for found in registers():
        known = set(found.visible_to(person).standing().values_list("title", flat=True))
        exported = b"".join(client.get(f"/so/{found.key}/xuat/json/").streaming_content).decode()
        answer = client.get(f"/api/v1/registers/{found.key}/records?limit=100", headers=headers)
        shown = {
            "list": client.get(f"/so/{found.key}/").content.decode(),
            "export": exported,
            "api": str(answer.json()),
        }
        for (key, kind), record in world[1].items():
            if key == found.key:
                wrong += [
                    (way, key, kind)
                    for way, text in shown.items()
                    if (record.title in text) is not (record.title in known)
                ]

    assert wrong == []


@pytest.fixture(scope="module")
def found_by_words(world: Any, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[None]:
    """Index the world; searching reads that index."""
    with django_db_blocker.unblock(), override_settings(SEARCH_DIR=tmp_path_factory.mktemp("search")):
        index_pending(now=timezone.now())
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*PEOPLE, Role.DIRECTOR.value, Role.ADMINISTRATOR.value])
def test_search_finds_exactly_what_one_may_know_of(world, found_by_words, name):
    person, wrong = world[0][name], []
    client = as_(person)
    pages = {
        kind: "".join(client.get("/tim/", {"q": f"kienthuc{kind}", "trang": n}).content.decode() for n in (1, 2))
        for kind in KINDS
    }
    for (key, kind), record in world[1].items():
        known = register(key).visible_to(person).filter(pk=record.pk).exists()
        wrong += [(key, kind)] if bool(re.search(rf"(?<![\w-]){record.code}\b", pages[kind])) is not known else []

    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", [Role.SPECIALIST.value, Role.DIRECTOR.value, Role.PROVINCIAL_LEADER.value])
def test_a_figure_names_exactly_the_records_one_may_know_of(world, name):
    person = world[0][name]
    client, figure = as_(person), "assignments.given"
    year = {"period": "statistics-year", "year": 2021}
    sides = {"a_kind": "statistics-year", "a_year": 2020, "b_kind": "statistics-year", "b_year": 2021}
    pages = {
        "report": client.get(f"/bao-cao/{world[1]['period-report', 'own'].code}/so-lieu/{figure}/"),
        "comparison": client.get(f"/bao-cao/so-sanh/{figure}/", sides),
        "api": client.get(
            f"/api/v1/indicators/{figure}/records", year, headers={"Authorization": f"Bearer {make_code(person)}"}
        ),
    }

    given = {kind: world[1]["assignment", kind] for kind in ("own", "secret")}
    known = {kind: register("assignment").visible_to(person).filter(pk=row.pk).exists() for kind, row in given.items()}
    named = {
        way: {kind: row.code in page.content.decode() for kind, row in given.items()} for way, page in pages.items()
    }
    assert named == dict.fromkeys(pages, known)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*PEOPLE, Role.DIRECTOR.value])
def test_files_and_due_dates_are_given_of_exactly_what_one_may_know_of(world, name, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    person, ways = world[0][name], {}
    client = as_(person)
    records = {kind: record for (key, kind), record in world[1].items() if key == "assignment" and kind != "closed"}
    for kind, record in records.items():
        file = attach(record=record, data=b"kien thuc", filename="a.txt", actor=None, on=DAY)
        _give_duty(record, f"Trả lời {kind}", person)
        ways[kind] = {"file": client.get(file.url).status_code == 200}
    secret = make_feed(user=person, scope=FeedScope.PERSON, at=timezone.now())
    feed = client.get(f"/lich/{secret}.ics").content.decode().replace("\r\n ", "")
    for kind, record in records.items():
        known = register("assignment").visible_to(person).filter(pk=record.pk).exists()
        assert ways[kind] | {"feed": f"Trả lời {kind}" in feed} == {"file": known, "feed": known}, kind


@pytest.mark.django_db
@pytest.mark.parametrize("name", [Role.SPECIALIST.value, Role.APPLICANT.value])
def test_a_hidden_record_answers_as_one_that_is_not(world, name):
    client = as_(world[0][name])
    for found in registers():
        record = world[1][found.key, "secret"]
        paths = [f"/so/{found.key}/{code}/" for code in (record.code, record.code[:-4] + "8888")]

        hidden, missing = (client.get(path) for path in paths)

        assert hidden.status_code == missing.status_code == 404, found.key
        assert _plain(hidden, paths[0]) == _plain(missing, paths[1]), found.key


def _give_duty(record: Any, action: str, person: Any) -> None:
    """Let the person answer for something on the record, whether or not they may know of it."""
    said = {"kind": action, "action": action, "started_on": DAY, "due_on": date(2030, 1, 7), "actor": None}
    duty = open_obligation(record=record, **said)
    duty.person, duty.office = person, person.office
    with recording(actor=None, verb="give", label="giao", on=DAY):
        duty.save()


def _plain(answer: Any, path: str) -> tuple[str, list[str]]:
    """Return page and names of headers without what differs at every answer: its id, tokens, the address itself."""
    page = re.sub(r'(nonce|value)="[^"]*"|\b[0-9A-Fa-f]{8,}\b', "", answer.content.decode().replace(path, ""))
    return page, sorted(name for name, _ in answer.items())
