"""Refuse with reasons."""

from __future__ import annotations

from khcn.assignments.models import Assignment
from khcn.kernel.workflow.services import NotPossible
from khcn.parties.standing import refuse_withdrawn


def refuse(assignment: Assignment, label: str, faults: dict[str, bool]) -> None:
    """Refuse with every reason that is present; a withdrawn assignment is reason enough.

    Raises: NotPossible.
    """
    refuse_withdrawn(assignment, label)
    reasons = [reason for reason, present in faults.items() if present]
    if reasons:
        raise NotPossible(assignment, label, reasons)
