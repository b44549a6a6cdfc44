"""Let the shared record page take the steps of given work through this module's services."""

from __future__ import annotations

from typing import Any

from khcn.assignments.forms import ProgressStepForm, ResumeStepForm
from khcn.assignments.services import (
    acknowledge_assignment,
    cancel_assignment,
    close_assignment,
    refuse_stated_day,
    report_done,
    report_progress,
    resume_assignment,
    return_assignment,
    suspend_assignment,
)
from khcn.assignments.workflow import ASSIGNMENT_WORKFLOW
from khcn.kernel.identity.selectors import acting_day
from khcn.kernel.pages.steps import StepHandler, add_step


def _acknowledge(*, record: Any, actor: Any, on: Any, note: str, **_rest: Any) -> Any:
    return acknowledge_assignment(assignment=record, actor=actor, on=on, note=note)


def _report_progress(*, record: Any, actor: Any, on: Any, note: str, evidence: Any, data: dict[str, Any]) -> Any:
    percent = data.get("percent")
    return report_progress(assignment=record, text=note, percent=percent, on=on, actor=actor, evidence=evidence)


def _report_done(*, record: Any, actor: Any, on: Any, note: str, evidence: Any, data: dict[str, Any]) -> Any:
    del data
    return report_done(assignment=record, text=note, on=on, actor=actor, evidence=evidence)


def _close(*, record: Any, actor: Any, on: Any, note: str, **_rest: Any) -> Any:
    return close_assignment(assignment=record, on=on, actor=actor, note=note)


def _return(*, record: Any, actor: Any, on: Any, note: str, **_rest: Any) -> Any:
    return return_assignment(assignment=record, on=on, actor=actor, note=note)


def _suspend(*, record: Any, actor: Any, on: Any, note: str, **_rest: Any) -> Any:
    return suspend_assignment(assignment=record, on=on, actor=actor, note=note)


def _resume(*, record: Any, actor: Any, on: Any, note: str, data: dict[str, Any], **_rest: Any) -> Any:
    return resume_assignment(assignment=record, on=on, actor=actor, due_on=data.get("due_on"), note=note)


def _cancel(*, record: Any, actor: Any, on: Any, note: str, **_rest: Any) -> Any:
    return cancel_assignment(assignment=record, on=on, actor=actor, note=note)


def _on_a_fair_day(name: str, handler: StepHandler) -> StepHandler:
    """Let a step be taken only on the day it enters the system, or on an earlier one that staff give reasons for."""
    label = ASSIGNMENT_WORKFLOW.by_name[name].label

    def take(*, record: Any, actor: Any, on: Any, note: str, **rest: Any) -> Any:
        today = acting_day(actor) or on
        refuse_stated_day(record, label, on, today=today, actor=actor, reason=note)
        return handler(record=record, actor=actor, on=on, note=note, **rest)

    return take


for _name, _handler in (
    ("acknowledge", _acknowledge),
    ("report_done", _report_done),
    ("close", _close),
    ("return", _return),
    ("suspend", _suspend),
    ("cancel", _cancel),
):
    add_step("assignment", _name, _on_a_fair_day(_name, _handler))
add_step("assignment", "report_progress", _on_a_fair_day("report_progress", _report_progress), ProgressStepForm)
add_step("assignment", "resume", _on_a_fair_day("resume", _resume), ResumeStepForm)
