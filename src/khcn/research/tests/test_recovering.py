"""What is known of money that comes back: what a rule asks back at least, what a decision may say, what it starts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.councils.states import Regime
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.workflow.services import NotPossible
from khcn.research.accounts import total
from khcn.research.financing import Spent, least_recovery, recovery_faults
from khcn.research.selectors import given_back, spent_of, standing_of
from khcn.research.services import closing, money, recovering, running
from khcn.research.services.recovering import Asked
from khcn.research.states import Account, FundingSource, LumpSum, MovementKind, Recovery, TaskState, TerminationCause
from khcn.research.tests import factories as make

S, K, R, C = TaskState, MovementKind, Recovery, TerminationCause
LOCAL = FundingSource.STATE_LOCAL
MILLION = 1_000_000
AMOUNTS = st.integers(0, 10**12)


@pytest.fixture
def world(db):
    return make.make_world()


def moved(world, task, kind, millions):
    said: dict[str, Any] = {"document_number": "CT-1", "moved_on": world.later(), "year": world.day.year}
    acting: dict[str, Any] = {"actor": world.specialist, "on": world.day}
    if kind is K.DISBURSE:
        acting["tranche"] = make.roomiest(task, LOCAL)
    money.move_money(task=task, kind=kind, source=LOCAL, amount_vnd=millions * MILLION, **said, **acting)


def stopped(world, cause, *, advanced=400, verified=0, lump_sum=LumpSum.IN_PARTS):
    task = make.make_task(world, S.BUDGET_APPRAISAL)
    make.approve(world, task, lump_sum)
    make.lead(world, task, S.RUNNING)
    moved(world, task, K.ALLOCATE, 900)
    moved(world, task, K.DISBURSE, advanced)
    if verified:
        moved(world, task, K.VERIFY, verified)
    make.terminate(world, task, cause)
    return task


def decided(world, task, recovery, millions, *, actor=None, cause=None):
    asked = Asked(recovery, millions * MILLION, "9/QĐ-UBND", world.later())
    said: dict[str, Any] = {"actor": actor or world.head, "on": world.day, "why": "Theo kết luận"}
    return recovering.decide_recovery(task=task, cause=cause, asked=asked, **said)


def open_clocks(task):
    return set(Obligation.objects.about(task.ref).open().values_list("kind", flat=True))


@given(verified=AMOUNTS, left=AMOUNTS, percent=st.integers(0, 100))
def test_what_comes_back_at_least_is_all_that_is_unproven_and_not_a_dong_less_than_the_share(verified, left, percent):
    least = least_recovery(Spent(verified, left), f"{percent}%")

    assert left <= least <= verified + left
    assert 0 <= (least - left) * 100 - percent * verified < 100


@pytest.mark.parametrize(
    ("recovery", "amount", "share", "words"),
    [
        (R.PARTIAL, 280, "30%", []),  # 100 unproven in full, 30% of 600
        (R.PARTIAL, 279, "30%", ["ít nhất 280"]),
        (R.PARTIAL, 339, "40%", ["ít nhất 340"]),
        (R.PARTIAL, 1, None, []),  # no rule says how much
        (R.NONE, 0, None, []),
        (R.NONE, 0, "30%", ["ít nhất 280"]),
        (R.NONE, 5, None, ["không khớp"]),
        (R.FULL, 699, None, ["thu đủ 700"]),
        (R.FULL, 701, None, ["vượt ngân sách nhà nước đã chi"]),
        (R.FULL, 700, "30%", []),
    ],
)
def test_a_decision_asks_back_no_less_than_the_rule_and_no_more_than_was_paid(recovery, amount, share, words):
    found = recovery_faults(recovery, amount, Spent(600, 100), share)

    assert len(found) == len(words)
    assert all(word in one for word, one in zip(words, found, strict=True))


def test_a_failure_of_the_hosts_own_asks_back_the_share_of_its_kind_of_lump_sum(world):
    task = stopped(world, C.SUBJECTIVE, verified=300)

    with pytest.raises(NotPossible, match=r"ít nhất 190\.000\.000.*TTLT 27/2015"):  # 100 unproven, 30% of 300
        decided(world, task, R.PARTIAL, 189)
    decided(world, task, R.PARTIAL, 190)

    assert (task.recovery, task.recovery_vnd) == (R.PARTIAL, 190 * MILLION)
    assert open_clocks(task) == {"recovery", "clear"}


def test_a_lump_sum_to_the_final_product_asks_back_more(world):
    task = stopped(world, C.SUBJECTIVE, verified=300, lump_sum=LumpSum.FINAL_PRODUCT)

    with pytest.raises(NotPossible, match=r"ít nhất 220\.000\.000"):
        decided(world, task, R.PARTIAL, 219)


def test_an_objective_failure_asks_nothing_back_of_what_was_spent(world):
    task = stopped(world, C.OBJECTIVE, verified=400)

    decided(world, task, R.NONE, 0)

    assert open_clocks(task) == {"clear"}


def test_a_way_of_paying_without_a_least_sum_leaves_it_to_who_decides(world):
    task = stopped(world, C.SUBJECTIVE, verified=400, lump_sum=LumpSum.ITEMISED)

    decided(world, task, R.PARTIAL, 1)

    assert task.recovery_vnd == MILLION


def test_where_nobody_entered_a_rule_there_is_no_least_sum(world):
    task = make.make_task(world)
    task.regime = Regime.LAW_93

    assert recovering.recovery_rule(task, date(2020, 1, 1)) is None
    assert recovering.recovery_rule(task, date(2026, 1, 1)).confidence == "unchecked"


def test_a_task_is_settled_only_when_what_was_asked_back_came(world):
    task = stopped(world, C.SUBJECTIVE, verified=300)
    with pytest.raises(NotPossible, match="đã xác định nguyên nhân"):
        closing.settle_task(task=task, settled_on=world.later(), actor=world.specialist, on=world.day)
    decided(world, task, R.PARTIAL, 190)
    moved(world, task, K.RETURN, 100)
    make.drain(world, task, LOCAL, K.RELEASE)

    with pytest.raises(NotPossible, match="Đã thu hồi đủ số tiền"):
        closing.settle_task(task=task, settled_on=world.later(), actor=world.specialist, on=world.day)
    moved(world, task, K.RECOVER, 90)
    make.settle(world, task)

    assert (task.state, given_back(task, task.recovery_on)) == (S.SETTLED, 190 * MILLION)
    assert total(standing_of(task), Account.SETTLED, [LOCAL]) == 210 * MILLION
    assert open_clocks(task) == set()


def test_a_return_that_was_undone_did_not_come_back(world):
    task = stopped(world, C.SUBJECTIVE)
    decided(world, task, R.FULL, 400)
    moved(world, task, K.RETURN, 400)
    back = task.movements.get(kind=K.RETURN)
    said: dict[str, Any] = {"actor": world.specialist, "on": world.day, "why": "Nhầm", "document_number": "CT-9"}
    money.reverse_movement(movement=back, **said)

    assert given_back(task, task.recovery_on) == 0
    assert spent_of(task) == Spent(0, 400 * MILLION)


def test_the_money_is_decided_on_once_by_who_decides(world):
    task = stopped(world, C.SUBJECTIVE)
    with pytest.raises(NotPermitted, match="Chỉ lãnh đạo phòng hoặc lãnh đạo Sở"):
        decided(world, task, R.FULL, 400, actor=world.specialist)
    decided(world, task, R.FULL, 400)

    with pytest.raises(NotPossible, match=r"đã được quyết định ngày .* \(9/QĐ-UBND\)"):
        decided(world, task, R.FULL, 400)


def test_money_is_not_decided_on_while_the_task_goes_on_nor_for_a_risk(world):
    with pytest.raises(NotPossible, match="đã chấm dứt hoặc kết quả không được nghiệm thu"):
        decided(world, make.make_task(world, S.RUNNING), R.NONE, 0)
    with pytest.raises(NotPossible, match="lập hồ sơ rồi chuyển sang xét chấp nhận rủi ro"):
        decided(world, stopped(world, C.RISK), R.FULL, 400)


def test_a_result_that_was_not_accepted_needs_its_cause_told(world):
    task = make.make_task(world, S.FINAL_COUNCIL)
    make.fail(world, task)
    assert "cause" in open_clocks(task)

    with pytest.raises(NotPossible, match="Ghi nguyên nhân không hoàn thành"):
        decided(world, task, R.NONE, 0)
    decided(world, task, R.NONE, 0, cause=C.OBJECTIVE)

    assert task.termination_cause == C.OBJECTIVE
    assert "cause" not in open_clocks(task)


def test_nothing_is_waived_where_the_process_was_not_followed_and_a_risk_is_decided_once(world):
    task = stopped(world, C.RISK)
    risk = make.open_risk_file(world, task, followed=False)
    running.review_risk(task=task, actor=world.specialist, on=world.day)
    said: dict[str, Any] = {"opinion": "Xem xét", "actor": world.head, "on": world.day}

    with pytest.raises(NotPossible, match="chứng minh đã thực hiện đầy đủ quy trình"):
        recovering.decide_risk(risk=risk, asked=Asked(R.NONE, 0, "1/QĐ", world.day), **said)
    with pytest.raises(NotPossible, match="không khớp"):
        recovering.decide_risk(risk=risk, asked=Asked(R.PARTIAL, 0, "1/QĐ", world.day), **said)
    recovering.decide_risk(risk=risk, asked=Asked(R.PARTIAL, 30 * MILLION, "1/QĐ", world.day), **said)
    with pytest.raises(NotPossible, match=r"Rủi ro đã được quyết định ngày .* \(1/QĐ\)"):
        recovering.decide_risk(risk=risk, asked=Asked(R.PARTIAL, 30 * MILLION, "1/QĐ", world.day), **said)

    assert open_clocks(task) == {"recovery", "clear"}


def test_a_risk_is_decided_on_only_while_it_is_reviewed(world):
    task = stopped(world, C.RISK)
    risk = make.open_risk_file(world, task)
    asked = Asked(R.NONE, 0, "1/QĐ", world.day)

    with pytest.raises(NotPossible, match="đang xét chấp nhận rủi ro"):
        recovering.decide_risk(risk=risk, asked=asked, opinion="Đồng ý", actor=world.head, on=world.day)
