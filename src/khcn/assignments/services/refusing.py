"""Refuse with reasons."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.assignments.models import Assignment
from khcn.assignments.permissions import may_state_earlier_day
from khcn.kernel.workflow.services import NotPossible
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.ui import formats


def refuse(assignment: Assignment, label: str, faults: dict[str, bool]) -> None:
    """Refuse with every reason that is present; a withdrawn assignment is reason enough.

    Raises: NotPossible.
    """
    refuse_withdrawn(assignment, label)
    reasons = [reason for reason, present in faults.items() if present]
    if reasons:
        raise NotPossible(assignment, label, reasons)


def refuse_early_day(assignment: Assignment, label: str, on: date) -> None:
    """Refuse a day before the work was given.

    Raises: NotPossible.
    """
    reason = _("Ngày {on} trước ngày giao {assigned_on}. Kiểm tra lại ngày.").format(
        on=formats.day(on), assigned_on=formats.day(assignment.assigned_on)
    )
    refuse(assignment, label, {reason: on < assignment.assigned_on})


def refuse_stated_day(assignment: Assignment, label: str, on: date, *, today: date, actor: Any, reason: str) -> None:
    """Refuse a day that is not the day on which the act enters the system, unless staff say why it was earlier.

    `reason`: the words that go into history. Who answers for the work would judge their own lateness otherwise.
    Raises: NotPossible.
    """
    earlier = on < today
    may_state = may_state_earlier_day(actor, assignment)
    refuse(
        assignment,
        label,
        {
            _("Ngày {on} chưa đến. Ghi ngày {today} hoặc sớm hơn.").format(
                on=formats.day(on), today=formats.day(today)
            ): on > today,
            _("Ngày ghi phải là hôm nay {today}. {sentence}").format(
                today=formats.day(today), sentence=may_state.sentence()
            ): earlier and not may_state,
            _("Ghi lý do của ngày sớm hơn hôm nay, ví dụ số và ngày văn bản đã gửi."): (
                earlier and bool(may_state) and not reason.strip()
            ),
        },
    )
