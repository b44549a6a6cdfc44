"""What is known of the pages of tasks."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.tests.factories import make_user
from khcn.parties.tests.factories import make_agency_user
from khcn.research.models import ResearchTask, TaskApplication, TaskProposal
from khcn.research.part_sheets import SHEETS, SIDES
from khcn.research.services import calls, running
from khcn.research.states import TaskState
from khcn.research.tests import factories as make

pytestmark = pytest.mark.django_db
S = TaskState


@pytest.fixture
def world():
    return make.make_world()


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def side(task, key):
    return reverse("task-side", args=[task.code, key])


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, address
    return answer.content.decode()


@pytest.mark.parametrize("key", sorted(SIDES))
def test_every_side_of_a_task_opens_and_names_it(world, key):
    task = make.make_task(world, S.RUNNING)

    text = page_of(signed_in(world.specialist), side(task, key))

    assert task.code in text
    assert str(SIDES[key][0]) in text


@pytest.mark.parametrize("key", sorted(SHEETS))
def test_every_kind_of_part_asks_for_what_its_table_shows(world, key):
    task = make.make_task(world, S.RUNNING)

    answer = signed_in(world.director).get(reverse("task-part-new", args=[task.code, key]))

    assert answer.status_code == HTTPStatus.OK
    assert set(SHEETS[key].asked) <= set(answer.context["form"].fields)


@pytest.mark.parametrize("name", ["task-part-new", "task-side"])
def test_what_a_task_does_not_have_is_not_found(world, name):
    task = make.make_task(world)

    answer = signed_in(world.specialist).get(reverse(name, args=[task.code, "khong-co"]))

    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_the_money_page_shows_balances_that_follow_from_the_movements(world):
    task = make.make_task(world, S.RUNNING)
    client = signed_in(world.specialist)
    said = {"kind": "allocate", "source": "state_local", "amount_vnd": "100.000.000", "year": "2025"}
    said |= {"moved_on": f"{task.approved_on.day}/{task.approved_on.month}/{task.approved_on.year}"}

    answer = client.post(reverse("task-money-move", args=[task.code]), {**said, "document_number": "CT-9"})

    assert answer.url == side(task, "kinh-phi")
    text = page_of(client, answer.url)
    assert "800.000.000" in text  # not allotted yet
    assert "100.000.000" in text


def test_a_movement_that_cannot_be_is_told_on_the_form_with_what_was_typed(world):
    task = make.make_task(world, S.RUNNING)
    said = {"kind": "allocate", "source": "state_local", "amount_vnd": "999.000.000.000", "year": "2025"}
    said |= {"moved_on": "1/1/2020", "document_number": "CT-9"}

    answer = signed_in(world.specialist).post(reverse("task-money-move", args=[task.code]), said)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    text = answer.content.decode()
    assert "không lấy ra được 999.000.000.000 đồng" in text
    assert 'value="999.000.000.000"' in text


@pytest.mark.parametrize("typed", ["một tỷ", "-5", "12,5", "9" * 20])
def test_an_amount_that_is_no_amount_is_told(world, typed):
    task = make.make_task(world, S.RUNNING)

    answer = signed_in(world.specialist).post(reverse("task-money-move", args=[task.code]), {"amount_vnd": typed})

    assert "Ghi số tiền bằng đồng" in answer.content.decode()


def test_a_product_is_entered_corrected_and_taken_out_by_its_pages(world):
    task = make.make_task(world, S.BUDGET_APPRAISAL)
    client = signed_in(world.specialist)
    new = reverse("task-part-new", args=[task.code, "san-pham"])

    client.post(new, {"name": "Mô hình nhân giống", "kind": "method", "ordered": "2", "unit": "mô hình"})
    part = task.products.get(name="Mô hình nhân giống")
    address = reverse("task-part", args=[task.code, "san-pham", part.pk])
    client.post(address, {"name": "Mô hình vườn ươm", "kind": "method", "ordered": "3", "unit": "mô hình"})
    part.refresh_from_db()
    assert (part.name, part.ordered) == ("Mô hình vườn ươm", 3)
    client.post(reverse("task-part-drop", args=[task.code, "san-pham", part.pk]), {"why": "Trùng"})

    assert not task.products.filter(pk=part.pk).exists()


def test_the_host_reports_on_line_and_touches_nothing_else(world):
    task = make.make_task(world, S.RUNNING)
    client = signed_in(make_agency_user(world.host))
    said = {"kind": "monthly", "reported_on": "1/9/2021", "percent": "10", "content": "Đã chọn vườn giống"}

    assert task.code in page_of(client, side(task, "tien-do"))
    client.post(reverse("task-part-new", args=[task.code, "bao-cao"]), said)
    refused = client.get(reverse("task-part-new", args=[task.code, "san-pham"]))

    assert task.progress_reports.get().content == "Đã chọn vườn giống"
    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert client.get(reverse("task-money-move", args=[task.code])).status_code == HTTPStatus.FORBIDDEN


def test_another_organisation_knows_nothing_of_the_task(world):
    task = make.make_task(world, S.RUNNING)
    other = make.make_organisation("Viện Khác", actor=world.specialist)
    client = signed_in(make_agency_user(other, "vien-khac"))

    assert client.get(record_url(task)).status_code == HTTPStatus.NOT_FOUND
    assert client.get(side(task, "kinh-phi")).status_code == HTTPStatus.NOT_FOUND


def test_a_confidential_task_is_invisible_beyond_its_division(world):
    task = make.make_task(world, S.PROPOSED, confidentiality=Confidentiality.CONFIDENTIAL, title="Việc kín mẫu")
    clerk = make_user(Role.CLERK, username="vt", office=world.office)

    assert signed_in(clerk).get(record_url(task)).status_code == HTTPStatus.NOT_FOUND
    assert "Việc kín mẫu" not in page_of(signed_in(clerk), reverse("task-desk"))
    assert "Việc kín mẫu" not in page_of(signed_in(clerk), reverse("register", args=[ResearchTask.REGISTER]))


def test_a_dossier_is_entered_once_however_often_its_form_is_sent(world):
    task = make.make_task(world, S.CALL_OPEN)
    client = signed_in(world.specialist)
    address = reverse("task-application-new", args=[task.code])
    token = client.get(address).context["form"]["lan-gui"].value()
    day = task.call_opens_on
    said = {"host": world.host.code, "leader": world.leader.code, "months": "24", "state_vnd": "900.000.000"}
    said |= {"filed_on": f"{day.day}/{day.month}/{day.year}", "lan-gui": str(token)}

    for _time in range(2):
        answer = client.post(address, said)
        assert answer.status_code == HTTPStatus.FOUND, answer.context["form"].errors

    assert TaskApplication.objects.count() == 1


def test_a_proposal_shows_what_resembles_it_and_becomes_a_task(world):
    said = {"title": "Nuôi cá lồng mẫu", "plan_year": 2025, "proposer_text": "Hợp tác xã", "proposer_kind": "firm"}
    proposal = TaskProposal(office=world.office, division=world.specialist.division, received_on=world.day, **said)
    acting = {"actor": world.specialist, "on": world.day}
    calls.receive_proposal(proposal=proposal, **acting)
    client = signed_in(world.specialist)
    assert "Hồ sơ gần giống" in page_of(client, record_url(proposal))

    client.post(reverse("task-from-proposal", args=[proposal.code]))
    assert not ResearchTask.objects.exists()  # not screened yet
    calls.screen_proposal(proposal=proposal, similarity_note="Không trùng", **acting)
    client.post(reverse("task-from-proposal", args=[proposal.code]))

    assert ResearchTask.objects.get().title == "Nuôi cá lồng mẫu"


def test_the_risk_is_decided_by_who_may_and_by_nobody_else(world):
    task = make.make_task(world, S.RUNNING)
    make.terminate(world, task)
    make.open_risk_file(world, task)
    running.review_risk(task=task, actor=world.specialist, on=world.day)
    address = reverse("task-risk-decide", args=[task.code])
    day = task.stopped_on
    said = {"why": "Đồng ý", "recovery": "none", "number": "1/QĐ"}
    said |= {"decided_on": f"{day.day}/{day.month}/{day.year}"}

    assert signed_in(world.specialist).get(address).status_code == HTTPStatus.FORBIDDEN
    signed_in(world.head).post(address, said)

    task.risk_file.refresh_from_db()
    assert task.risk_file.recovery == "none"


def test_the_desk_tells_what_is_late_and_what_nobody_uses():
    world = make.make_world(on=date(2015, 6, 1))
    unused = make.make_task(world, S.RESULT_REGISTERED, title="Kết quả bỏ ngỏ mẫu")
    late = make.make_task(world, S.RUNNING, title="Hợp đồng quá hạn mẫu")
    assert late.ends_on < world.specialist.acting_on

    text = page_of(signed_in(world.specialist), reverse("task-desk"))

    assert "Hợp đồng quá hạn mẫu" in text
    assert unused.accepted_on < date(2019, 1, 1)
    assert text.count("Kết quả bỏ ngỏ mẫu") == 2  # among the unused, and for its late recognition


def test_the_estimate_of_a_year_opens_what_it_rests_on():
    world = make.make_world(on=date(2019, 1, 7))
    task = make.make_task(world, S.RUNNING)
    year = task.tranches.first().planned_on.year

    text = page_of(signed_in(world.specialist), reverse("task-estimate", args=[year]))

    assert task.code in text
    assert "900.000.000" in text


def test_only_staff_open_the_desk(world):
    client = signed_in(make_user(Role.APPLICANT, username="dan", office=world.office))

    assert client.get(reverse("task-desk")).status_code == HTTPStatus.FORBIDDEN
    assert client.get(reverse("task-estimate", args=[2027])).status_code == HTTPStatus.FORBIDDEN


def test_a_list_asks_the_same_number_of_questions_for_one_task_and_for_many(world):
    client = signed_in(world.specialist)
    address = reverse("register", args=[ResearchTask.REGISTER])
    make.make_task(world, S.RUNNING)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _number in range(3):
        make.make_task(world, S.APPROVED)
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(one) <= 20


def test_a_record_page_stays_within_its_questions(world):
    task = make.make_task(world, S.RUNNING)
    client = signed_in(world.specialist)
    client.get(record_url(task))

    with CaptureQueriesContext(connection) as asked:
        client.get(record_url(task))

    assert len(asked) <= 26  # six more than other pages: money, dossiers, forms and many kinds of parts


def test_a_dossier_shows_what_its_leader_does_besides_and_what_is_late():
    world = make.make_world(on=date(2016, 1, 4))
    running = make.make_task(world, S.RUNNING, title="Việc đang chạy mẫu")
    secret = make.make_task(world, S.RUNNING, title="Việc kín mẫu", confidentiality=Confidentiality.CONFIDENTIAL)
    task = make.make_task(world, S.CALL_OPEN)
    dossier = make.apply_for(world, task)
    assert running.ends_on < secret.ends_on < world.specialist.acting_on
    other = make_user(Role.SPECIALIST, username="cv2", office=world.office)

    text = page_of(signed_in(other), record_url(dossier))

    assert "Việc đang chạy mẫu" in text
    assert "Việc kín mẫu" not in text
    assert "1 nhiệm vụ đã quá ngày kết thúc" in text  # the confidential one is not even counted
    assert "2 nhiệm vụ đã quá ngày kết thúc" in page_of(signed_in(world.director), record_url(dossier))


def test_a_task_under_the_new_law_names_the_forms_of_its_step():
    world = make.make_world(on=date(2025, 11, 3))
    task = make.make_task(world, S.APPROVED)

    text = page_of(signed_in(world.specialist), record_url(task))

    assert "BM-12 Hợp đồng thực hiện nhiệm vụ" in text
    assert "chưa đối chiếu văn bản" in text


@pytest.mark.parametrize("name", ["task-money-move", "task-part-new"])
def test_a_form_sent_twice_moves_money_and_enters_a_part_once(world, name):
    task = make.make_task(world, S.RUNNING)
    client = signed_in(world.specialist)
    kind = [] if name == "task-money-move" else ["moc"]
    address = reverse(name, args=[task.code, *kind])
    token = str(client.get(address).context["form"]["lan-gui"].value())
    day = f"{task.approved_on.day}/{task.approved_on.month}/{task.approved_on.year}"
    money = {"kind": "allocate", "source": "firm", "amount_vnd": "1.000", "year": "2025", "document_number": "CT-7"}
    said = {**money, "moved_on": day, "title": "Mốc gửi hai lần", "due_on": "1/1/2026", "lan-gui": token}

    answers = [client.post(address, said) for _time in range(2)]

    assert [one.status_code for one in answers] == [HTTPStatus.FOUND] * 2
    moved, parts = task.movements.filter(document_number="CT-7"), task.milestones.filter(title="Mốc gửi hai lần")
    assert moved.count() + parts.count() == 1
