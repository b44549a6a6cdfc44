"""It is known that…"""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from khcn.assignments.services import release_lateness
from khcn.assignments.tests.factories import change
from khcn.governance.tests.factories import make_conclusion, make_task
from khcn.kernel.access.roles import Confidentiality

NOW = datetime(2021, 11, 1, 3, tzinfo=UTC)
DUE = {"due_on": date(2021, 10, 15), "precision": "day"}


@pytest.fixture(autouse=True)
def _on_the_first_of_november(world):
    with time_machine.travel(NOW, tick=False):
        yield


def shown(client, address="/tong-quan/"):
    return client.get(address)


def numbers(answer):
    return {one["label"]: one["value"] for one in answer.context["numbers"]}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("director", 200),  # leads the department
        ("leader", 200),  # leads the province
        ("specialist", 403),
        ("monitor", 403),
        ("agency", 403),
    ],
)
def test_the_page_is_for_leaders(pages, who, status):
    assert shown(pages(who)).status_code == status


def test_whoever_has_not_signed_in_signs_in_first(world):
    assert shown(Client())["Location"].startswith("/dang-nhap/")


@pytest.mark.parametrize(
    ("who", "first"), [("director", "/tong-quan/"), ("leader", "/tong-quan/"), ("monitor", "/viec-can-lam/")]
)
def test_a_leader_begins_with_the_overview_everyone_else_with_the_inbox(pages, who, first):
    assert pages(who).get("/")["Location"] == first


def test_the_four_numbers_are_counted_by_hand(pages, world):
    make_task(world.conclusion, world.monitor, lead=world.agency_org, **DUE)
    make_task(world.conclusion, world.monitor, lead=world.division)

    assert numbers(shown(pages("director"))) == {
        "Sắp đến hạn": 0,
        "Quá hạn": 1,
        "Xong đúng hạn": 0,
        "Không đặt hạn": 1,
    }


@pytest.mark.parametrize("who", ["director", "leader"])
def test_each_number_opens_exactly_the_records_it_counts(pages, world, who):
    for day in (date(2021, 10, 15), date(2021, 11, 3), date(2022, 3, 1)):
        due = {"due_on": day, "precision": "day"}
        make_task(world.conclusion, world.monitor, lead=world.agency_org, title=f"Báo cáo {day}", **due)
    make_task(world.conclusion, world.monitor, lead=world.division)

    for one in shown(pages(who)).context["numbers"]:
        assert len(pages(who).get(one["url"]).context["rows"]) == one["value"], one


@pytest.mark.parametrize("who", ["director", "leader"])
def test_each_point_of_a_chart_opens_exactly_the_records_it_counts(pages, world, who):
    make_task(world.conclusion, world.monitor, lead=world.agency_org, **DUE)
    make_task(world.conclusion, world.monitor, lead=world.division)

    points = [point for chart in shown(pages(who)).context["charts"] for point in chart["points"]]

    assert sum(point["value"] for point in points) == 3
    for point in points:
        assert len(pages(who).get(point["url"]).context["rows"]) == point["value"], point


def test_lateness_is_kept_from_the_province_until_it_is_released(pages, world):
    task = make_task(world.conclusion, world.monitor, lead=world.agency_org, **DUE)

    before = shown(pages("leader"))
    release_lateness(assignment=task, actor=world.director, at=NOW)
    after = shown(pages("leader"))

    assert "quá hạn" not in re.sub(r"<svg.*?</svg>", "", before.content.decode()).lower()
    assert numbers(before)["Chậm, Sở đã báo"] == 0
    assert numbers(after)["Chậm, Sở đã báo"] == 1
    assert "Chờ kết quả, đã quá hạn" in after.content.decode()
    assert numbers(before)["Đang thực hiện"] == numbers(after)["Đang thực hiện"] == 1


def test_what_does_not_move_says_what_it_waits_for_on_whom_and_since_when(pages, world):
    task = make_task(world.conclusion, world.monitor, lead=world.agency_org, **DUE)

    (row,) = shown(pages("director")).context["stuck_rows"]

    assert (row["state"]["label"], row["whose"], row["since"]) == ("Chờ kết quả, đã quá hạn", "Sở Mẫu", "15/10/2021")
    assert row["waited"] == "đã 17 ngày"
    assert row["task_url"] == f"/so/assignment/{task.code}/#buoc-tiep"


def test_confidential_work_leaves_no_trace_for_the_province(pages, world):
    task = make_task(world.conclusion, world.monitor, lead=world.agency_org, **DUE)
    change(task, confidentiality=Confidentiality.CONFIDENTIAL)
    change(world.conclusion, confidentiality=Confidentiality.CONFIDENTIAL)

    answer = shown(pages("leader"))

    assert set(numbers(answer).values()) == {0}
    assert answer.context["stuck_rows"] == []
    assert sum(point["value"] for chart in answer.context["charts"] for point in chart["points"]) == 0


def test_a_broken_layout_is_told_on_the_page(pages, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "overview.toml").write_text("numbers = 4", encoding="utf-8")

    answer = shown(pages("director"))

    assert (answer.status_code, len(answer.context["numbers"])) == (200, 4)
    assert "overview.toml" in answer.content.decode()


def test_more_waiting_conclusions_than_fit_on_the_sheet_are_one_click_away(pages, world):
    for number in range(9):
        make_conclusion(world.session, world.specialist, f"Việc {number}")

    first, whole = shown(pages("director")), shown(pages("director"), "/tong-quan/?ket-luan=tat-ca")

    assert (len(first.context["stuck_rows"]), first.context["stuck_more"]) == (8, 2)
    assert len(whole.context["stuck_rows"]) == 10


def test_the_page_asks_the_same_few_questions_however_much_there_is(pages, world):
    client = pages("director")
    make_task(world.conclusion, world.monitor, lead=world.agency_org, **DUE)
    shown(client)
    with CaptureQueriesContext(connection) as few:
        shown(client)
    for number in range(6):
        more = make_conclusion(world.session, world.specialist, f"Việc {number}")
        make_task(more, world.monitor, lead=world.agency_org, **DUE)
        make_task(more, world.monitor, lead=world.division)
    with CaptureQueriesContext(connection) as many:
        shown(client)

    assert len(few) == len(many)
    assert len(many) <= 20, [one["sql"][:160] for one in many]
