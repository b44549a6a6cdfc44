"""What is known of the pages and files of statistics form 04CS."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.tests.factories import make_user
from khcn.parties.states import Sex
from khcn.research.states import FundingSource, TaskForm
from khcn.research.statistics_rows import Measure, form_rows
from khcn.research.tests.imported import bring_in
from khcn.research.tests.test_statistics import say_sex

YEAR = 2025
NEW = {"approved_on": date(2025, 3, 3)}


def figures(page, code):
    (cells,) = [row["cells"] for row in page.context["rows"] if row["cells"][0] == code]
    return [cell["figure"] if isinstance(cell, dict) else {"value": None, "text": cell} for cell in cells[2:]]


def test_every_figure_of_the_page_opens_its_tasks(department, signed_in):
    bring_in(department, "Giống chè", sources=(FundingSource.FIRM,), **NEW)
    page = signed_in.get(reverse("task-statistics"), {"nam": YEAR})

    total, female, *_rest = figures(page, "16")
    behind = signed_in.get(total["url"])

    assert (total["value"], female["value"], female["text"]) == (1, None, "—")
    assert [row["cells"][1] for row in behind.context["rows"]] == ["Giống chè"]
    assert "chưa có dữ liệu giới tính" in page.content.decode()


def test_all_figures_of_the_page_lead_somewhere(department, signed_in):
    bring_in(department, "Giống chè", **NEW)
    page = signed_in.get(reverse("task-statistics"), {"nam": YEAR})

    found = [figure for row in form_rows() if not row.outside for figure in figures(page, row.code)]

    assert len(found) == 38 * len(Measure)
    assert all(
        signed_in.get(one["url"]).status_code == 200 for one in found[:: len(Measure) + 1] if one["value"] is not None
    )


def test_many_tasks_are_walked_page_by_page(department, signed_in):
    for number in range(52):
        bring_in(department, f"Đề tài {number}", form=TaskForm.PROJECT, **NEW)
    url = reverse("task-statistics-records", args=[YEAR, "20", "new"])

    first = signed_in.get(url)
    second = signed_in.get(first.context["next_url"])

    titles = {row["cells"][1] for page in (first, second) for row in page.context["rows"]}
    assert (len(first.context["rows"]), len(second.context["rows"]), len(titles)) == (50, 2, 52)
    assert second.context["first_url"] == url


def test_a_confidential_task_is_counted_but_not_named_to_who_may_not_know_of_it(department, signed_in):
    bring_in(department, "Chuyện kín", confidentiality=Confidentiality.CONFIDENTIAL, division=None, **NEW)
    url = reverse("task-statistics-records", args=[YEAR, "01", "total"])

    shown = signed_in.get(url)

    assert "Chuyện kín" not in shown.content.decode()
    assert (shown.context["figure"]["value"], shown.context["hidden"]) == (1, 1)


def test_the_page_speaks_of_the_instant_asked_for_and_its_figures_do_too(department, signed_in):
    instant = timezone.localtime().isoformat()
    bring_in(department, "Giống chè", **NEW)

    page = signed_in.get(reverse("task-statistics"), {"nam": YEAR, "as_of": instant})
    total = figures(page, "01")[0]

    assert total["value"] == 0
    assert signed_in.get(total["url"]).context["rows"] == []


@pytest.mark.parametrize("path", ["?nam=1999", "?nam=2999", "?nam=0", "2025/77/total/", "2025/01/nothing/"])
def test_a_year_and_a_figure_that_do_not_exist_are_not_found(signed_in, path):
    assert signed_in.get(reverse("task-statistics") + path).status_code == 404


@pytest.mark.parametrize("asked", ["", "x", "20255", "²"])
def test_without_a_year_that_can_be_read_the_page_shows_this_one(signed_in, asked):
    page = signed_in.get(reverse("task-statistics"), {"nam": asked})

    assert str(timezone.localdate().year) in page.context["page_heading"]


def test_the_files_hold_what_the_page_shows_with_its_definitions(department, signed_in):
    bring_in(department, "Giống chè", **NEW)
    links = {
        one["label"]: one["url"]
        for one in signed_in.get(f"{reverse('task-statistics')}?nam={YEAR}").context["downloads"]
    }

    text = signed_in.get(links["CSV"]).content.decode("utf-8-sig")
    table = read_table(signed_in.get(links["XLSX"]).content, "bieu.xlsx").rows

    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1] == ["01", "1. Tổng số đề tài/đề án KH&CN", "1", "chưa có dữ liệu giới tính", "1", "0", "0", "0"]
    assert rows[2][1] == "'- Cấp quốc gia"
    assert [[f"{cell:g}" if isinstance(cell, float) else cell for cell in row] for row in table[1:39:19]] == rows[
        1:39:19
    ]
    assert "chưa được đánh giá nghiệm thu" in text


def test_which_leaders_are_women_is_told_to_staff_and_only_counted_for_others(department, signed_in):
    say_sex(department.leader, Sex.FEMALE)
    bring_in(department, "Giống chè", leader=department.leader, confidentiality=Confidentiality.PUBLIC, **NEW)
    bring_in(department, "Giống lúa", **NEW)
    url = reverse("task-statistics-records", args=[YEAR, "01", "female"])
    leader = Client()
    leader.force_login(make_user(Role.PROVINCIAL_LEADER, username="tinh", office=department.office))

    ours, theirs = signed_in.get(url), leader.get(url)

    assert [row["cells"][1] for row in ours.context["rows"]] == ["Giống chè"]
    assert (theirs.context["rows"], theirs.context["hidden"], theirs.context["figure"]["value"]) == ([], 1, 1)
    page = signed_in.get(reverse("task-statistics"), {"nam": YEAR})
    assert "1 nhiệm vụ trong tổng số có chủ nhiệm chưa ghi giới tính" in page.content.decode()


def test_who_works_outside_the_office_reads_no_statistics(department):
    client = Client()
    client.force_login(make_user(Role.ASSIGNED_AGENCY, username="ngoai", office=department.office))

    assert client.get(reverse("task-statistics")).status_code == 403
    assert client.get(f"/nhiem-vu-khcn/thong-ke/{YEAR}/bieu.csv").status_code == 403
