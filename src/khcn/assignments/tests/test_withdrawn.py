"""Nothing more happens to given work that was withdrawn from the register."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from khcn.assignments import services
from khcn.assignments.models import Extension
from khcn.assignments.states import AssignmentState
from khcn.assignments.tests.factories import change, make_assignment, make_evidence
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.workflow.services import NotPossible

GIVEN = date(2021, 9, 24)
ON = date(2021, 10, 1)
WORDS = r"đã thu hồi ngày 30/9/2021 \(nhập trùng\) nên không ghi thêm được"


@pytest.fixture
def withdrawn(world):
    given = make_assignment(world.monitor, lead=world.agency, due_on=date(2021, 10, 15))
    return change(given, withdrawn_on=date(2021, 9, 30), withdrawal_reason="Nhập trùng".lower())


ACTS = {
    "acknowledge": lambda one, w: services.acknowledge_assignment(assignment=one, actor=w.agency_user, on=ON),
    "progress": lambda one, w: services.report_progress(
        assignment=one, text="Đang làm", percent=10, on=ON, actor=w.agency_user
    ),
    "done": lambda one, w: services.report_done(
        assignment=one, text="Xong", on=ON, actor=w.agency_user, evidence=[make_evidence(w.office)]
    ),
    "extension": lambda one, w: services.request_extension(
        assignment=one, reason="Chờ", requested_due_on=date(2021, 11, 1), actor=w.agency_user, on=ON
    ),
    "urge": lambda one, w: services.urge(
        assignment=one, level=UrgingLevel.OFFICER, text="Nhắc", actor=w.monitor, on=ON
    ),
    "closing rule": lambda one, w: services.set_closing_rule(
        assignment=one, closing_rule="Hai kỳ", review_on=None, actor=w.monitor, on=ON
    ),
    "paper": lambda one, w: services.link_chain_paper(
        assignment=one, paper=make_evidence(w.office), actor=w.monitor, on=ON
    ),
    "suspend": lambda one, w: services.suspend_assignment(assignment=one, on=ON, actor=w.monitor, note="Chờ"),
    "release": lambda one, w: services.release_lateness(assignment=one, actor=w.director, at=timezone.now()),
}


@pytest.mark.parametrize("name", ACTS)
def test_what_was_withdrawn_is_refused_in_a_sentence(world, withdrawn, name):
    with pytest.raises(NotPossible, match=WORDS):
        ACTS[name](withdrawn, world)


def test_an_extension_of_withdrawn_work_is_not_granted(world):
    given = make_assignment(world.monitor, lead=world.agency, due_on=date(2021, 10, 15))
    asked = services.request_extension(
        assignment=given, reason="Chờ", requested_due_on=date(2021, 11, 1), actor=world.agency_user, on=ON
    )
    change(given, withdrawn_on=ON)

    with pytest.raises(NotPossible, match="đã thu hồi"):
        services.decide_extension(extension=Extension.objects.get(), approved=True, actor=world.monitor, on=ON)
    assert asked.granted_due_on is None


def test_the_page_of_withdrawn_work_offers_nothing_and_its_forms_say_why(client, world, withdrawn):
    client.force_login(world.agency_user)
    report = reverse("assignment-report", args=[withdrawn.code])

    shown = client.get(reverse("record", args=["assignment", withdrawn.code])).content.decode()
    answer = client.post(report, {"text": "Đã làm", "on": "1/10/2021"})

    assert report not in shown
    assert (answer.status_code, "đã thu hồi" in answer.content.decode()) == (422, True)


def test_work_that_need_not_be_done_is_withdrawn_by_that_step(world):
    given = make_assignment(world.monitor, lead=world.agency)

    services.cancel_assignment(assignment=given, on=ON, actor=world.monitor, note="Đã gộp việc khác")

    given.refresh_from_db()
    assert (given.state, given.withdrawn_on, given.withdrawal_reason) == (
        AssignmentState.CANCELLED,
        ON,
        "Đã gộp việc khác",
    )
