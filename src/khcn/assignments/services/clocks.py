"""What falls due on given work; the day was set by someone, so a rest never moves it."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.assignments.models import Assignment
from khcn.kernel.obligations.models import Obligation, ObligationPause
from khcn.kernel.obligations.services import close_obligations, move_due, open_obligation, pause
from khcn.kernel.records.recording import recording
from khcn.language.words import words as _

DUTY = "assignment"
REVIEW = "assignment-review"


def open_clocks(assignment: Assignment, actor: Any) -> None:
    """Open what falls due by the deadline, and by the day of review."""
    open_obligation(
        record=assignment,
        kind=DUTY,
        action=_("Thực hiện nhiệm vụ được giao"),
        started_on=assignment.assigned_on,
        actor=actor,
        due_on=assignment.due_on,
        holder=assignment.lead_organisation,
    )
    open_review(assignment, actor)


def open_review(assignment: Assignment, actor: Any) -> None:
    """Open the review of continuous work, where a day is set."""
    if assignment.review_on is not None:
        open_obligation(
            record=assignment,
            kind=REVIEW,
            action=_("Rà soát việc thường xuyên"),
            started_on=assignment.assigned_on,
            actor=actor,
            due_on=assignment.review_on,
        )


def clocks(assignment: Assignment) -> list[Obligation]:
    """Return the open duties of the assignment."""
    return list(Obligation.objects.about(assignment.ref).open().filter(kind=DUTY))


def stop_clock(assignment: Assignment, *, on: date, reason: str, actor: Any) -> None:
    """Let the duty rest from this day."""
    for clock in clocks(assignment):
        if not clock.is_paused:
            pause(obligation=clock, on=on, reason=reason[:300], actor=actor)


def let_clock_run(assignment: Assignment, *, on: date, actor: Any) -> None:
    """End the rest of the duty; its date stays."""
    # The deadline was set by someone, not reckoned from a limit: the pause ends and the date stays.
    stops = ObligationPause.objects.filter(obligation__in=clocks(assignment), last_on=None)
    with recording(actor=actor, verb="resume-clock", label=_("tiếp tục tính thời hạn"), on=on):
        for stop in stops:
            stop.last_on = max(on, stop.first_on)
            stop.save()


def move_clock(assignment: Assignment, *, actor: Any, why: str) -> None:
    """Move the duty to the deadline in force."""
    for clock in clocks(assignment):
        move_due(obligation=clock, due_on=assignment.due_on, actor=actor, why=why)


def close_clocks(assignment: Assignment, *, on: date, actor: Any, cancelled: bool = False) -> None:
    """End everything that falls due on the assignment."""
    close_obligations(record=assignment, kinds=(DUTY, REVIEW), on=on, actor=actor, cancelled=cancelled)
