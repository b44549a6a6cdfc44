"""Outlines of period reports, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


class UnknownOutline(Exception):
    """There is no outline for this kind of report."""


@dataclass(frozen=True)
class OutlineSection:
    """One section of an outline: number, heading, default text; it stands in reports from `from_year` on."""

    number: str
    heading: str
    text: str
    from_year: int = 0


@dataclass(frozen=True)
class OutlineList:
    """An annex that lists the records behind some figures: which columns of their registers, in which order."""

    title: str
    indicators: tuple[str, ...]
    columns: tuple[str, ...]
    order: str


@dataclass(frozen=True)
class Outline:
    """The title, indicators and sections of one kind of report; `confidence` as in the rulebook."""

    kind: str
    title: str
    confidence: str
    indicators: tuple[str, ...]
    sections: tuple[OutlineSection, ...]
    lists: tuple[OutlineList, ...]

    def sections_of(self, year: int) -> list[OutlineSection]:
        """Return the sections of a report on that year."""
        return [section for section in self.sections if section.from_year <= year]


def kinds() -> list[str]:
    """Return the kinds of report that have an outline."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.toml"))


def outline(kind: str) -> Outline:
    """Return the outline of a kind of report.

    Raises: UnknownOutline.
    """
    if kind not in kinds():
        raise UnknownOutline(f"Chưa có đề cương cho loại báo cáo «{kind}». Hiện có: {', '.join(kinds())}.")
    data = tomllib.loads((Path(__file__).parent / f"{kind}.toml").read_text(encoding="utf-8"))
    return Outline(
        kind=kind,
        title=data["title"],
        confidence=data["confidence"],
        indicators=tuple(data["indicators"]),
        sections=tuple(OutlineSection(**row) for row in data["sections"]),
        lists=tuple(
            OutlineList(row["title"], tuple(row["indicators"]), tuple(row["columns"]), row["order"])
            for row in data.get("lists", ())
        ),
    )
