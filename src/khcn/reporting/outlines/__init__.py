"""Outlines of period reports, as data.

An outline is plain data first: `outline_from` makes it from a mapping, whoever kept that; the shipped ones are TOML.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from khcn.kernel.indicators.periods import KINDS, Period
from khcn.language.words import words as _
from khcn.reporting.wording import roman

FOLDER = Path(__file__).parent
SHARED = "_shared"
TABLE_COLUMNS = {
    "target": _("Kế hoạch"),
    "value": _("Thực hiện"),
    "percent": _("Đạt (%)"),
    "year_before": _("Cùng kỳ năm trước"),
    "estimate": _("Ước thực hiện"),
}
"""What a table of a section may put beside the name of an indicator, in the order of columns."""
PLACES_IN_HEADINGS = ("this", "next", "year")


class UnknownOutline(Exception):
    """There is no outline for this kind of report."""


@dataclass(frozen=True)
class OutlineTable:
    """A table of figures below a section: which indicators, and which of the columns of `TABLE_COLUMNS`, in order."""

    title: str
    indicators: tuple[str, ...]
    columns: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class OutlineSection:
    """One section of an outline: number, heading, default text, tables; it stands in reports from `from_year` on.

    `key`: what an outline that takes shared sections names it by.
    """

    number: str
    heading: str
    text: str
    from_year: int = 0
    key: str = ""
    tables: tuple[OutlineTable, ...] = ()


@dataclass(frozen=True)
class OutlineList:
    """An annex that lists the records behind some figures: which columns of their registers, in which order."""

    title: str
    indicators: tuple[str, ...]
    columns: tuple[str, ...]
    order: str


@dataclass(frozen=True)
class Outline:
    """The title, indicators and sections of one kind of report; `confidence` as in the rulebook.

    Title and headings may say `{this}`, the period, `{next}`, what the report plans for, and `{year}`.
    """

    kind: str
    title: str
    confidence: str
    indicators: tuple[str, ...]
    sections: tuple[OutlineSection, ...]
    lists: tuple[OutlineList, ...]

    def title_on(self, period: Period) -> str:
        """Return the title of a report on the period."""
        return _said(self.title, period)

    def sections_of(self, year: int) -> list[OutlineSection]:
        """Return the sections of a report on that year."""
        return [section for section in self.sections if section.from_year <= year]

    def sections_on(self, period: Period) -> list[OutlineSection]:
        """Return the sections of a report on the period, their headings in its words."""
        return [replace(section, heading=_said(section.heading, period)) for section in self.sections_of(period.year)]


def _said(words: str, period: Period) -> str:
    # Not str.format: what an office types between braces must neither fail nor reach into the values.
    for name, said in zip(PLACES_IN_HEADINGS, (period.label, period.following, str(period.year)), strict=True):
        words = words.replace(f"{{{name}}}", said)
    return words


def kinds() -> list[str]:
    """Return the kinds of report that have an outline, from the shortest period to the longest."""
    found = {path.stem for path in FOLDER.glob("*.toml")} - {SHARED}
    return [kind for kind in KINDS if kind in found]


def outline(kind: str) -> Outline:
    """Return the outline of a kind of report.

    Raises: UnknownOutline.
    """
    if kind not in kinds():
        raise UnknownOutline(
            _("Chưa có đề cương cho loại báo cáo «{kind}». Hiện có: {value}.").format(
                kind=kind, value=", ".join(kinds())
            )
        )
    return outline_from(kind, _data(kind), _data(SHARED))


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def outline_from(kind: str, data: Mapping[str, Any], shared: Mapping[str, Any] | None = None) -> Outline:
    """Return the outline that the data describes.

    `data`: `title`, `confidence`, `indicators`, `sections`, `lists` as in the shipped files. What it does not say is
    taken from `shared`; shared sections are left out by key (`without`), and said otherwise by key (`instead`).
    Raises: KeyError, where neither says something needed.
    """
    known = {**(shared or {}), **data}
    sections = _numbered(_sections(known["sections"], set(known.get("without", ())), known.get("instead", {})))
    tabled = [code for section in sections for table in section.tables for code in table.indicators]
    return Outline(
        kind=kind,
        title=known["title"],
        confidence=known["confidence"],
        indicators=tuple(dict.fromkeys([*known["indicators"], *tabled])),
        sections=sections,
        lists=tuple(
            OutlineList(row["title"], tuple(row["indicators"]), tuple(row["columns"]), row["order"])
            for row in known.get("lists", ())
        ),
    )


def tables_from(rows: Iterable[Mapping[str, Any]]) -> tuple[OutlineTable, ...]:
    """Return the tables that rows of data describe: `title`, `indicators`, `columns`, perhaps `key`."""
    return tuple(
        OutlineTable(row["title"], tuple(row["indicators"]), tuple(row["columns"]), row.get("key", "")) for row in rows
    )


def tables_as_data(tables: Iterable[OutlineTable]) -> list[dict[str, Any]]:
    """Return tables as the data that `tables_from` takes."""
    return [
        {"key": one.key, "title": one.title, "indicators": [*one.indicators], "columns": [*one.columns]}
        for one in tables
    ]


def _sections(
    rows: Iterable[Mapping[str, Any]], without: set[str], instead: Mapping[str, Mapping[str, Any]]
) -> Iterable[OutlineSection]:
    for row in rows:
        section = OutlineSection(**{**row, "tables": tables_from(row.get("tables", ()))})
        if not section.key or section.key not in without:
            yield replace(section, **instead.get(section.key, {}))


def _numbered(sections: Iterable[OutlineSection]) -> tuple[OutlineSection, ...]:
    """Return the sections numbered again, parts as I, II, III, what stands below them as 1, 2, 3."""
    found: list[OutlineSection] = []
    part = below = 0
    for section in sections:
        if section.number.isalpha():
            part, below = part + 1, 0
            found.append(replace(section, number=roman(part)))
        else:
            below += 1
            found.append(replace(section, number=str(below)))
    return tuple(found)
