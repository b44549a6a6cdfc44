"""Report on work, accept or refuse its result, let those above see lateness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from khcn.assignments.models import Assignment, ProgressEntry
from khcn.assignments.permissions import (
    may_release_lateness,
)
from khcn.assignments.services.clocks import close_clocks, let_clock_run, stop_clock
from khcn.assignments.services.refusing import refuse, refuse_early_day
from khcn.assignments.workflow import ASSIGNMENT_WORKFLOW
from khcn.kernel.files.models import Attachment
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.workflow.services import perform
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _

FILE = "attachment"
WAITING = _("Chờ người theo dõi xác nhận kết quả.")


def acknowledge_assignment(*, assignment: Assignment, actor: Any, on: date, note: str = "") -> Assignment:
    """Record that the lead knows of the work.

    Raises: NotPermitted; NotPossible.
    """
    refuse_early_day(assignment, _("Xác nhận đã nhận việc"), on)
    assignment.acknowledged_on = on
    perform(ASSIGNMENT_WORKFLOW, "acknowledge", assignment, actor=actor, on=on, note=note)
    return assignment


def report_progress(
    *,
    assignment: Assignment,
    text: str,
    percent: int | None,
    on: date,
    actor: Any,
    evidence: Sequence[Record] = (),
    files: Sequence[Attachment] = (),
) -> ProgressEntry:
    """Record how far the work is, in words and perhaps as a share; the work stays the lead's.

    `files`: files of the assignment itself that stand as evidence beside records.

    Raises: NotPermitted; NotPossible.
    """
    _refuse_odd_report(assignment, on, files, _("Báo cáo tiến độ"))
    proofs = _proofs(evidence, files)
    with recording(actor=actor, verb="report_progress", label=_("báo cáo tiến độ"), on=on):
        perform(ASSIGNMENT_WORKFLOW, "report_progress", assignment, actor=actor, on=on, note=text, evidence=proofs)
        return _entry(assignment, text=text, percent=percent, on=on, actor=actor, proofs=proofs)


def report_done(
    *,
    assignment: Assignment,
    text: str,
    on: date,
    actor: Any,
    evidence: Sequence[Record],
    files: Sequence[Attachment] = (),
) -> Assignment:
    """Report the result with what proves it; the clock stands still until the monitor accepts or refuses.

    Raises: NotPermitted; NotPossible, above all where nothing proves the result.
    """
    _refuse_odd_report(assignment, on, files, _("Báo cáo hoàn thành"))
    proofs = _proofs(evidence, files)
    assignment.completed_on, assignment.reported_by = on, actor
    with recording(actor=actor, verb="report_done", label=_("báo cáo hoàn thành"), on=on):
        perform(ASSIGNMENT_WORKFLOW, "report_done", assignment, actor=actor, on=on, note=text, evidence=proofs)
        _entry(assignment, text=text, percent=100, on=on, actor=actor, proofs=proofs, says_done=True)
        stop_clock(assignment, on=on, reason=WAITING, actor=actor)
    return assignment


def close_assignment(*, assignment: Assignment, on: date, actor: Any, note: str = "") -> Assignment:
    """Accept the result: the work is done since the day it was reported, on time or late by the deadline in force then.

    Raises: NotPermitted, above all for the one who reported it; NotPossible.
    """
    refuse_early_day(assignment, _("Xác nhận hoàn thành"), on)
    early = assignment.completed_on is not None and on < assignment.completed_on
    refuse(assignment, _("Xác nhận hoàn thành"), {_("Ngày xác nhận không được trước ngày báo cáo hoàn thành."): early})
    assignment.closed_on, assignment.closed_by = on, actor
    with recording(actor=actor, verb="close", label=_("xác nhận hoàn thành"), on=on):
        perform(ASSIGNMENT_WORKFLOW, "close", assignment, actor=actor, on=on, note=note)
        let_clock_run(assignment, on=on, actor=actor)
        close_clocks(assignment, on=assignment.completed_on or on, actor=actor)
    return assignment


def return_assignment(*, assignment: Assignment, on: date, actor: Any, note: str) -> Assignment:
    """Refuse the reported result with the reason; the deadline in force stays.

    Raises: NotPermitted; NotPossible, without a reason.
    """
    refuse_early_day(assignment, _("Trả lại để làm tiếp", "step"), on)
    assignment.completed_on = None
    with recording(actor=actor, verb="return", label=_("trả lại để làm tiếp"), on=on):
        perform(ASSIGNMENT_WORKFLOW, "return", assignment, actor=actor, on=on, note=note)
        let_clock_run(assignment, on=on, actor=actor)
    return assignment


def release_lateness(*, assignment: Assignment, actor: Any, at: datetime) -> Assignment:
    """Let those above see whether the work is late.

    Raises: NotPermitted; NotPossible.
    """
    may_release_lateness(actor, assignment).enforce()
    refuse_withdrawn(assignment, _("Cho cấp trên xem tình trạng chậm"))
    assignment.lateness_released_at, assignment.lateness_released_by = at, actor
    with recording(actor=actor, verb="release-lateness", label=_("cho cấp trên xem tình trạng chậm"), on=at.date()):
        assignment.save()
    return assignment


def _refuse_odd_report(assignment: Assignment, on: date, files: Sequence[Attachment], label: str) -> None:
    foreign = any(file.ref != assignment.ref for file in files)
    refuse(
        assignment,
        label,
        {
            _("Ngày báo cáo không được trước ngày giao."): on < assignment.assigned_on,
            _("Tệp minh chứng phải được đính kèm vào chính nhiệm vụ này."): foreign,
        },
    )


def _proofs(evidence: Sequence[Record], files: Sequence[Attachment]) -> list[Any]:
    """Return records as they are, and files as references, which links take as well."""
    return [*evidence, *(RecordRef(FILE, file.pk) for file in files)]


def _entry(
    assignment: Assignment,
    *,
    text: str,
    percent: int | None,
    on: date,
    actor: Any,
    proofs: Sequence[Any],
    says_done: bool = False,
) -> ProgressEntry:
    entry = ProgressEntry(
        assignment=assignment,
        reported_on=on,
        reported_by=actor,
        percent=percent,
        text=text,
        evidence_refs=[str(proof if isinstance(proof, RecordRef) else proof.ref) for proof in proofs],
        says_done=says_done,
    )
    entry.save()
    return entry
