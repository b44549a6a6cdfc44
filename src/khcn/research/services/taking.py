"""Take a step of a research task with what the step writes; refuse days that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from khcn.kernel.records.record import Record
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.language.words import words as _
from khcn.research.models import ResearchTask
from khcn.research.workflow import TASK_WORKFLOW
from khcn.ui import formats

Day = tuple[str, date | None]


def label_of(step: str) -> str:
    """Return the words of a step's button."""
    return TASK_WORKFLOW.by_name[step].label


def take(
    task: ResearchTask,
    step: str,
    *,
    actor: Any,
    on: date,
    note: str = "",
    evidence: Sequence[Record] = (),
    **said: Any,
) -> ResearchTask:
    """Take the step, writing what was said with it.

    Raises: NotPermitted; NotPossible; RuleUnknown, where the step starts a clock that no rule sets.
    """
    for name, value in said.items():
        setattr(task, name, value)
    perform(TASK_WORKFLOW, step, task, actor=actor, on=on, note=note, evidence=evidence)
    return task


def refuse_days(record: Record, label: str, on: date, *days: Day) -> None:
    """Stop where one of the days is before the one that it follows, or still to come.

    `days`: in the order in which they must follow each other, each with its name; those not known are passed over.
    Raises: NotPossible.
    """
    known = [(name, day) for name, day in days if day is not None]
    reasons = [
        _("{name} {day} chưa đến; ghi ngày thực tế trên văn bản.").format(name=name, day=formats.day(day))
        for name, day in known
        if day > on
    ]
    for (earlier, first), (later, then) in pairwise(known):
        if then < first:
            words = _("{later} {then} sớm hơn {earlier} {first}; bước sau không có trước bước nó dựa vào.")
            reasons.append(
                words.format(later=later, then=formats.day(then), earlier=earlier.lower(), first=formats.day(first))
            )
    if reasons:
        raise NotPossible(record, label, reasons)
