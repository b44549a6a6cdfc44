"""Decide what of the money comes back when a task was stopped or its result not accepted, or a risk came true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from khcn.kernel.obligations.services import close_obligations
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.research.financing import Spent, recovery_faults
from khcn.research.models import ResearchTask, RiskFile
from khcn.research.permissions import may_decide
from khcn.research.selectors import RECOVERING, rule_of, spent_of
from khcn.research.services.clocks import SETTLING_CAUSE, open_clock
from khcn.research.services.taking import Day, refuse_days
from khcn.research.states import LumpSum, Recovery, TaskState, TerminationCause
from khcn.ui import formats

RISK, RECOVERY = _("Quyết định về rủi ro"), _("Quyết định về kinh phí")
RECOVERY_RULE = "research.recovery-share"


@dataclass(frozen=True)
class Asked:
    """What a decision asks back: which part of the money, how many đồng of the State's, by which document."""

    recovery: Recovery
    amount_vnd: int
    number: str
    decided_on: date


def decide_recovery(
    *, task: ResearchTask, cause: TerminationCause | None, asked: Asked, actor: Any, on: date, why: str = ""
) -> ResearchTask:
    """Decide why a task that was stopped or not accepted failed, and what of its money comes back.

    `cause`: of a result that was not accepted; a task that was stopped has its cause. A sum asked back falls due by
    its rule. Raises: NotPermitted; NotPossible, for a cause that is a risk, a sum below what the rule asks back or
    above what was paid, a second decision; RuleUnknown.
    """
    may_decide(actor, task).enforce()
    with recording(actor=actor, verb="decide-recovery", label=_("quyết định về kinh phí"), why=why, on=on):
        task.settle()
        refuse_withdrawn(task, RECOVERY)
        reasons = _not_now(task, cause)
        if reasons:
            raise NotPossible(task, RECOVERY, reasons)
        ended = (_("Ngày dừng, ngày hội đồng"), task.stopped_on or task.accepted_on)
        _refuse_asked(task, RECOVERY, task.termination_cause or str(cause), asked, after=ended, on=on)
        task.termination_cause = task.termination_cause or str(cause)
        task.recovery, task.recovery_vnd = asked.recovery, asked.amount_vnd
        task.recovery_number, task.recovery_on = asked.number, asked.decided_on
        task.save()
        _ask_back(task, asked, actor, on)
    return task


def decide_risk(*, risk: RiskFile, asked: Asked, opinion: str, actor: Any, on: date) -> RiskFile:
    """Decide whether the risk is accepted and what of the money is asked back; a sum asked back falls due by its rule.

    Raises: NotPermitted; NotPossible, where nothing is asked back though the process was not followed in full or
    honestly, the sum does not fit the decision, or it was decided before; RuleUnknown.
    """
    task = risk.task
    may_decide(actor, task).enforce()
    with recording(actor=actor, verb="decide-risk", label=_("quyết định về rủi ro"), why=opinion, on=on):
        task.settle()
        risk.settle()
        reasons = _risk_faults(risk, asked.recovery)
        if task.state != TaskState.RISK_REVIEW:
            reasons.append(_("Chỉ quyết định khi nhiệm vụ đang xét chấp nhận rủi ro."))
        if reasons:
            raise NotPossible(task, RISK, reasons)
        reported = (_("Ngày báo cáo rủi ro"), risk.reported_on)
        _refuse_asked(task, RISK, TerminationCause.RISK, asked, after=reported, on=on)
        risk.recovery, risk.recovery_vnd, risk.opinion = asked.recovery, asked.amount_vnd, opinion
        risk.number, risk.decided_on = asked.number, asked.decided_on
        risk.save()
        _ask_back(task, asked, actor, on)
    return risk


def recovery_rule(task: ResearchTask, on: date) -> Any:
    """Return the rule on the least that comes back, as the law of the task has it; None where nobody entered one."""
    try:
        return rule_of(task, RECOVERY_RULE, on)
    except RuleUnknown:
        return None


def _refuse_asked(task: ResearchTask, label: str, cause: str, asked: Asked, *, after: Day, on: date) -> None:
    refuse_days(task, label, on, after, (_("Ngày quyết định"), asked.decided_on))
    rule = recovery_rule(task, on)
    shares = rule.value.get(cause, {}) if rule is not None else {}
    spent: Spent = spent_of(task)
    faults = recovery_faults(asked.recovery, asked.amount_vnd, spent, shares.get(task.lump_sum or LumpSum.ITEMISED))
    if faults:
        basis = f" ({rule.legal_basis})." if shares else ""
        raise NotPossible(task, label, [f"{fault}{basis}" for fault in faults])


def _ask_back(task: ResearchTask, asked: Asked, actor: Any, on: date) -> None:
    close_obligations(record=task, kinds=[SETTLING_CAUSE], on=on, actor=actor)
    if asked.amount_vnd:
        open_clock(task, RECOVERING, _("Thu hồi kinh phí"), asked.decided_on, actor)


def _not_now(task: ResearchTask, cause: TerminationCause | None) -> list[str]:
    known = task.termination_cause or cause
    if task.state not in (TaskState.TERMINATED, TaskState.NOT_ACCEPTED):
        return [_("Chỉ quyết định khi nhiệm vụ đã chấm dứt hoặc kết quả không được nghiệm thu.")]
    if task.recovery:
        words = _("Kinh phí đã được quyết định ngày {day} ({number}); bút toán thu hồi ghi ở mục Kinh phí.")
        day = formats.day(task.recovery_on) if task.recovery_on else ""
        return [words.format(day=day, number=task.recovery_number)]
    if not known:
        return [_("Ghi nguyên nhân không hoàn thành.")]
    if known == TerminationCause.RISK:
        return [_("Nguyên nhân là rủi ro: lập hồ sơ rồi chuyển sang xét chấp nhận rủi ro.")]
    return []


def _risk_faults(risk: RiskFile, recovery: Recovery) -> list[str]:
    reasons = []
    if risk.recovery:
        day = formats.day(risk.decided_on) if risk.decided_on else ""
        words = _("Rủi ro đã được quyết định ngày {day} ({number}).")
        reasons.append(words.format(day=day, number=risk.number))
    if recovery == Recovery.NONE and not (risk.process_followed and risk.is_honest):
        reasons.append(
            _("Chỉ miễn thu hồi khi hồ sơ chứng minh đã thực hiện đầy đủ quy trình và giữ liêm chính khoa học.")
        )
    return reasons
