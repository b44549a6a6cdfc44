"""Take in the list of papers that another document system exports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from khcn.correspondence.models import Paper
from khcn.correspondence.numbering import number_as_printed, refuse_clash
from khcn.correspondence.permissions import may_register
from khcn.correspondence.rules import SymbolUnreadable, parse_symbol
from khcn.correspondence.states import Direction, NumberGivenBy, PaperState
from khcn.correspondence.workflow import PAPER_WORKFLOW
from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.selectors import DOCUMENT_KIND, ClassNotFound, class_named, document_kind
from khcn.kernel.identity.models import Office
from khcn.kernel.records.record import Provenance
from khcn.kernel.records.recording import recording
from khcn.language.words import words as _
from khcn.parties.selectors import organisation_named

WORDS = ("issuer_text", "kind_text")


def import_paper(values: dict[str, Any], *, actor: Any, on: date, known_from: Any = None) -> Paper:
    """Enter one paper of an import sheet, in the state it had in the other system.

    `values`: importable columns by name; the issuer by name, the kind by name or abbreviation. Papers of the past that
    say no state count as filed, or sent; new incoming ones wait for an instruction. Without an actor (the operator's
    command) the office of this installation is meant.
    Raises: NotPermitted; NotPossible; OrganisationUnknown; ClassNotFound told as ValueError.
    """
    if actor is not None:
        may_register(actor).enforce()
    office = actor.office if actor is not None else Office.objects.get(code=settings.OFFICE)
    fields = {name: value for name, value in values.items() if name not in WORDS}
    paper = Paper(**{"office": office, "provenance": Provenance.IMPORTED, "direction": Direction.INCOMING, **fields})
    issued_on = paper.issued_on or on
    if issuer := values.get("issuer_text", ""):
        paper.issuer = None if issuer == office.name else organisation_named(issuer, office, on=issued_on)
    paper.kind = _kind(values.get("kind_text", ""), paper.number, issued_on)
    paper.number_given_by = NumberGivenBy.ISSUER if paper.is_incoming else NumberGivenBy.DOCUMENT_SYSTEM
    paper.registered_on = paper.registered_on or paper.received_on or on
    number_as_printed(paper)
    refuse_clash(paper, _("Nhập văn bản"))
    paper.state = values.get("state") or _state(paper, is_past=known_from is not None)
    with recording(actor=actor, verb="import-paper", label=_("nhập văn bản"), on=on, imported=True):
        paper.save()
    return paper


def _state(paper: Paper, *, is_past: bool) -> str:
    if not paper.is_incoming:
        return PaperState.SENT if paper.number and paper.issued_on else PaperState.DRAFT
    return PaperState.FILED if is_past else PAPER_WORKFLOW.initial


def _kind(words: str, number: str, day: date) -> Classification | None:
    """Find the kind a sheet names; where one name stands for two, the form of the number decides."""
    try:
        symbol = parse_symbol(number) if number else None
    except SymbolUnreadable:
        symbol = None
    if symbol is not None:
        told = document_kind(day, system=symbol.system, abbreviation=symbol.kind, issuer=symbol.issuer)
        if told is not None and (not words or words.casefold() in _names(told)):
            return told
    if not words:
        return None
    try:
        return class_named(DOCUMENT_KIND, words, day)
    except ClassNotFound:
        by_abbreviation = document_kind(day, system="admin", abbreviation=words)
        if by_abbreviation is None:
            raise ValueError(
                _("không có loại văn bản «{words}»; ghi tên, chữ viết tắt hoặc mã của loại").format(words=words)
            ) from None
        return by_abbreviation


def _names(kind: Classification) -> tuple[str, ...]:
    return kind.name.casefold(), str(kind.attributes.get("abbreviation", "")).casefold(), kind.code.casefold()
