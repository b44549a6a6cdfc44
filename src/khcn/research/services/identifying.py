"""Enter a task, hold it against earlier ones, have it identified and listed, call for hosts."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.language.words import words as _
from khcn.research.call_workflows import APPLICATION_WORKFLOW
from khcn.research.models import ResearchTask, TaskApplication
from khcn.research.permissions import may_enter
from khcn.research.selectors import applications_of
from khcn.research.services.clocks import close_clocks
from khcn.research.services.money import take_back_grant
from khcn.research.services.taking import label_of, refuse_days, take
from khcn.research.states import IN_THE_RUNNING, AwardMode
from khcn.research.task_fields import field_refusals, track_refusals
from khcn.research.workflow import TASK_WORKFLOW
from khcn.ui import formats

ENTERING = _("Lập nhiệm vụ đề xuất")


def propose_task(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Enter a task that is proposed.

    Raises: NotPermitted.
    """
    may_enter(actor).enforce()
    enter(TASK_WORKFLOW, task, actor=actor, on=on, label=_("lập nhiệm vụ đề xuất"))
    return task


def enter_task_values(*, values: dict[str, Any], actor: Any, on: date) -> ResearchTask:
    """Enter a proposed task from the answers of the form, in the division of whoever enters it.

    Raises: NotPermitted; NotPossible, for a field whose code is not right on the day.
    """
    said = {"division": actor.division, **values}
    task = ResearchTask(office=actor.working_office, **said)
    if reasons := [*track_refusals(task), *field_refusals(task, on)]:
        raise NotPossible(task, ENTERING, reasons)
    return propose_task(task=task, actor=actor, on=on)


def screen_task(*, task: ResearchTask, similarity_note: str, actor: Any, on: date) -> ResearchTask:
    """Record what holding the task against earlier ones showed.

    Raises: NotPermitted; NotPossible.
    """
    return take(task, "screen", actor=actor, on=on, similarity_note=similarity_note, similarity_on=on)


def send_to_identification(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Record that the council that identifies tasks has it.

    Raises: NotPermitted; NotPossible.
    """
    return take(task, "send_to_identification", actor=actor, on=on)


def list_task(
    *,
    task: ResearchTask,
    list_number: str,
    listed_on: date,
    mode: AwardMode,
    actor: Any,
    on: date,
    priority: int | None = None,
) -> ResearchTask:
    """Record the decision that approved the list, and how the host will be found.

    Raises: NotPermitted; NotPossible.
    """
    refuse_days(task, label_of("list"), on, (_("Ngày rà soát"), task.similarity_on), (_("Ngày quyết định"), listed_on))
    said: dict[str, Any] = {"list_number": list_number, "listed_on": listed_on, "mode": mode, "priority": priority}
    return take(task, "list", actor=actor, on=on, **said)


def open_call(
    *, task: ResearchTask, call_number: str, call_opens_on: date, call_closes_on: date, actor: Any, on: date
) -> ResearchTask:
    """Record the notice by which hosts are called for, or by which one is asked.

    Raises: NotPermitted; NotPossible, for a notice before the list or one that ends before it begins.
    """
    label = label_of("open_call")
    refuse_days(task, label, on, (_("Ngày phê duyệt danh mục"), task.listed_on), (_("Ngày bắt đầu"), call_opens_on))
    if call_closes_on < call_opens_on:
        raise NotPossible(task, label, [_("Ngày kết thúc nhận hồ sơ sớm hơn ngày bắt đầu.")])
    days: dict[str, Any] = {"call_opens_on": call_opens_on, "call_closes_on": call_closes_on}
    return take(task, "open_call", actor=actor, on=on, call_number=call_number, **days)


def close_call(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Record that no more dossiers are taken.

    Raises: NotPermitted; NotPossible, before the last day of the notice is over.
    """
    if task.call_closes_on is not None and on <= task.call_closes_on:
        words = _("Thông báo nhận hồ sơ đến hết {day}; đóng từ ngày hôm sau.")
        raise NotPossible(task, label_of("close_call"), [words.format(day=formats.day(task.call_closes_on))])
    return take(task, "close_call", actor=actor, on=on)


def call_again(*, task: ResearchTask, actor: Any, on: date, note: str) -> ResearchTask:
    """Put the task back on the list so that hosts are called for anew; the dossiers of this round are over.

    Raises: NotPermitted; NotPossible.
    """
    with recording(actor=actor, verb="call_again", label=_("thông báo lại"), why=note, on=on):
        take(task, "call_again", actor=actor, on=on, note=note, call_number="", call_opens_on=None, call_closes_on=None)
        for dossier in applications_of(task):
            end_application(dossier, actor=actor, on=on, note=note)
    return task


def reject_task(*, task: ResearchTask, actor: Any, on: date, note: str) -> ResearchTask:
    """Decide that the task is not carried out, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    return _end(task, "reject", actor, on, note)


def withdraw_task(*, task: ResearchTask, actor: Any, on: date, note: str) -> ResearchTask:
    """Record that whoever proposed the task or was to host it took it back; money granted is taken back too.

    Raises: NotPermitted; NotPossible.
    """
    return _end(task, "withdraw", actor, on, note)


def _end(task: ResearchTask, step: str, actor: Any, on: date, note: str) -> ResearchTask:
    with recording(actor=actor, verb=step, label=TASK_WORKFLOW.by_name[step].verb, why=note, on=on):
        take(task, step, actor=actor, on=on, note=note)
        take_back_grant(task=task, document_number=_("Rút, không thực hiện"), actor=actor, on=on)
        for dossier in applications_of(task):
            end_application(dossier, actor=actor, on=on, note=note)
        close_clocks(task, actor=actor, on=on)
    return task


def end_application(dossier: TaskApplication, *, actor: Any, on: date, note: str) -> None:
    """End a dossier that was neither refused nor chosen: the task goes on without it."""
    if dossier.state in IN_THE_RUNNING:
        perform(APPLICATION_WORKFLOW, "pass_over", dossier, actor=actor, on=on, note=note)
