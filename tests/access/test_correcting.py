"""Every register that lets facts be corrected lets a director correct each of them where it stands."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.access.gates import KEY, gates
from khcn.kernel.access.roles import Role
from khcn.kernel.pages.forms import SEEN
from khcn.kernel.pages.record_forms import open_names
from khcn.kernel.records.history import history_of
from khcn.kernel.records.registry import register, registers
from tests.access.addresses import ADDRESSES, path_of

CORRECTED = [found.key for found in registers() if found.editable]
MAY_BE = ("protection-title", "technology-appraisal", "assignment", "legal-document", "programme", "working-session")

# The page of a record has forms of its own, each tested with its mechanism; what is added stands beside what others add.
OTHERWISE = {"record", "governance:item-add", "governance:conclusion-add", "shared-links"}


def test_the_registers_that_people_work_in_let_facts_be_corrected():
    assert set(MAY_BE) <= set(CORRECTED)


@pytest.mark.django_db
@pytest.mark.parametrize("key", CORRECTED)
def test_each_fact_opens_its_editor_and_one_is_corrected_with_its_reason(world, key):
    people, records = world
    director = people[Role.DIRECTOR.value].act_on(timezone.localdate())
    client = Client()
    client.force_login(director)
    found = next(one for one in registers() if one.key == key)
    record = records[key, "own"]
    page = reverse("record", args=[key, record.code])

    for name in open_names(found, record):
        assert _editor(client, page, name), name
    fact = "title" if "title" in found.editable else "source_note"  # some titles follow from other facts
    said = _editor(client, page, fact) | {fact: "Tên đã sửa", "ly-do": "ghi nhầm"}
    client.post(f"{reverse('record-edit', args=[key, record.code])}?muc={fact}", said)

    record.refresh_from_db()
    assert getattr(record, fact) == "Tên đã sửa"
    assert "ghi nhầm" in {entry.why for entry in history_of(record, found.parts, str, reader=director)}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.SPECIALIST, Role.CLERK, Role.MONITOR])
def test_every_form_over_a_record_carries_what_was_known_when_it_opened(world, role):
    people, records = world
    client = Client()
    client.force_login(people[role.value].act_on(timezone.localdate()))
    opened, forgetful = set(), set()

    for gate in gates():
        if not gate.register or "code" not in ADDRESSES[gate.name][1] or gate.name in OTHERWISE:
            continue
        for found in registers() if gate.register == KEY else [register(gate.register)]:
            answer = client.get(path_of(gate, ADDRESSES[gate.name][1], found, records[found.key, "own"].code))
            form = (getattr(answer, "context", None) or {}).get("form")
            if answer.status_code == HTTPStatus.OK and form is not None and 'method="post"' in answer.text:
                opened.add(gate.name)
                forgetful |= set() if SEEN in form.fields else {gate.name}

    assert opened
    assert forgetful == set()


def _editor(client: Client, page: str, name: str) -> dict[str, Any]:
    """Return what a browser would send of the editor of a fact as it stands."""
    answer = client.get(page, {"sua": name})
    forms = [one["form"] for group in answer.context["groups"] for one in group["facts"] if "form" in one]
    return {bound.name: "" if bound.value() is None else bound.value() for form in forms for bound in form}
