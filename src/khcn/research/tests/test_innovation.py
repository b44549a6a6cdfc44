"""What is known of innovation tasks: their own clocks and longest contract, and of hosts that owe the State money."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from khcn.kernel.obligations.models import Obligation
from khcn.kernel.workflow.services import NotPossible
from khcn.research.models import ResearchTask
from khcn.research.selectors import debts_of
from khcn.research.services import calls, identifying, money, recovering, selecting
from khcn.research.services.recovering import Asked
from khcn.research.states import (
    FundingSource,
    InnovationKind,
    MovementKind,
    Recovery,
    TaskState,
    TaskTrack,
    TerminationCause,
)
from khcn.research.task_fields import corrected_field_refusals
from khcn.research.tests import factories as make

S, K = TaskState, MovementKind
VOUCHER = {"track": TaskTrack.INNOVATION, "innovation_kind": InnovationKind.VOUCHER}


@pytest.fixture
def world(db):
    return make.make_world(on=date(2025, 10, 20))


def clock(task, kind):
    return Obligation.objects.about(task.ref).open().select_related("rule").get(kind=kind)


@pytest.mark.parametrize(
    ("state", "kind", "days", "article"),
    [
        (S.SUBMITTED, "check", 10, "điều 10"),
        (S.ELIGIBILITY, "examine", 30, "điều 12"),
        (S.REVISING, "revise", 15, "điều 12"),
        (S.BUDGET_APPRAISAL, "budget-meeting", 10, "điều 13"),
        (S.APPROVED, "contract", 10, "điều 15"),
    ],
)
def test_an_innovation_task_goes_by_the_limits_of_its_decree(world, state, kind, days, article):
    task = make.make_task(world, state, **VOUCHER)

    found = clock(task, kind)

    assert found.nominal_on == found.started_on + timedelta(days=days)
    assert article in found.rule.legal_basis
    assert found.rule.legal_basis.startswith("NĐ 268/2025/NĐ-CP")


@pytest.mark.parametrize("state", [S.SUBMITTED, S.ELIGIBILITY, S.APPROVED])
def test_a_research_task_has_no_clock_where_no_law_sets_one(world, state):
    task = make.make_task(world, state)

    assert not Obligation.objects.about(task.ref).open().exists()


def test_the_contract_of_an_innovation_task_runs_sixty_months_at_most(world):
    task = make.make_task(world, S.APPROVED, **VOUCHER)
    for tranche in (400_000_000, 500_000_000):
        make.plan_tranche(world, task, tranche)
    said: dict[str, Any] = {"contract_number": "HĐ-1", "contracted_on": world.day, "starts_on": date(2026, 3, 2)}
    acting = {"actor": world.specialist, "on": world.day}

    with pytest.raises(NotPossible, match=r"dài quá 60 tháng.*2/3/2031.*NĐ 268/2025"):
        selecting.sign_contract(task=task, ends_on=date(2031, 3, 3), **said, **acting)
    selecting.sign_contract(task=task, ends_on=date(2031, 3, 2), **said, **acting)

    assert task.state == S.CONTRACTED


def test_a_kind_of_support_belongs_to_innovation_tasks_only(world):
    values = {"title": "Nghiên cứu mẫu", "innovation_kind": InnovationKind.VOUCHER}

    with pytest.raises(NotPossible, match="mới có nội dung hỗ trợ"):
        identifying.enter_task_values(values=values, actor=world.specialist, on=world.day)


def test_the_track_of_an_approved_task_does_not_change(world):
    before = ResearchTask(track=TaskTrack.RESEARCH, approved_on=date(2025, 11, 3))
    after = ResearchTask(track=TaskTrack.INNOVATION, approved_on=date(2025, 11, 3))

    assert "không đổi loại" in corrected_field_refusals(before, after)[0]
    assert corrected_field_refusals(ResearchTask(), ResearchTask(track=TaskTrack.INNOVATION)) == []


def owing(world):
    task = make.make_task(world, S.RUNNING)
    said: dict[str, Any] = {"source": FundingSource.STATE_LOCAL, "document_number": "CT", "year": world.day.year}
    for kind, tranche in ((K.ALLOCATE, None), (K.DISBURSE, make.roomiest(task, FundingSource.STATE_LOCAL))):
        acting = {"actor": world.specialist, "on": world.day, "moved_on": world.day, "tranche": tranche}
        money.move_money(task=task, kind=kind, amount_vnd=400_000_000, **said, **acting)
    make.terminate(world, task, TerminationCause.BREACH)
    asked = Asked(Recovery.FULL, 400_000_000, "9/QĐ-UBND", world.day)
    recovering.decide_recovery(task=task, cause=None, asked=asked, actor=world.head, on=world.day, why="Vi phạm")
    return task


def test_a_host_that_owes_money_past_its_day_cannot_host_another_task(db):
    world = make.make_world(on=date(2024, 1, 8))
    task = owing(world)
    assert debts_of(world.host, world.day) == []
    other = make.make_task(world, S.CALL_OPEN)
    dossier = make.apply_for(world, other)
    world.later(90)
    identifying.close_call(task=other, actor=world.specialist, on=world.day)
    said: dict[str, Any] = {"findings": "Đủ", "actor": world.specialist, "on": world.day}

    with pytest.raises(NotPossible, match=rf"quá hạn hoàn trả kinh phí bị thu hồi của {task.code}.*TTLT 27/2015"):
        calls.check_application(application=dossier, is_valid=True, **said)
    calls.check_application(application=dossier, is_valid=False, **{**said, "findings": "Còn nợ kinh phí thu hồi"})

    assert debts_of(world.host, world.day) == [task]
    assert dossier.state == "invalid"
