"""A record is known of by every way or by none: list, export, API, its own page; what is hidden looks like nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from khcn.api.tests.factories import code_of
from khcn.kernel.access.roles import Role
from khcn.kernel.records.registry import registers

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
    for found in registers():
        known = set(found.visible_to(person).standing().values_list("title", flat=True))
        exported = b"".join(client.get(f"/so/{found.key}/xuat/json/").streaming_content).decode()
        answer = client.get(
            f"/api/v1/registers/{found.key}/records?limit=100", headers={"Authorization": f"Bearer {code_of(person)}"}
        )
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


def _plain(answer: Any, path: str) -> tuple[str, list[str]]:
    """Return page and names of headers without what differs at every answer: its id, tokens, the address itself."""
    page = re.sub(r'(nonce|value)="[^"]*"|\b[0-9A-Fa-f]{8,}\b', "", answer.content.decode().replace(path, ""))
    return page, sorted(name for name, _ in answer.items())
