"""Load the layout of official documents from data: sizes, margins, spacing, fixed words, each with its legal basis.

The facts live in `layout_nd30.csv`. `value` is printed, `allowed` is what the basis permits ("12-13"), `confidence`
is V2 (read in a public restatement of the decree), memory (not yet compared with the text) or ours (no rule decides).
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from khcn.kernel.documents.model import Style

LAYOUT_FILE: Final = Path(__file__).with_name("layout_nd30.csv")


@dataclass(frozen=True, slots=True)
class LayoutFact:
    """Hold one layout value, in `unit` (mm, pt, em, share, multiple, count, flag, text), with where it comes from."""

    style: Style
    key: str
    value: str
    unit: str
    allowed: str
    component: str
    basis: str
    confidence: str

    def is_within_allowed(self) -> bool:
        """Say whether the chosen value lies in the range its basis permits; no range permits everything."""
        if not self.allowed:
            return True
        low, _, high = self.allowed.partition("-")
        return float(low) <= float(self.value) <= float(high or low)


@dataclass(frozen=True, slots=True)
class Layout:
    """Answer the layout of one style by key; the compact style falls back on the official one."""

    facts: MappingProxyType[str, LayoutFact]

    def number(self, key: str) -> float:
        """Return a size in the unit of its row."""
        return float(self.facts[key].value)

    def text(self, key: str) -> str:
        """Return a fixed word or a font name."""
        return self.facts[key].value

    def values(self) -> dict[str, float | str]:
        """Return every value by key: numbers in the unit of their row, texts as they are."""
        return {key: fact.value if fact.unit == "text" else float(fact.value) for key, fact in self.facts.items()}


@cache
def layout_facts() -> tuple[LayoutFact, ...]:
    """Return every row of the layout table, in the order of the file."""
    with LAYOUT_FILE.open(encoding="utf-8", newline="") as rows:
        return tuple(
            LayoutFact(
                style=Style(row["style"]),
                key=row["key"],
                value=row["value"],
                unit=row["unit"],
                allowed=row["allowed"],
                component=row["component"],
                basis=row["basis"],
                confidence=row["confidence"],
            )
            for row in csv.DictReader(rows)
        )


@cache
def layout_for(style: Style) -> Layout:
    """Return the layout of a style."""
    chosen = {fact.key: fact for fact in layout_facts() if fact.style == Style.OFFICIAL}
    chosen |= {fact.key: fact for fact in layout_facts() if fact.style == style}
    return Layout(MappingProxyType(chosen))
