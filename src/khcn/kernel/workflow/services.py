"""Take a step: check who may and what must hold, then write state, history, evidence and clocks together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.kernel.identity.selectors import stood_in_for
from khcn.kernel.obligations.services import close_obligations, open_obligation
from khcn.kernel.records.links import LinkKind, link_records
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.records.tracked import ChangedMeanwhile
from khcn.kernel.workflow.table import Evidence, Note, Transition, Workflow
from khcn.language.words import words as _
from khcn.ui import formats


class NotPossible(Exception):
    """The step cannot be taken now; `reasons` are sentences for people."""

    def __init__(self, record: Any, label: str, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            _("Chưa thực hiện được «{label}» với {record}: ").format(label=label, record=record)
            + " ".join(self.reasons)
        )

    def for_people(self) -> str:
        """Return the refusal as one text."""
        return str(self)


def perform(
    workflow: Workflow,
    name: str,
    record: Record,
    *,
    actor: Any,
    on: date,
    note: str = "",
    evidence: Sequence[Record] = (),
) -> Record:
    """Take the named step on the record, saving whatever else the service has set on it.

    Raises: NotPermitted; NotPossible, with the reason of every unmet condition.
    """
    transition = workflow.by_name[name]
    transition.may(actor, record).enforce()
    _refuse_impossible(workflow, transition, record, note=note, evidence=evidence)
    before = record.state
    try:
        _take(workflow, transition, record, actor=actor, on=on, note=note, evidence=evidence)
    except Exception:
        record.state = before  # whoever shows the record again shows it as it stands
        raise
    return record


def _take(
    workflow: Workflow,
    transition: Transition,
    record: Record,
    *,
    actor: Any,
    on: date,
    note: str,
    evidence: Sequence[Record],
) -> None:
    absent = stood_in_for(actor, lambda person: transition.may(person, record))
    said: dict[str, Any] = {"verb": transition.name, "label": transition.verb, "why": note}
    with recording(actor=actor, on=on, transition=True, instead_of=absent, **said):
        _refuse_overtaken(workflow, transition, record)
        record.state = transition.target
        record.save()
        for proof in evidence:
            link_records(source=record, target=proof, kind=LinkKind.EVIDENCE, actor=actor)
        _stop_clocks(workflow, transition, record, actor=actor, on=on)
        if transition.starts and (rule_key := transition.starts.rule_for(record, on)):
            said = {"kind": transition.starts.kind, "action": transition.starts.action, "rule_key": rule_key}
            open_obligation(record=record, started_on=on, actor=actor, **said)


def enter(workflow: Workflow, record: Record, *, actor: Any, on: date, label: str = _("lập hồ sơ")) -> Record:
    """Save a new record in the workflow's initial state."""
    with recording(actor=actor, verb="create", label=label, on=on):
        record.state = workflow.initial
        record.save()
    return record


def _refuse_impossible(
    workflow: Workflow,
    transition: Transition,
    record: Record,
    *,
    note: str,
    evidence: Sequence[Record],
) -> None:
    reasons = []
    if record.state not in transition.sources:
        reasons.append(
            _("Hồ sơ đang ở trạng thái «{state}», không làm được bước này.").format(
                state=workflow.state_label(record.state)
            )
        )
    if transition.note is Note.REQUIRED and not note.strip():
        reasons.append(_("Ghi lý do hoặc nội dung của bước này."))
    if transition.evidence is Evidence.REQUIRED and not evidence:
        reasons.append(_("Thiếu minh chứng: gắn văn bản hoặc hồ sơ chứng minh kết quả."))
    _refuse_unmet(transition, record, reasons)


def _refuse_overtaken(workflow: Workflow, transition: Transition, record: Record) -> None:
    """Lock the row and stop if someone took a step since it was read: a form sent twice, two people at once.

    What else another wrote meanwhile is taken over, and the conditions of the step are asked again: they may speak of
    other rows than the one that is locked now.
    """
    try:
        changed = record.settle()
    except ChangedMeanwhile as clash:
        raise NotPossible(record, transition.label, [str(clash)]) from clash
    if "state" in changed:
        words = workflow.state_label(record.state)
        reason = _("Hồ sơ vừa được chuyển sang «{words}». Tải lại trang rồi xem bước tiếp theo.").format(words=words)
        raise NotPossible(record, transition.label, [reason])
    _refuse_unmet(transition, record, [])


def _refuse_unmet(transition: Transition, record: Record, reasons: list[str]) -> None:
    # A step may itself withdraw the record, so what was stored decides.
    if (withdrawn_on := record.as_stored("withdrawn_on")) is not None:
        reasons.append(_("Hồ sơ đã thu hồi ngày {withdrawn_on}.").format(withdrawn_on=formats.day(withdrawn_on)))
    reasons += [f"{unmet.words} {unmet.hint}".strip() for unmet in transition.unmet(record)]
    if reasons:
        raise NotPossible(record, transition.label, reasons)


def _stop_clocks(workflow: Workflow, transition: Transition, record: Record, *, actor: Any, on: date) -> None:
    kinds = [
        other.starts.kind for other in workflow.transitions if other.starts and transition.name in other.starts.until
    ]
    if kinds:
        close_obligations(record=record, kinds=kinds, on=on, actor=actor)
