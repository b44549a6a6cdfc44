"""Load the layout of official documents from data: sizes, margins, spacing, fixed words, each with its legal basis.

The facts live in `layout_nd30.csv` (Decree 30/2020) and `layout_party.csv` (papers of the Party). `value` is printed,
`allowed` is what the basis permits ("12-13"), `confidence` is V2 (read in a public restatement), memory or unchecked
(not yet compared with the text) or ours (no rule decides).
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from khcn.kernel.documents.model import Style

LAYOUT_FILES: Final = tuple(Path(__file__).with_name(name) for name in ("layout_nd30.csv", "layout_party.csv"))
FALLS_BACK_ON: Final = MappingProxyType(
    {
        Style.OFFICIAL: (Style.OFFICIAL,),
        Style.COMPACT: (Style.OFFICIAL, Style.COMPACT),
        Style.PARTY: (Style.OFFICIAL, Style.PARTY),
        Style.PARTY_COMPACT: (Style.OFFICIAL, Style.PARTY, Style.COMPACT, Style.PARTY_COMPACT),
    }
)
"""Style → the styles whose facts it is made of; a later one goes before an earlier one."""
UNCHECKED: Final = frozenset({"memory", "unchecked"})


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

    @property
    def is_unchecked(self) -> bool:
        """Tell whether nobody has compared the value with the text it rests on."""
        return self.confidence in UNCHECKED

    def is_within_allowed(self) -> bool:
        """Say whether the chosen value lies in the range its basis permits; no range permits everything."""
        if not self.allowed:
            return True
        low, _, high = self.allowed.partition("-")
        return float(low) <= float(self.value) <= float(high or low)


@dataclass(frozen=True, slots=True)
class Layout:
    """Answer the layout of one style by key."""

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
    """Return every row of the layout tables, in the order of the files."""
    return tuple(fact for path in LAYOUT_FILES for fact in _facts_in(path))


def _facts_in(path: Path) -> list[LayoutFact]:
    with path.open(encoding="utf-8", newline="") as rows:
        return [
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
        ]


@cache
def layout_for(style: Style) -> Layout:
    """Return the layout of a style: its own facts over those it falls back on."""
    facts = {(fact.style, fact.key): fact for fact in layout_facts()}
    chosen: dict[str, LayoutFact] = {}
    for part in FALLS_BACK_ON[style]:
        chosen |= {key: fact for (of, key), fact in facts.items() if of is part}
    return Layout(MappingProxyType(chosen))


@cache
def unchecked_facts(style: Style) -> tuple[LayoutFact, ...]:
    """Return the values that the style prints and that nobody has compared with the text they rest on."""
    return tuple(fact for fact in layout_for(style).facts.values() if fact.is_unchecked)
