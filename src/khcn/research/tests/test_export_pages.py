"""What is known of the pages of exports."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.tests.factories import make_user
from khcn.research.export_profiles import profiles
from khcn.research.tests.imported import bring_in


def downloaded(signed_in, key="tasks-2025", **asked):
    answer = signed_in.get(reverse("task-export-download", args=[key]), asked)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    return answer, {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_page_shows_every_profile_with_its_fields_and_that_it_is_unchecked(signed_in):
    page = signed_in.get(reverse("task-exports"))

    assert [one["profile"].key for one in page.context["profiles"]] == list(profiles())
    assert not any(one["checked"] for one in page.context["profiles"])
    assert "chưa đối chiếu" in page.content.decode()
    assert "members[]/name" in page.content.decode()


def test_the_archive_holds_the_files_and_their_report(department, signed_in):
    bring_in(department, "Giống chè", approved_on=date(2025, 3, 3))
    bring_in(department, "Chuyện kín", approved_on=date(2025, 3, 3), confidentiality=Confidentiality.CONFIDENTIAL)

    answer, files = downloaded(signed_in)

    assert sorted(files) == ["tasks.csv", "tasks.json", "tasks.xml", "validation.json"]
    assert f"tasks-2025-{timezone.localdate():%Y-%m-%d}.zip" in answer["Content-Disposition"]
    assert [one["title"] for one in json.loads(files["tasks.json"])["records"]] == ["Giống chè"]
    assert "Chuyện kín" not in "".join(files.values())


def test_a_year_that_is_asked_for_is_kept_on_the_way_to_the_archive(department, signed_in):
    for year in (2024, 2025):
        bring_in(department, f"Năm {year}", approved_on=date(year, 3, 3))

    page = signed_in.get(reverse("task-exports"), {"nam": "2024"})
    (url,) = [one["url"] for one in page.context["profiles"] if one["profile"].key == "tasks-2025"]
    answer, files = downloaded(signed_in, nam="2024")

    assert [one["label"] for one in page.context["years"] if one["active"]] == ["2024"]
    assert url.endswith("tasks-2025.zip?nam=2024")
    assert "tasks-2025-2024-" in answer["Content-Disposition"]
    assert [one["title"] for one in json.loads(files["tasks.json"])["records"]] == ["Năm 2024"]


@pytest.mark.parametrize("path", ["?nam=x", "?nam=1999", "?nam=2999", "khong-co.zip"])
def test_a_year_and_a_profile_that_do_not_exist_are_not_found(signed_in, path):
    assert signed_in.get(reverse("task-exports") + path).status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.PROVINCIAL_LEADER, Role.ASSIGNED_AGENCY])
def test_who_enters_no_tasks_exports_none(department, role):
    client = Client()
    client.force_login(make_user(role, username="khac", office=department.office))

    assert client.get(reverse("task-exports")).status_code == 403
    assert client.get(reverse("task-export-download", args=["tasks-2025"])).status_code == 403
