"""Move the money of a task from account to account, each time by a document; a movement is reversed, never changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.obligations.services import close_obligations
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.research.accounts import MoneyRefused, Move, move, refuse_overdrawn
from khcn.research.financing import advance_faults
from khcn.research.models import Movement, ResearchTask, Tranche
from khcn.research.permissions import may_keep
from khcn.research.selectors import advance_state, money_by_source, moves_of, paid_of, rule_of, standing_of
from khcn.research.services.clocks import VERIFYING
from khcn.research.states import MANAGED, STATE_BUDGET, Account, FundingSource, MovementKind, TaskState
from khcn.ui import formats

MOVING = _("Ghi bút toán")
ADVANCE_RULE = "research.advance"
CLOSED = (TaskState.SETTLED, TaskState.LIQUIDATED, TaskState.TRANSFERRED, TaskState.TRACKING, TaskState.CLOSED)
FAILED = (TaskState.TERMINATED, TaskState.NOT_ACCEPTED, TaskState.RISK_REVIEW)
NO_PAYMENT = (TaskState.APPROVED, TaskState.SUSPENDED, *FAILED)
SPENDING = (MovementKind.ALLOCATE, MovementKind.CARRY_OVER, MovementKind.DISBURSE)
"""Kinds of movement by which money goes towards the host; a task that failed gets none."""


def move_money(
    *,
    task: ResearchTask,
    kind: MovementKind,
    source: FundingSource,
    amount_vnd: int,
    document_number: str,
    moved_on: date,
    actor: Any,
    on: date,
    year: int = 0,
    to_year: int = 0,
    tranche: Tranche | None = None,
) -> Movement:
    """Record money that moved. `year`, `to_year`: budget years, where the account is kept by year.

    Raises: NotPermitted; NotPossible, for a day to come, more than stands in the account, more than a tranche or more
    than the rule on advances allows.
    """
    may_keep(actor, task).enforce()
    words = _("{kind}: {amount}").format(kind=kind.label, amount=formats.money(amount_vnd))
    with recording(actor=actor, verb="move-money", label=words, on=on):
        task.settle()
        refuse_withdrawn(task, MOVING)
        try:
            wanted = move(kind, source, amount_vnd, year=year, to_year=to_year)
            refuse_overdrawn(standing_of(task), wanted)
        except MoneyRefused as refusal:
            raise NotPossible(task, MOVING, [str(refusal)]) from refusal
        faults = _faults(task, kind, moved_on, on)
        if not document_number.strip():
            faults.append(_("Ghi số chứng từ, văn bản của bút toán."))
        if kind is MovementKind.DISBURSE:
            faults += _paying_faults(task, wanted, tranche, on)
        if faults:
            raise NotPossible(task, MOVING, faults)
        if kind is MovementKind.VERIFY:
            close_obligations(record=task, kinds=[VERIFYING], on=moved_on, actor=actor)
        return write_movement(task, kind, wanted, document_number, moved_on, tranche=tranche)


def reverse_movement(*, movement: Movement, document_number: str, actor: Any, on: date, why: str) -> Movement:
    """Undo a movement by its opposite, with the reason; both stay.

    Raises: NotPermitted; NotPossible, for one already reversed, one that is a reversal, or money that moved on.
    """
    task = movement.task
    may_keep(actor, task).enforce()
    with recording(actor=actor, verb="reverse-movement", label=_("đảo bút toán"), why=why, on=on):
        task.settle()
        refuse_withdrawn(task, MOVING)
        reasons = [_("Ghi lý do đảo bút toán.")] if not why.strip() else []
        if movement.reverses_id is not None or Movement.objects.filter(reverses=movement).exists():
            reasons.append(_("Bút toán này đã được đảo, hoặc chính nó là bút toán đảo."))
        if movement.kind == MovementKind.APPROVE:
            reasons.append(_("Kinh phí được duyệt chỉ giảm bằng bút toán giảm, theo quyết định."))
        if task.state in CLOSED:
            reasons.append(_("Nhiệm vụ đã quyết toán; không đảo bút toán được nữa."))
        (back,) = (one.reversed for one in moves_of([movement]))
        try:
            refuse_overdrawn(standing_of(task), back)
        except MoneyRefused as refusal:
            reasons.append(str(refusal))
        if reasons:
            raise NotPossible(task, MOVING, reasons)
        kind = MovementKind(movement.kind)
        return write_movement(task, kind, back, document_number, on, tranche=movement.tranche, reverses=movement)


def grant(*, task: ResearchTask, document_number: str, moved_on: date, actor: Any, on: date) -> None:
    """Enter what a decision of approval grants, source by source, as the estimate has it.

    Raises: NotPossible, where money was granted before.
    """
    with recording(actor=actor, verb="grant", label=_("ghi kinh phí được duyệt"), on=on):
        for source, amount in money_by_source(task.budget_lines.all()).items():
            wanted = move(MovementKind.APPROVE, FundingSource(source), amount)
            write_movement(task, MovementKind.APPROVE, wanted, document_number, moved_on)


def take_back_grant(*, task: ResearchTask, document_number: str, actor: Any, on: date) -> None:
    """Take back what was granted and not yet allotted to a budget year: the task ends without it."""
    with recording(actor=actor, verb="take-back-grant", label=_("giảm kinh phí được duyệt"), on=on):
        for place, amount in sorted(standing_of(task).items(), key=lambda one: one[0].source):
            if place.account is Account.UNALLOCATED and amount:
                wanted = move(MovementKind.REDUCE, place.source, amount)
                write_movement(task, MovementKind.REDUCE, wanted, document_number, on)


def write_movement(
    task: ResearchTask,
    kind: MovementKind,
    wanted: Move,
    document_number: str,
    moved_on: date,
    *,
    tranche: Tranche | None = None,
    reverses: Movement | None = None,
) -> Movement:
    """Write one movement as it is; what may move was asked before."""
    movement = Movement(
        task=task,
        kind=kind,
        source=wanted.origin.source,
        from_account=wanted.origin.account,
        to_account=wanted.target.account,
        from_year=wanted.origin.year,
        to_year=wanted.target.year,
        amount_vnd=wanted.amount,
        moved_on=moved_on,
        document_number=document_number,
        tranche=tranche,
        reverses=reverses,
    )
    movement.save()
    return movement


def _faults(task: ResearchTask, kind: MovementKind, moved_on: date, on: date) -> list[str]:
    faults = []
    if moved_on > on:
        faults.append(_("Ngày chứng từ {day} chưa đến.").format(day=formats.day(moved_on)))
    if task.approved_on is None or moved_on < task.approved_on:
        approved = formats.day(task.approved_on)
        faults.append(_("Kinh phí chỉ chuyển sau quyết định phê duyệt ({day}).").format(day=approved))
    if kind is MovementKind.APPROVE:
        faults.append(_("Kinh phí được duyệt do quyết định phê duyệt ghi; không ghi bằng bút toán riêng."))
    if task.state in CLOSED:
        faults.append(_("Nhiệm vụ đã quyết toán; không ghi thêm bút toán."))
    if (kind in SPENDING and task.state in FAILED) or (kind is MovementKind.DISBURSE and task.state in NO_PAYMENT):
        words = _("Nhiệm vụ đang ở «{state}»: không giao, không giải ngân thêm; chỉ quyết toán, hoàn trả, thu hồi.")
        if task.state not in FAILED:
            words = _("Nhiệm vụ đang ở «{state}»: chỉ giải ngân khi hợp đồng đã ký và đang thực hiện.")
        faults.append(words.format(state=TaskState(task.state).label))
    return faults


def _paying_faults(task: ResearchTask, wanted: Move, tranche: Tranche | None, on: date) -> list[str]:
    source, faults = wanted.origin.source, []
    if tranche is None and source in MANAGED:
        faults.append(_("Chọn đợt cấp theo hợp đồng: kinh phí Nhà nước quản lý chỉ giải ngân theo đợt đã ký."))
    if tranche is not None:
        left = tranche.amount_vnd - paid_of(tranche)
        if tranche.task_id != task.pk or tranche.source != source:
            faults.append(_("Đợt cấp thuộc nguồn hoặc nhiệm vụ khác."))
        elif wanted.amount > left:
            words = _("Đợt cấp theo hợp đồng chỉ còn {left}, không giải ngân được {amount}.")
            faults.append(words.format(left=formats.money(left), amount=formats.money(wanted.amount)))
    if source not in STATE_BUDGET:
        return faults
    try:
        rule = rule_of(task, ADVANCE_RULE, on)
    except RuleUnknown:
        return faults  # this law knows no limit of advances, or nobody entered it
    found = advance_faults(wanted.amount, advance_state(task), rule.value)
    return faults + [f"{fault} ({rule.legal_basis})." for fault in found]
