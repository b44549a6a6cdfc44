"""Settle the money, end the contract, hand the result over, follow its use, close the file."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.selectors import rule_value
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.research.models import ResearchTask
from khcn.research.selectors import RECOVERING, USE_CLOCK, regime_of
from khcn.research.services.clocks import CLEARING, close_clocks
from khcn.research.services.taking import label_of, refuse_days, take
from khcn.research.workflow import TASK_WORKFLOW

USE_YEARS = "research.use-years"


def settle_task(*, task: ResearchTask, settled_on: date, actor: Any, on: date) -> ResearchTask:
    """Record that all money is settled or was given back.

    Raises: NotPermitted; NotPossible, while any of it is open.
    """
    reached = task.registered_on or task.stopped_on or task.accepted_on
    refuse_days(
        task, label_of("settle"), on, (_("Ngày kết thúc nhiệm vụ"), reached), (_("Ngày quyết toán"), settled_on)
    )
    with recording(actor=actor, verb="settle", label=TASK_WORKFLOW.by_name["settle"].verb, on=on):
        take(task, "settle", actor=actor, on=on, settled_on=settled_on)
        close_obligations(record=task, kinds=[RECOVERING, CLEARING], on=settled_on, actor=actor)
    return task


def liquidate_task(
    *, task: ResearchTask, liquidation_number: str, liquidated_on: date, actor: Any, on: date
) -> ResearchTask:
    """Record the minutes that end the contract.

    Raises: NotPermitted; NotPossible.
    """
    days = ((_("Ngày quyết toán"), task.settled_on), (_("Ngày thanh lý"), liquidated_on))
    refuse_days(task, label_of("liquidate"), on, *days)
    said: dict[str, Any] = {"liquidation_number": liquidation_number, "liquidated_on": liquidated_on}
    return take(task, "liquidate", actor=actor, on=on, **said)


def transfer_result(
    *,
    task: ResearchTask,
    owner: Organisation,
    ownership_number: str,
    transferred_on: date,
    actor: Any,
    on: date,
) -> ResearchTask:
    """Record to whom the rights in the result went, by which document.

    Raises: NotPermitted; NotPossible.
    """
    days = ((_("Ngày thanh lý"), task.liquidated_on), (_("Ngày giao quyền"), transferred_on))
    refuse_days(task, label_of("transfer"), on, *days)
    said: dict[str, Any] = {"owner": owner, "ownership_number": ownership_number, "transferred_on": transferred_on}
    return take(task, "transfer", actor=actor, on=on, **said)


def track_use(*, task: ResearchTask, actor: Any, on: date) -> ResearchTask:
    """Begin to follow the use of the result: a report falls due each year, as long as the rule says.

    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    since = task.accepted_on or on
    years = int(rule_value(f"{USE_YEARS}.{regime_of(task, since)}", on=since, office=task.office))
    with recording(actor=actor, verb="track", label=TASK_WORKFLOW.by_name["track"].verb, on=on):
        take(task, "track", actor=actor, on=on)
        for number in range(1, years + 1):
            due = _years_after(since, number)
            words = _("Phiếu ứng dụng kết quả năm {year}").format(year=due.year)
            open_obligation(record=task, kind=use_clock(due.year), action=words, started_on=on, due_on=due, actor=actor)
    return task


def close_task(*, task: ResearchTask, actor: Any, on: date, note: str) -> ResearchTask:
    """Close the file once the use of the result was followed, with what came of it.

    Raises: NotPermitted; NotPossible, while a year that had to be followed is not reported.
    """
    return _close(task, "close", actor, on, note)


def close_without_result(*, task: ResearchTask, actor: Any, on: date, note: str = "") -> ResearchTask:
    """Close the file of a task whose result was not accepted or that was stopped.

    Raises: NotPermitted; NotPossible.
    """
    return _close(task, "close_without_result", actor, on, note)


def use_clock(year: int) -> str:
    """Return the kind of obligation by which a year's report of use falls due."""
    return f"{USE_CLOCK}{year}"


def _close(task: ResearchTask, step: str, actor: Any, on: date, note: str) -> ResearchTask:
    with recording(actor=actor, verb=step, label=TASK_WORKFLOW.by_name[step].verb, why=note, on=on):
        take(task, step, actor=actor, on=on, note=note, closed_on=on)
        close_clocks(task, actor=actor, on=on)
    return task


def _years_after(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28) if leap else day.replace(year=day.year + years)
