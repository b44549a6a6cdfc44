"""Every register that lets facts be corrected lets a director correct each of them where it stands."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.access.roles import Role
from khcn.kernel.pages.record_forms import open_names
from khcn.kernel.records.history import history_of
from khcn.kernel.records.registry import registers

CORRECTED = [found.key for found in registers() if found.editable]
MAY_BE = ("protection-title", "technology-appraisal", "assignment", "legal-document", "programme", "working-session")


def test_the_registers_that_people_work_in_let_facts_be_corrected():
    assert set(MAY_BE) <= set(CORRECTED)


@pytest.mark.django_db
@pytest.mark.parametrize("key", CORRECTED)
def test_each_fact_opens_its_editor_and_a_title_is_corrected_with_its_reason(world, key):
    people, records = world
    director = people[Role.DIRECTOR.value].act_on(timezone.localdate())
    client = Client()
    client.force_login(director)
    found = next(one for one in registers() if one.key == key)
    record = records[key, "own"]
    page = reverse("record", args=[key, record.code])

    for name in open_names(found, record):
        assert _editor(client, page, name), name
    said = _editor(client, page, "title") | {"title": "Tên đã sửa", "ly-do": "ghi nhầm"}
    client.post(f"{reverse('record-edit', args=[key, record.code])}?muc=title", said)

    record.refresh_from_db()
    assert record.title == "Tên đã sửa"
    assert "ghi nhầm" in {entry.why for entry in history_of(record, found.parts, str, reader=director)}


def _editor(client: Client, page: str, name: str) -> dict[str, Any]:
    """Return what a browser would send of the editor of a fact as it stands."""
    answer = client.get(page, {"sua": name})
    forms = [one["form"] for group in answer.context["groups"] for one in group["facts"] if "form" in one]
    return {bound.name: "" if bound.value() is None else bound.value() for form in forms for bound in form}
