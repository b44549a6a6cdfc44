"""What is known of where the papers of a task are offered, and to whom they open."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.services import withdraw_record
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_division, make_user
from khcn.parties.tests.factories import make_agency_user
from khcn.research import presenting
from khcn.research.papers.kinds import DECISIONS, JOINT
from khcn.research.states import TaskState
from khcn.research.tests import factories as make
from khcn.research.tests.test_papers import ANNEX, DECISION, paper, words_of
from khcn.research.tests.test_papers import JOINT as JOINT_PAPER
from khcn.research.tests.test_views import signed_in
from khcn.research.tests.walking import take_step

pytestmark = pytest.mark.django_db
S = TaskState
MOST_QUERIES = 26
OFFERED = {
    S.BUDGET_APPRAISAL: set(),
    S.APPROVED: {"phe-duyet", "hop-dong"},
    S.RUNNING: {"phe-duyet", "hop-dong", "phieu-dang-tien-hanh"},
    S.ACCEPTED: {"phe-duyet", "hop-dong", "cong-nhan", "phieu-ket-qua"},
    S.SETTLED: {"phe-duyet", "hop-dong", "cong-nhan", "phieu-ket-qua", "thanh-ly"},
}


@pytest.fixture
def world():
    return make.make_world()


def offered(client, task):
    files = [file["url"] for one in client.get(record_url(task)).context["task_papers"] for file in one["files"]]
    return {url.rpartition("/")[2].removesuffix(".docx") for url in files if url.endswith(".docx")}


@pytest.mark.parametrize(("state", "keys"), OFFERED.items())
def test_the_page_offers_the_papers_that_the_state_allows_and_no_others(world, state, keys):
    task = make.make_task(world, state)
    client = signed_in(world.specialist)

    assert offered(client, task) == keys
    for name, kinds in ((DECISION, DECISIONS), (JOINT_PAPER, JOINT)):
        answers = {key: paper(client, task, name, key, "pdf").status_code for key in kinds}
        assert answers == {key: HTTPStatus.OK if key in keys else HTTPStatus.FOUND for key in kinds}


def test_a_task_that_was_stopped_offers_how_it_ended(world):
    task = make.make_task(world, S.RUNNING)
    make.terminate(world, task)
    take_step(world, task, "review_risk")

    assert {"cham-dut", "rui-ro"} <= offered(signed_in(world.specialist), task)


def test_a_paper_that_is_not_possible_yet_is_refused_with_what_is_missing(world):
    task = make.make_task(world, S.RUNNING)
    client = signed_in(world.specialist)

    answer = paper(client, task, DECISION, "cong-nhan")

    assert answer.url == record_url(task)
    assert f"của {task.code}: kết quả chưa được nghiệm thu" in client.get(answer.url).text


def test_a_paper_that_there_is_not_is_not_found_and_another_file_is_refused(world):
    task = make.make_task(world, S.RUNNING)
    client = signed_in(world.specialist)

    assert paper(client, task, DECISION, "khong-co").status_code == HTTPStatus.NOT_FOUND
    assert paper(client, task, DECISION, "phe-duyet", "odt").status_code == HTTPStatus.BAD_REQUEST


def test_the_host_has_what_it_signs_and_not_what_is_decided_about_it(world):
    task = make.make_task(world, S.RUNNING)
    client = signed_in(make_agency_user(world.host))

    assert offered(client, task) == {"hop-dong", "phieu-dang-tien-hanh"}
    assert paper(client, task, JOINT_PAPER, "hop-dong").status_code == HTTPStatus.OK
    assert paper(client, task, DECISION, "phe-duyet").status_code == HTTPStatus.FORBIDDEN


def test_who_only_reads_the_task_is_offered_no_paper(world):
    task = make.make_task(world, S.RUNNING)
    take_step(world, task, "extend")
    client = signed_in(make_user(Role.MONITOR, username="theodoi", office=world.office))

    assert paper(client, task, ANNEX, task.changes.get().pk).status_code == HTTPStatus.FORBIDDEN
    assert offered(client, task) == set()
    assert paper(client, task, JOINT_PAPER, "hop-dong").status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(("name", "key"), [(DECISION, "phe-duyet"), (JOINT_PAPER, "hop-dong"), (ANNEX, 1)])
def test_the_papers_of_a_confidential_task_are_as_hidden_as_its_page(world, name, key):
    task = make.make_task(world, S.RUNNING, confidentiality=Confidentiality.CONFIDENTIAL)
    other = make_division(world.office, code="KHAC")
    stranger = make_user(Role.SPECIALIST, username="khac", office=world.office, division=other)

    assert signed_in(stranger).get(record_url(task)).status_code == HTTPStatus.NOT_FOUND
    assert paper(signed_in(stranger), task, name, key).status_code == HTTPStatus.NOT_FOUND


def test_a_draft_of_a_confidential_task_says_to_whom_it_may_be_given(world):
    task = make.make_task(world, S.RUNNING, confidentiality=Confidentiality.CONFIDENTIAL)
    client = signed_in(world.specialist)

    answer = paper(client, task, JOINT_PAPER, "hop-dong")

    assert "chỉ giao bản in cho người được biết nhiệm vụ" in words_of(answer)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="hop-dong-{task.code}.docx"'


def test_a_leader_of_whom_the_reader_may_not_know_is_a_gap(world):
    task = make.make_task(world, S.RUNNING)
    with recording(actor=world.director, verb="hide", label="hạn chế", on=world.day):
        world.leader.confidentiality = Confidentiality.CONFIDENTIAL
        world.leader.save()
    host = signed_in(make_agency_user(world.host))

    said = words_of(paper(host, task, JOINT_PAPER, "hop-dong"))

    assert "Nguyễn Chủ Nhiệm" not in said
    assert "Chủ nhiệm: «…»." in said


def test_the_row_of_an_agreed_change_leads_to_its_annex(world):
    task = make.make_task(world, S.RUNNING)
    take_step(world, task, "extend")
    client = signed_in(world.specialist)

    page = client.get(reverse("task-side", args=[task.code, "tien-do"])).text

    assert 'href="#phu-luc-01"' in page
    assert 'id="phu-luc-01"' in page
    assert reverse(ANNEX, args=[task.code, task.changes.get().pk, "docx"]) in page


def test_a_withdrawn_task_offers_no_papers(world):
    task = make.make_task(world, S.APPROVED)
    withdraw_record(record=task, actor=world.director, on=world.later(), why="Nhập trùng")
    client = signed_in(world.specialist)

    assert offered(client, task) == set()
    assert paper(client, task, JOINT_PAPER, "hop-dong").status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("state", OFFERED)
def test_offering_papers_costs_the_page_no_query(world, state, monkeypatch):
    task = make.make_task(world, state)
    client = signed_in(world.specialist)
    with_papers = queries(client, task)
    monkeypatch.setattr(presenting, "task_papers", lambda *_args, **_kwargs: [])

    assert with_papers == queries(client, task)


def test_the_page_of_a_task_asks_no_more_than_before_papers_were_offered(world):
    task = make.make_task(world, S.ACCEPTED)

    assert queries(signed_in(world.specialist), task) <= MOST_QUERIES


def queries(client, task):
    client.get(record_url(task))
    with CaptureQueriesContext(connection) as asked:
        client.get(record_url(task))
    return len(asked)
