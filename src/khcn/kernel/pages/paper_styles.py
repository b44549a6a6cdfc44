"""The styles a paper can be printed in: that of Decree 30/2020, or that of the Party's papers in its body's name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest

from khcn.kernel.documents.layout import unchecked_facts
from khcn.kernel.documents.model import OfficialDocument, Signature, Style
from khcn.kernel.identity.models import Office
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force
from khcn.language.words import words as _

STYLE = "kieu"
"""The part of an address that names the style."""
ISSUER_RULE = "document.party-issuer"


class PaperStyle(StrEnum):
    """The styles by the names that commands and addresses use."""

    DECREE30 = "decree30"
    PARTY = "party"


LABELS = {PaperStyle.DECREE30: _("Nghị định 30/2020/NĐ-CP"), PaperStyle.PARTY: _("Văn bản của Đảng")}
PARTY_LAYOUTS = {Style.OFFICIAL: Style.PARTY, Style.COMPACT: Style.PARTY_COMPACT}


@dataclass(frozen=True)
class PartyIssuer:
    """In whose name a paper of the Party goes out: body and its superior, symbol, who signs, whom it addresses."""

    body: str
    superior: str
    symbol: str
    authority: str
    position: str
    addressee: str
    recipients: tuple[str, ...]
    is_unchecked: bool


def party_issuer(office: Office, on: date) -> PartyIssuer:
    """Return the Party's body beside an office, by the rulebook; without a rule, named after the office.

    Until someone enters the office's own, the names are a proposal and unchecked.
    """
    try:
        rule = rule_in_force(ISSUER_RULE, on=on, office=office)
    except RuleUnknown:
        said, unchecked = {}, True
    else:
        said, unchecked = rule.value, rule.is_unchecked
    return PartyIssuer(
        body=said.get("body") or _("Đảng ủy {name}").format(name=office.name),
        superior=said.get("superior", ""),
        symbol=said.get("symbol") or _("ĐU"),
        authority=said.get("authority") or _("T/M Đảng ủy"),
        position=said.get("position") or _("Bí thư"),
        addressee=said.get("addressee", ""),
        recipients=tuple(said.get("recipients", ())),
        is_unchecked=unchecked,
    )


def in_style(document: OfficialDocument, style: PaperStyle, *, office: Office, on: date) -> OfficialDocument:
    """Return the document in a style.

    A paper of the Party is another paper than the office's: in the name of the Party's body, without the number, the
    day and the signature that the office gave, and a draft until the Party's own registry numbers it.
    """
    if style is PaperStyle.DECREE30:
        return document
    issuer = party_issuer(office, on)
    kind = document.symbol.partition("-")[0]
    return replace(
        document,
        style=PARTY_LAYOUTS[document.style],
        parent_agency=issuer.superior,
        agency=issuer.body,
        symbol=f"{kind}/{issuer.symbol}",
        number=None,
        dated_on=None,
        year=on.year,
        addressees=(issuer.addressee,) if issuer.addressee else (),
        recipients=issuer.recipients,
        signature=Signature(position=issuer.position, authority=issuer.authority) if document.signature else None,
        draft_mark=True,
    )


def style_asked(parameters: Any) -> PaperStyle:
    """Return the style that an address asks for, Decree 30/2020 where it names none.

    Raises: BadRequest.
    """
    text = parameters.get(STYLE, "") or PaperStyle.DECREE30
    try:
        return PaperStyle(text)
    except ValueError as fault:
        known = ", ".join(PaperStyle)
        raise BadRequest(
            _("Không có kiểu trình bày «{value}». Chọn một trong: {known}.").format(value=text[:20], known=known)
        ) from fault


def style_choices(paths: dict[str, str], parameters: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Return the choice of styles for a page: each with its files and a note on what nobody compared with its text.

    `paths`: label of a file ("Word") to its path; `parameters`: what else the addresses must carry.
    """
    return [
        {
            "label": LABELS[style],
            "files": [
                {"label": label, "url": _address(path, style, parameters or {})} for label, path in paths.items()
            ],
            "note": unchecked_words(style),
        }
        for style in PaperStyle
    ]


def file_name(stem: str, style: PaperStyle) -> str:
    """Return the name of a paper's file without its ending; the two styles never overwrite each other."""
    return f"{stem}-dang" if style is PaperStyle.PARTY else stem


def unchecked_words(style: PaperStyle) -> str:
    """Return what must be said beside a paper in the style; nothing of the decree's."""
    if style is PaperStyle.DECREE30:
        return ""
    facts = unchecked_facts(Style.PARTY)
    return _("{count} quy cách trình bày chưa đối chiếu với {basis}; kiểm tra trước khi gửi.").format(
        count=len(facts), basis=facts[0].basis
    )


def _address(path: str, style: PaperStyle, parameters: dict[str, str]) -> str:
    asked = parameters | ({STYLE: style.value} if style is not PaperStyle.DECREE30 else {})
    return f"{path}?{urlencode(asked)}" if asked else path
