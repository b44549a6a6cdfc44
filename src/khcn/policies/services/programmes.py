"""Draft, issue, carry out and conclude programmes, with their targets and results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.assignments.models import Assignment
from khcn.assignments.services import give_assignment
from khcn.kernel.identity.models import Division
from khcn.kernel.records.links import LinkKind, link_records
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.policies.models import Programme, ProgrammeTarget, ResultEntry
from khcn.policies.permissions import may_advance, may_draft
from khcn.policies.states import PROGRAMMES_EVER_ISSUED, ProgrammeState
from khcn.policies.workflow import PROGRAMME_WORKFLOW


def draft_programme(*, programme: Programme, actor: Any, on: date) -> Programme:
    """Begin a programme, plan, scheme or project.

    Raises: NotPermitted.
    """
    may_draft(actor).enforce()
    enter(PROGRAMME_WORKFLOW, programme, actor=actor, on=on, label=_("bắt đầu soạn thảo"))
    return programme


def submit_programme(*, programme: Programme, actor: Any, on: date) -> Programme:
    """Submit the programme to whoever issues it.

    Raises: NotPermitted; NotPossible.
    """
    programme.submitted_on = on
    perform(PROGRAMME_WORKFLOW, "submit", programme, actor=actor, on=on)
    return programme


def redraft_programme(*, programme: Programme, actor: Any, on: date, note: str) -> Programme:
    """Take the submitted programme back with the reason.

    Raises: NotPermitted; NotPossible.
    """
    perform(PROGRAMME_WORKFLOW, "redraft", programme, actor=actor, on=on, note=note)
    return programme


def issue_programme(
    *,
    programme: Programme,
    number: str,
    issued_on: date,
    actor: Any,
    on: date,
    effective_on: date | None = None,
    evidence: Sequence[Record] = (),
) -> Programme:
    """Record that the programme was issued or approved, with its number and days as signed.

    Raises: NotPermitted; NotPossible.
    """
    programme.number, programme.issued_on, programme.effective_on = number, issued_on, effective_on
    perform(PROGRAMME_WORKFLOW, "issue", programme, actor=actor, on=on, evidence=evidence)
    return programme


def carry_out_programme(*, programme: Programme, actor: Any, on: date) -> Programme:
    """Begin to carry the programme out.

    Raises: NotPermitted; NotPossible.
    """
    perform(PROGRAMME_WORKFLOW, "carry_out", programme, actor=actor, on=on)
    return programme


def conclude_programme(
    *, programme: Programme, actor: Any, on: date, note: str = "", evidence: Sequence[Record] = ()
) -> Programme:
    """Sum the programme up, once nothing given by it is still owed.

    Raises: NotPermitted; NotPossible.
    """
    programme.concluded_on = on
    perform(PROGRAMME_WORKFLOW, "conclude", programme, actor=actor, on=on, note=note, evidence=evidence)
    return programme


def drop_programme(*, programme: Programme, actor: Any, on: date, note: str) -> Programme:
    """Stop before issue, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    perform(PROGRAMME_WORKFLOW, "drop", programme, actor=actor, on=on, note=note)
    return programme


def record_result(
    *,
    programme: Programme,
    text: str,
    actor: Any,
    on: date,
    target: ProgrammeTarget | None = None,
    evidence: Sequence[Record] = (),
) -> ResultEntry:
    """Record what came of an issued programme, with what proves it.

    Raises: NotPermitted; NotPossible, before issue, without words, or for another programme's target.
    """
    may_advance(actor, programme).enforce()
    _refuse(
        programme,
        _("Ghi kết quả"),
        {
            _("Chương trình chưa ban hành."): programme.state not in PROGRAMMES_EVER_ISSUED,
            _("Ghi kết quả bằng lời."): not text.strip(),
            _("Chỉ tiêu thuộc chương trình khác."): target is not None and target.programme_id != programme.pk,
        },
    )
    refs = [str(proof.ref) for proof in evidence]
    with recording(actor=actor, verb="record-result", label=_("ghi kết quả thực hiện"), why=text, on=on):
        result = ResultEntry(
            programme=programme,
            target=target,
            reported_on=on,
            reported_by=actor,
            text=text,
            evidence_refs=refs,
        )
        result.save()
        for proof in evidence:
            link_records(source=programme, target=proof, kind=LinkKind.EVIDENCE, actor=actor)
    return result


def give_execution_item(
    *,
    programme: Programme,
    assignment: Assignment,
    coordinators: Sequence[Organisation | Division] = (),
    actor: Any,
    on: date,
) -> Assignment:
    """Give one piece of work by which the programme is carried out; it names the programme as its origin.

    Raises: NotPermitted; NotPossible, if the programme was not issued or the work is not said properly.
    """
    running = programme.state in (ProgrammeState.ISSUED, ProgrammeState.CARRIED_OUT)
    _refuse(programme, _("Giao việc thực hiện"), {_("Chương trình chưa ban hành hoặc đã tổng kết."): not running})
    assignment.origin_register, assignment.origin_id = programme.REGISTER, programme.pk
    assignment.origin_text = assignment.origin_text or f"{programme.number} {programme.title}".strip()
    return give_assignment(assignment=assignment, coordinators=coordinators, actor=actor, on=on)


def _refuse(programme: Programme, label: str, faults: dict[str, bool]) -> None:
    refuse_withdrawn(programme, label)
    reasons = [reason for reason, present in faults.items() if present]
    if reasons:
        raise NotPossible(programme, label, reasons)
