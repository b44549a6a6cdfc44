"""Refuse with reasons."""

from __future__ import annotations

from khcn.assignments.models import Assignment
from khcn.kernel.workflow.services import NotPossible


def refuse(assignment: Assignment, label: str, faults: dict[str, bool]) -> None:
    """Refuse with every reason that is present.

    Raises: NotPossible.
    """
    reasons = [reason for reason, present in faults.items() if present]
    if reasons:
        raise NotPossible(assignment, label, reasons)
