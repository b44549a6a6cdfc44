"""The days people state about given work lie between its giving and today, and nobody dates their own report back."""

from datetime import date

import pytest
from django.urls import reverse

from khcn.assignments import services
from khcn.assignments.models import Assignment
from khcn.assignments.permissions import may_state_earlier_day
from khcn.assignments.states import AssignmentState
from khcn.assignments.tests.factories import change, make_assignment, make_evidence, make_user, walk
from khcn.kernel.access.roles import Role
from khcn.kernel.records.history import history_of
from khcn.kernel.workflow.services import NotPossible

S = AssignmentState
GIVEN, DUE, TODAY = date(2021, 9, 24), date(2021, 10, 15), date(2021, 10, 20)


@pytest.fixture(autouse=True)
def _today(time_machine_at):
    time_machine_at("2021-10-20T02:00:00+00:00")


@pytest.fixture
def overdue(world):
    return make_assignment(world.monitor, lead=world.agency, due_on=DUE)


def report(client, assignment, **said):
    return client.post(reverse("assignment-report", args=[assignment.code]), {"text": "Đã xong", "done": "on", **said})


def step(client, assignment, name, on, note=""):
    said = {f"{name}-on": on, f"{name}-note": note}
    return client.post(reverse("record-step", args=["assignment", assignment.code, name]), said)


def test_the_lead_does_not_make_its_late_report_punctual(client, world, overdue):
    proof = world.agency  # the agency knows itself
    client.force_login(world.agency_user)

    refused = report(client, overdue, on="14/10/2021", evidence=proof.code)
    report(client, overdue, on="20/10/2021", evidence=proof.code)

    assert "chủ trì không tự ghi lùi ngày" in refused.content.decode()
    kept = Assignment.objects.get()
    assert (kept.completed_on, kept.is_done_late) == (TODAY, True)


def test_the_officer_in_charge_states_an_earlier_day_with_the_reason(client, world, overdue):
    change(overdue, responsible=world.specialist)
    client.force_login(world.specialist)
    said = {"on": "14/10/2021", "evidence": make_evidence(world.office).code}

    bare = report(client, overdue, **said)
    report(client, overdue, **said, day_reason="Công văn 12/SM ngày 14/10/2021")

    assert "Ghi lý do của ngày sớm hơn hôm nay" in bare.content.decode()
    kept = Assignment.objects.get()
    assert (kept.completed_on, kept.is_done_late) == (date(2021, 10, 14), False)
    assert any("Công văn 12/SM ngày 14/10/2021" in entry.why for entry in history_of(kept))


@pytest.mark.parametrize(
    ("on", "words"),
    [("1/1/1950", "trước ngày giao 24/9/2021"), ("1/1/2099", "chưa đến"), ("23/9/2021", "trước ngày giao")],
)
def test_work_is_closed_neither_before_it_was_given_nor_in_the_future(client, world, overdue, on, words):
    walk(overdue, S.REPORTED_DONE, lead=world.agency_user, monitor=world.monitor, on=GIVEN)
    client.force_login(world.monitor)

    answer = step(client, overdue, "close", on, "Theo biên bản")

    assert (words in answer.content.decode(), Assignment.objects.get().state) == (True, S.REPORTED_DONE)


@pytest.mark.parametrize("on", ["1/1/1950", "19/10/2021", "1/1/2099"])
def test_the_lead_acknowledges_today(client, world, overdue, on):
    client.force_login(world.agency_user)

    refused = step(client, overdue, "acknowledge", on)
    step(client, overdue, "acknowledge", "20/10/2021")

    assert (refused.status_code, Assignment.objects.get().acknowledged_on) == (422, TODAY)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("monitor", True),  # staff, not of the lead
        ("specialist", False),  # of the division that leads
        ("agency_user", False),  # outside
        ("stranger", False),  # staff of another office
    ],
)
def test_who_states_an_earlier_day(world, who, allowed):
    led = make_assignment(world.monitor, lead=world.division)
    other = type(world.office).objects.create(code="KHAC", name="Sở khác", symbol="SK")
    people = {**vars(world), "stranger": make_user(other, Role.MONITOR)}

    assert bool(may_state_earlier_day(people[who], led)) is allowed


def test_work_is_not_given_on_a_day_still_to_come(world):
    with pytest.raises(NotPossible, match="Ngày giao 25/9/2021 chưa đến"):
        make_assignment(world.monitor, lead=world.agency, assigned_on=date(2021, 9, 25))


def test_a_new_deadline_lies_after_the_giving(world, overdue):
    asked = services.request_extension(
        assignment=overdue, reason="Chờ", requested_due_on=date(2021, 11, 1), actor=world.agency_user, on=GIVEN
    )
    with pytest.raises(NotPossible, match="từ ngày giao trở đi"):
        services.decide_extension(
            extension=asked, approved=True, due_on=date(2021, 1, 1), actor=world.monitor, on=GIVEN
        )
    walk(overdue, S.SUSPENDED, lead=world.agency_user, monitor=world.monitor, on=GIVEN)

    with pytest.raises(NotPossible, match="từ ngày giao trở đi"):
        services.resume_assignment(assignment=overdue, on=GIVEN, actor=world.monitor, due_on=date(2021, 1, 1))
