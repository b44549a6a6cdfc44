"""Outlines of period reports, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


class UnknownOutline(Exception):
    """There is no outline for this kind of report."""


@dataclass(frozen=True)
class OutlineSection:
    """One section of an outline: number, heading, default text."""

    number: str
    heading: str
    text: str


@dataclass(frozen=True)
class Outline:
    """The title, indicators and sections of one kind of report; `confidence` as in the rulebook."""

    kind: str
    title: str
    confidence: str
    indicators: tuple[str, ...]
    sections: tuple[OutlineSection, ...]


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
        sections=tuple(OutlineSection(row["number"], row["heading"], row["text"]) for row in data["sections"]),
    )
