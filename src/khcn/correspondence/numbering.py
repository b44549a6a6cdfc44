"""Read the number of a paper into its series, and keep numbers unique."""

from __future__ import annotations

from khcn.correspondence.models import Paper
from khcn.correspondence.rules import Symbol, SymbolForm, SymbolUnreadable, parse_symbol, year_of
from khcn.correspondence.selectors import number_clash
from khcn.correspondence.states import PaperState
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.classifications.selectors import document_kind
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _


def number_as_printed(paper: Paper) -> Symbol | None:
    """Set series, serial, year and, where unsaid, the kind from the number; an unreadable one is kept as it is."""
    paper.number = " ".join(paper.number.split())
    paper.serial, paper.series, paper.year = None, "", None
    if not paper.number or paper.issued_on is None:
        return None
    try:
        symbol = parse_symbol(paper.number)
    except SymbolUnreadable:
        return None
    paper.serial, paper.series, paper.year = symbol.serial, symbol.series, year_of(symbol, paper.issued_on)
    paper.is_normative = paper.is_normative or symbol.form is SymbolForm.NORMATIVE
    if paper.kind_id is None:
        paper.kind = document_kind(
            paper.issued_on, system=symbol.system, abbreviation=symbol.kind, issuer=symbol.issuer
        )
    return symbol


def refuse_clash(paper: Paper, label: str) -> None:
    """Stop where another paper, recalled ones included, bears the same number.

    Raises: NotPossible, naming that paper.
    """
    other = number_clash(paper)
    if other is None:
        return
    named = other.code if other.confidentiality == Confidentiality.CONFIDENTIAL else f"{other.code} · {other}"
    reason = _("{issuer_text} đã có văn bản mang số này trong năm: {named}.").format(
        issuer_text=other.issuer_text, named=named
    )
    if other.state == PaperState.RECALLED:
        reason += _(" Văn bản ấy đã thu hồi; số của văn bản thu hồi không dùng lại.")
    raise NotPossible(paper.number, label, [_("{reason} Kiểm tra lại số.").format(reason=reason)])
