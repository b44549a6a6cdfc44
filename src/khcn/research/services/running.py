"""Carry a task out: start, adjust, extend, suspend, resume, stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import close_obligations, pause, resume
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.research.models import ResearchTask, TaskChange
from khcn.research.services.clocks import (
    CLEARING,
    FINAL_FILE,
    REPORT,
    SETTLING_CAUSE,
    ask_at_the_end,
    ask_monthly,
    ask_to_clear,
    close_clocks,
    open_clock,
)
from khcn.research.services.taking import label_of, refuse_days, take
from khcn.research.states import ChangeKind, ChangeOutcome, TerminationCause
from khcn.research.workflow import TASK_WORKFLOW, going_on


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
        ask_monthly(task, task.starts_on, actor)
        ask_at_the_end(task, actor)
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
        close_obligations(record=task, kinds=[FINAL_FILE, CLEARING, "change"], on=on, actor=actor, cancelled=True)
        ask_at_the_end(task, actor)
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
        close_clocks(task, actor=actor, on=on, besides=[SETTLING_CAUSE])
        ask_to_clear(task, stopped_on, actor)
    return task


def review_risk(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Bring the file of the risk before who decides on it.

    Raises: NotPermitted; NotPossible.
    """
    return take(task, "review_risk", actor=actor, on=on)


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
