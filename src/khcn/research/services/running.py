"""Carry a task out: start, adjust, extend, suspend, resume, stop; decide on a risk that came true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import close_obligations, open_obligation, pause, resume
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.research.models import ResearchTask, RiskFile, TaskChange
from khcn.research.permissions import may_decide
from khcn.research.selectors import regime_of
from khcn.research.services.identifying import close_clocks
from khcn.research.services.taking import label_of, refuse_days, take
from khcn.research.states import ChangeKind, ChangeOutcome, Recovery, TaskState, TerminationCause
from khcn.research.workflow import TASK_WORKFLOW, going_on

FINAL_FILE, REPORT = "final-file", "report"
RISK = _("Quyết định về rủi ro")


def start_task(*, task: ResearchTask, declared_on: date, actor: Any, on: date) -> ResearchTask:
    """Record that the task was declared as ongoing, and let it run: its reports and its final file fall due.

    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    refuse_days(
        task, label_of("start"), on, (_("Ngày ký hợp đồng"), task.contracted_on), (_("Ngày khai báo"), declared_on)
    )
    with recording(actor=actor, verb="start", label=TASK_WORKFLOW.by_name["start"].verb, on=on):
        take(task, "start", actor=actor, on=on, declared_on=declared_on)
        open_clock(task, REPORT, _("Báo cáo tiến độ và sử dụng kinh phí"), task.starts_on, actor)
        _ask_final_file(task, actor)
    return task


def ask_change(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Record that the host asks for the change that was entered: who decides has it now.

    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    return take(task, "ask_change", actor=actor, on=on)


def adjust_task(
    *, task: ResearchTask, number: str, decided_on: date, actor: Any, on: date, note: str = ""
) -> ResearchTask:
    """Record the decision that changes the task as asked.

    Raises: NotPermitted; NotPossible.
    """
    decided = _Decided(ChangeOutcome.APPROVED, number, decided_on)
    return _decide_change(task, "adjust", decided, actor=actor, on=on, note=note)


def refuse_change(*, task: ResearchTask, actor: Any, on: date, note: str) -> ResearchTask:
    """Record that the change is not granted, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    decided = _Decided(ChangeOutcome.REFUSED, "", on)
    return _decide_change(task, "refuse_change", decided, actor=actor, on=on, note=note)


def extend_task(
    *, task: ResearchTask, extended_to: date, number: str, decided_on: date, actor: Any, on: date, note: str = ""
) -> ResearchTask:
    """Record the decision that gives the task more time; its final file falls due later.

    Raises: NotPermitted; NotPossible, for a day that is not after the present end.
    """
    label = label_of("extend")
    refuse_days(task, label, on, (_("Ngày ký hợp đồng"), task.contracted_on), (_("Ngày quyết định"), decided_on))
    if task.last_day is not None and extended_to <= task.last_day:
        raise NotPossible(task, label, [_("Ngày gia hạn phải sau ngày kết thúc hiện nay.")])
    with recording(actor=actor, verb="extend", label=TASK_WORKFLOW.by_name["extend"].verb, why=note, on=on):
        asked = _asked(task) or TaskChange(task=task, kind=ChangeKind.DURATION, asked_on=decided_on, reason=note)
        take(task, "extend", actor=actor, on=on, note=note, extended_to=extended_to)
        _Decided(ChangeOutcome.APPROVED, number, decided_on).write_on(asked)
        close_obligations(record=task, kinds=[FINAL_FILE, "change"], on=on, actor=actor, cancelled=True)
        _ask_final_file(task, actor)
    return task


def suspend_task(
    *, task: ResearchTask, stop_number: str, stopped_on: date, actor: Any, on: date, note: str
) -> ResearchTask:
    """Stop the work for a time, with the decision and the reason; what falls due stands still.

    Raises: NotPermitted; NotPossible.
    """
    refuse_days(task, label_of("suspend"), on, (_("Ngày bắt đầu"), task.starts_on), (_("Ngày quyết định"), stopped_on))
    with recording(actor=actor, verb="suspend", label=TASK_WORKFLOW.by_name["suspend"].verb, why=note, on=on):
        take(task, "suspend", actor=actor, on=on, note=note, stop_number=stop_number, stopped_on=stopped_on)
        for clock in Obligation.objects.about(task.ref).open():
            pause(obligation=clock, on=on, reason=_("Nhiệm vụ tạm dừng"), actor=actor)
    return task


def resume_task(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Let the work go on; what falls due runs again.

    Raises: NotPermitted; NotPossible.
    """
    with recording(actor=actor, verb="resume", label=TASK_WORKFLOW.by_name["resume"].verb, on=on):
        take(task, going_on("resume", task), actor=actor, on=on, stop_number="", stopped_on=None)
        for clock in Obligation.objects.about(task.ref).open():
            resume(obligation=clock, on=on, actor=actor)
    return task


def terminate_task(
    *,
    task: ResearchTask,
    stop_number: str,
    stopped_on: date,
    termination_cause: TerminationCause,
    actor: Any,
    on: date,
    note: str,
    evidence: Sequence[Record] = (),
) -> ResearchTask:
    """End the task before its time, with decision, cause and reason; nothing of the work falls due any more.

    Raises: NotPermitted; NotPossible.
    """
    label = label_of("terminate")
    refuse_days(task, label, on, (_("Ngày ký hợp đồng"), task.contracted_on), (_("Ngày quyết định"), stopped_on))
    said = {"stop_number": stop_number, "stopped_on": stopped_on, "termination_cause": termination_cause}
    with recording(actor=actor, verb="terminate", label=TASK_WORKFLOW.by_name["terminate"].verb, why=note, on=on):
        take(task, "terminate", actor=actor, on=on, note=note, evidence=evidence, **said)
        if (asked := _asked(task)) is not None:
            _Decided(ChangeOutcome.REFUSED, stop_number, stopped_on).write_on(asked)
        close_clocks(task, actor=actor, on=on)
    return task


def review_risk(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Bring the file of the risk before who decides on it.

    Raises: NotPermitted; NotPossible.
    """
    return take(task, "review_risk", actor=actor, on=on)


def decide_risk(
    *,
    risk: RiskFile,
    recovery: Recovery,
    recovery_vnd: int,
    opinion: str,
    number: str,
    decided_on: date,
    actor: Any,
    on: date,
) -> RiskFile:
    """Decide whether the risk is accepted and what of the money is asked back; a sum asked back falls due by its rule.

    Raises: NotPermitted; NotPossible, where nothing is asked back though the process was not followed in full or
    honestly, or the sum does not fit the decision; RuleUnknown.
    """
    task = risk.task
    may_decide(actor, task).enforce()
    reasons = _risk_faults(risk, recovery, recovery_vnd)
    if reasons:
        raise NotPossible(task, RISK, reasons)
    refuse_days(task, RISK, on, (_("Ngày báo cáo rủi ro"), risk.reported_on), (_("Ngày quyết định"), decided_on))
    with recording(actor=actor, verb="decide-risk", label=_("quyết định về rủi ro"), why=opinion, on=on):
        task.settle()
        if task.state != TaskState.RISK_REVIEW:
            raise NotPossible(task, RISK, [_("Chỉ quyết định khi nhiệm vụ đang xét chấp nhận rủi ro.")])
        risk.recovery, risk.recovery_vnd, risk.opinion = recovery, recovery_vnd, opinion
        risk.number, risk.decided_on = number, decided_on
        risk.save()
        if recovery_vnd:
            open_clock(task, "recovery", _("Thu hồi kinh phí"), decided_on, actor)
    return risk


def open_clock(task: ResearchTask, kind: str, action: str, started_on: date | None, actor: Any) -> None:
    """Let something fall due by the rule that the law governing the task has for it.

    Raises: RuleUnknown.
    """
    if started_on is not None:
        key = f"research.limit.{kind}.{regime_of(task, started_on)}"
        open_obligation(record=task, kind=kind, action=action, started_on=started_on, rule_key=key, actor=actor)


def _ask_final_file(task: ResearchTask, actor: Any) -> None:
    open_clock(task, FINAL_FILE, _("Nộp hồ sơ đánh giá, nghiệm thu"), task.last_day, actor)


@dataclass(frozen=True)
class _Decided:
    """What came of a request for change, by which document of which day."""

    outcome: ChangeOutcome
    number: str
    decided_on: date

    def write_on(self, asked: TaskChange) -> None:
        asked.outcome, asked.number, asked.decided_on = self.outcome, self.number, self.decided_on
        asked.save()


def _decide_change(
    task: ResearchTask, step: str, decided: _Decided, *, actor: Any, on: date, note: str
) -> ResearchTask:
    asked = _asked(task)
    first = asked.asked_on if asked is not None else None
    refuse_days(task, label_of(step), on, (_("Ngày đề nghị"), first), (_("Ngày quyết định"), decided.decided_on))
    with recording(actor=actor, verb=step, label=TASK_WORKFLOW.by_name[step].verb, why=note, on=on):
        take(task, going_on(step, task), actor=actor, on=on, note=note)
        if asked is not None:
            decided.write_on(asked)
        close_obligations(record=task, kinds=["change"], on=on, actor=actor)
    return task


def _asked(task: ResearchTask) -> TaskChange | None:
    found: TaskChange | None = task.changes.filter(outcome=ChangeOutcome.ASKED).first()
    return found


def _risk_faults(risk: RiskFile, recovery: Recovery, recovery_vnd: int) -> list[str]:
    reasons = []
    if recovery == Recovery.NONE and not (risk.process_followed and risk.is_honest):
        reasons.append(
            _("Chỉ miễn thu hồi khi hồ sơ chứng minh đã thực hiện đầy đủ quy trình và giữ liêm chính khoa học.")
        )
    if (recovery == Recovery.NONE) != (recovery_vnd == 0):
        reasons.append(_("Số tiền thu hồi không khớp với quyết định về kinh phí."))
    return reasons
