"""It is known that…"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from khcn.assignments.models import Assignment
from khcn.assignments.services import decide_extension, report_done, request_extension
from khcn.assignments.states import AssignmentState
from khcn.assignments.tests.factories import GIVEN_ON, change, make_assignment, make_evidence
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.notices.models import Notice

ON = date(2021, 10, 1)


def page_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def given(world):
    return make_assignment(world.monitor, lead=world.agency, due_on=date(2021, 10, 15))


@pytest.fixture
def reported(world, given):
    proof = make_evidence(world.office, "Quyết định ban hành bảng thông số")
    return report_done(assignment=given, text="Đã ban hành", on=ON, actor=world.agency_user, evidence=[proof])


def result_url(assignment):
    return reverse("assignment-result", args=[assignment.code])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("director", 200),
        ("monitor", 200),
        ("leader", 403),  # reads what became of it, closes nothing in the department's register
        ("specialist", 403),
        ("agency_user", 403),  # reported it
    ],
)
def test_whoever_accepts_results_sees_the_report_with_its_evidence(world, reported, who, status):
    answer = page_of(getattr(world, who)).get(result_url(reported))

    assert answer.status_code == status
    assert ("Quyết định ban hành bảng thông số" in answer.content.decode()) is (status == 200)


def test_the_page_of_a_result_says_where_it_lives(world, reported):
    page = page_of(world.director).get(result_url(reported))

    assert [step["label"] for step in page.context["breadcrumb"]] == [
        "Nhiệm vụ giao",
        reported.code,
        "Kết quả chờ xác nhận",
    ]


def test_a_result_is_accepted_where_its_evidence_is_seen(world, reported):
    page_of(world.director).post(result_url(reported), {"accepted": "yes", "note": ""})

    found = Assignment.objects.get()
    assert (found.state, found.closed_by) == (AssignmentState.CLOSED, world.director)


def test_a_result_is_sent_back_only_with_what_is_missing(world, reported):
    client = page_of(world.director)

    silent = client.post(result_url(reported), {"accepted": "no", "note": ""})
    assert (silent.status_code, Assignment.objects.get().state) == (422, AssignmentState.REPORTED_DONE)

    client.post(result_url(reported), {"accepted": "no", "note": "Thiếu phụ lục"})
    assert Assignment.objects.get().state == AssignmentState.RETURNED


def test_without_a_reported_result_there_is_nothing_to_decide(world, given):
    answer = page_of(world.director).get(result_url(given))

    assert "không có kết quả chờ xác nhận" in answer.content.decode()
    assert 'name="accepted"' not in answer.content.decode()


def test_a_request_for_more_time_is_told_to_those_who_decide_and_the_answer_to_who_asked(world, given):
    wanted = {"reason": "Chờ số liệu của huyện", "requested_due_on": date(2021, 11, 30)}
    asked = request_extension(assignment=given, actor=world.agency_user, on=ON, **wanted)
    told = {notice.user: notice.text for notice in Notice.objects.all()}
    decide_extension(extension=asked, approved=True, actor=world.director, on=ON, due_on=date(2021, 11, 10))

    assert set(told) == {world.monitor, world.director}
    assert "đến 30/11/2021: Chờ số liệu của huyện" in told[world.director]
    assert "đồng ý gia hạn. Hạn mới 10/11/2021" in Notice.objects.get(user=world.agency_user).text


def test_a_refused_request_is_told_with_its_reason(world, given):
    wanted = {"reason": "Chờ", "requested_due_on": date(2021, 11, 30)}
    asked = request_extension(assignment=given, actor=world.agency_user, on=ON, **wanted)
    decide_extension(extension=asked, approved=False, actor=world.monitor, on=ON, note="Đã gia hạn một lần")

    assert "Hạn giữ nguyên 15/10/2021: Đã gia hạn một lần" in Notice.objects.get(user=world.agency_user).text


def test_a_request_on_confidential_work_is_not_told_to_who_may_not_know_of_it(world, given):
    change(given, confidentiality=Confidentiality.CONFIDENTIAL)
    request_extension(
        assignment=given, actor=world.agency_user, on=ON, reason="Chờ", requested_due_on=date(2021, 11, 30)
    )

    assert {notice.user for notice in Notice.objects.all()} == {world.director}


def test_the_page_of_the_work_says_how_its_day_moved_and_why(world, given):
    wanted = {"reason": "Chờ số liệu", "requested_due_on": date(2021, 11, 30)}
    asked = request_extension(assignment=given, actor=world.agency_user, on=ON, **wanted)
    decide_extension(extension=asked, approved=True, actor=world.director, on=ON, note="Không lùi nữa")

    page = page_of(world.agency_user).get(reverse("record", args=["assignment", given.code])).content.decode()

    assert "hạn 15/10/2021 dời đến 30/11/2021" in page
    assert "Không lùi nữa" in page


def test_the_board_counts_what_was_taken_back_and_leaves_out_mistaken_entries(world, given):
    other = make_assignment(world.monitor, lead=world.division, title="Nhập nhầm", on=GIVEN_ON)
    change(other, withdrawn_on=ON, withdrawal_reason="nhập trùng")

    rows = page_of(world.monitor).get("/nhiem-vu/").context["rows"]

    assert [row["cells"][0]["sub"] for row in rows] == [given.code]


def test_the_board_is_narrowed_to_several_states_and_to_a_division(world, given):
    mine = make_assignment(world.monitor, lead=world.division, title="Việc của phòng")
    client = page_of(world.monitor)

    found = client.get("/nhiem-vu/", {"trang-thai": "overdue,no_deadline,never", "co-quan": f"p{world.division.pk}"})

    assert [row["cells"][0]["sub"] for row in found.context["rows"]] == [mine.code]
    assert found.context["chosen"] == "overdue,no_deadline"
