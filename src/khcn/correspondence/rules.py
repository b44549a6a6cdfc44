"""Numbers and symbols of official papers: how they are written, which series each belongs to, when to register.

Source: Decree 30/2020/NĐ-CP art. 7, 15, 18 and annex III; forms of the Party as in cited titles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from khcn.kernel.calendar import Limit, Reckoning, WorkCalendar, reckon
from khcn.kernel.classifications.shipped import DOCUMENT_KIND, shipped_classes
from khcn.kernel.text.folding import nfc
from khcn.language.words import words as _

REGISTER_WITHIN = "correspondence.register-within"
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014", "-----")
_LETTERS = r"[^\W\d_]+"
_NUMBER = r"(?P<serial>\d{1,6})(?P<letter>[a-zđ]?)"
_PARTY = re.compile(rf"{_NUMBER}-(?P<kind>{_LETTERS})/(?P<issuer>[^\s/]+)")
_NORMATIVE = re.compile(rf"{_NUMBER}/(?P<year>(?:19|20)\d\d)/(?:(?P<kind>{_LETTERS})-)?(?P<issuer>[^\s/]+)")
_STATE = re.compile(rf"{_NUMBER}/(?P<first>[^\s/-]+)-(?P<rest>[^\s/]+)")


class SymbolForm(StrEnum):
    """The three ways of writing a number: of the State, of the Party, of legal normative documents."""

    STATE = "state"
    PARTY = "party"
    NORMATIVE = "normative"


SYSTEMS = {SymbolForm.STATE: "admin", SymbolForm.PARTY: "party", SymbolForm.NORMATIVE: "qppl"}


class SymbolUnreadable(ValueError):
    """The text is not the number and symbol of a paper."""


@dataclass(frozen=True)
class Symbol:
    """A number and symbol taken apart.

    `serial`: the number itself, with a letter after it where one was added (123a). `kind`: the abbreviation of its
    kind, empty for an official letter. `issuer`: the abbreviation of who issued it; `unit`: that of the
    drafters of a letter. `year`: only where it is part of the symbol.
    """

    serial: int
    letter: str
    kind: str
    issuer: str
    form: SymbolForm
    unit: str = ""
    year: int | None = None

    @property
    def series(self) -> str:
        """Return the series in which the number may stand once a year: legal normative kinds have their own."""
        joined = {
            SymbolForm.PARTY: f"-{self.kind}/{self.issuer}",
            SymbolForm.NORMATIVE: f"QPPL {self.kind}-{self.issuer}",
        }
        return joined.get(self.form, f"{self.kind}-{self.issuer}") + (f" {self.letter}" if self.letter else "")

    @property
    def system(self) -> str:
        """Return the system of the list of document kinds that the form belongs to."""
        return SYSTEMS[self.form]


def known_abbreviations() -> dict[str, str]:
    """Return the abbreviations of kinds in the State's form: as people may type them → as they are written."""
    rows = [row.attributes for row in shipped_classes() if row.scheme == DOCUMENT_KIND]
    found = {str(row["abbreviation"]) for row in rows if row["system"] in ("admin", "copy") and row["abbreviation"]}
    return {word.casefold(): word for word in found}


_KINDS = known_abbreviations()


def parse_symbol(text: str) -> Symbol:
    """Take a number and symbol as printed apart: `123-TB/TU`, `365/TB-VPCP`, `05/2026/QĐ-UBND`, `123/SKHCN-QLKH`.

    A hyphen before the kind is the Party's form; a year inside is that of legal normative documents; a first word that
    is no kind is the agency of an official letter, with the drafting unit after it.
    Raises: SymbolUnreadable.
    """
    plain = re.sub(r"\s+", "", nfc(text)).translate(_DASHES)
    plain = re.sub(r"^(?:số|so)[:.]?", "", plain, flags=re.IGNORECASE)
    if found := _NORMATIVE.fullmatch(plain):
        return _symbol(found, found["kind"] or "", found["issuer"], SymbolForm.NORMATIVE, year=int(found["year"]))
    if found := _PARTY.fullmatch(plain):
        return _symbol(found, found["kind"], found["issuer"], SymbolForm.PARTY)
    if found := _STATE.fullmatch(plain):
        kind = _KINDS.get(found["first"].casefold(), "")
        if kind:
            return _symbol(found, kind, found["rest"], SymbolForm.STATE)
        return _symbol(found, "", found["first"], SymbolForm.STATE, unit=found["rest"])
    raise SymbolUnreadable(
        _(
            "«{text}» không phải là số, ký hiệu văn bản. Viết như 365/TB-VPCP, 123/SKHCN-QLKH, 05/2026/QĐ-UBND "
            "hoặc 123-TB/TU."
        ).format(text=text)
    )


def year_of(symbol: Symbol, issued_on: date) -> int:
    """Return the year in whose sequence the number stands: from 1 January to 31 December (Decree 30/2020 art. 15)."""
    return symbol.year or issued_on.year


def registration_limit(arrived_on: date, limit: Limit, calendar: WorkCalendar) -> Reckoning:
    """Reckon until when a paper that arrived, or was signed, must be in the register.

    `limit`: the value of the rule `correspondence.register-within`. Raises: CalendarUnknown.
    """
    return reckon(arrived_on, limit, calendar)


def misordered_days(*, issued_on: date | None, received_on: date | None, registered_on: date) -> list[str]:
    """Return what is wrong with the days of an incoming paper, as sentences; empty where all is in order."""
    wrong = []
    if issued_on and received_on and received_on < issued_on:
        wrong.append(
            _("Ngày đến {received_on} trước ngày văn bản {issued_on}. Kiểm tra lại hai ngày.").format(
                received_on=_day(received_on), issued_on=_day(issued_on)
            )
        )
    if received_on and received_on > registered_on:
        wrong.append(
            _("Ngày đến {received_on} sau ngày vào sổ {registered_on}. Ghi ngày thực nhận.").format(
                received_on=_day(received_on), registered_on=_day(registered_on)
            )
        )
    return wrong


def _symbol(
    found: re.Match[str], kind: str, issuer: str, form: SymbolForm, *, unit: str = "", year: int | None = None
) -> Symbol:
    return Symbol(int(found["serial"]), found["letter"], kind, issuer, form, unit, year)


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
