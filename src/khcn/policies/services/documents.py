"""Propose, draft, consult on, submit, issue and end legal documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.kernel.records.links import LinkKind, link_records
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import enter, perform
from khcn.language.words import words as _
from khcn.policies.models import LegalDocument
from khcn.policies.permissions import may_draft
from khcn.policies.workflow import LEGAL_DOCUMENT_WORKFLOW


def propose_document(*, document: LegalDocument, actor: Any, on: date) -> LegalDocument:
    """Enter the proposal to make a legal document.

    Raises: NotPermitted.
    """
    may_draft(actor).enforce()
    enter(LEGAL_DOCUMENT_WORKFLOW, document, actor=actor, on=on, label=_("đề nghị xây dựng văn bản"))
    return document


def start_drafting(*, document: LegalDocument, actor: Any, on: date) -> LegalDocument:
    """Begin to draft what was agreed to.

    Raises: NotPermitted; NotPossible.
    """
    perform(LEGAL_DOCUMENT_WORKFLOW, "start_drafting", document, actor=actor, on=on)
    return document


def consult_on_document(*, document: LegalDocument, actor: Any, on: date) -> LegalDocument:
    """Open the draft for opinions; the time that opinions must be given starts.

    Raises: NotPermitted; NotPossible; RuleUnknown.
    """
    document.consulted_from = on
    perform(LEGAL_DOCUMENT_WORKFLOW, "consult", document, actor=actor, on=on)
    return document


def redraft_document(*, document: LegalDocument, actor: Any, on: date, note: str) -> LegalDocument:
    """Take the draft back with the reason.

    Raises: NotPermitted; NotPossible.
    """
    perform(LEGAL_DOCUMENT_WORKFLOW, "redraft", document, actor=actor, on=on, note=note)
    return document


def record_appraisal(
    *,
    document: LegalDocument,
    appraised_on: date,
    number: str,
    actor: Any,
    on: date,
    evidence: Sequence[Record] = (),
) -> LegalDocument:
    """Record that Justice appraised the draft, by its report.

    Raises: NotPermitted; NotPossible.
    """
    document.appraised_on, document.appraisal_number = appraised_on, number
    perform(LEGAL_DOCUMENT_WORKFLOW, "record_appraisal", document, actor=actor, on=on, evidence=evidence)
    return document


def submit_document(*, document: LegalDocument, actor: Any, on: date) -> LegalDocument:
    """Submit the document to the body that issues it.

    Raises: NotPermitted; NotPossible.
    """
    document.submitted_on = on
    perform(LEGAL_DOCUMENT_WORKFLOW, "submit", document, actor=actor, on=on)
    return document


def issue_document(
    *,
    document: LegalDocument,
    number: str,
    issued_on: date,
    actor: Any,
    on: date,
    effective_on: date | None = None,
    evidence: Sequence[Record] = (),
) -> LegalDocument:
    """Record that the document was issued, with its number and days as signed.

    Raises: NotPermitted; NotPossible.
    """
    document.number, document.issued_on, document.effective_on = number, issued_on, effective_on
    perform(LEGAL_DOCUMENT_WORKFLOW, "issue", document, actor=actor, on=on, evidence=evidence)
    return document


def expire_document(*, document: LegalDocument, expired_on: date, actor: Any, on: date, note: str) -> LegalDocument:
    """Record that the document is no longer in force, and why.

    Raises: NotPermitted; NotPossible.
    """
    document.expired_on = expired_on
    perform(LEGAL_DOCUMENT_WORKFLOW, "expire", document, actor=actor, on=on, note=note)
    return document


def replace_document(
    *, document: LegalDocument, successor: LegalDocument, expired_on: date, actor: Any, on: date
) -> LegalDocument:
    """Record that another document took this one's place.

    Raises: NotPermitted; NotPossible.
    """
    document.successor, document.expired_on = successor, expired_on
    with recording(actor=actor, verb="replace", label=_("ghi nhận bị thay thế"), on=on):
        perform(LEGAL_DOCUMENT_WORKFLOW, "replace", document, actor=actor, on=on)
        link_records(source=successor, target=document, kind=LinkKind.FOLLOWS, actor=actor)
    return document


def drop_document(*, document: LegalDocument, actor: Any, on: date, note: str) -> LegalDocument:
    """Stop before issue, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    perform(LEGAL_DOCUMENT_WORKFLOW, "drop", document, actor=actor, on=on, note=note)
    return document
