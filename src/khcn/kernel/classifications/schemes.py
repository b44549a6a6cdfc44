"""The classifications that the product knows: their names, how their codes look, when they apply; pure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from khcn.language.words import joined
from khcn.language.words import words as _

DATA = Path(__file__).with_name("data")
RESEARCH_FIELDS = "research-field"
"""How the keys of all classifications of research fields begin."""
LABELS = {
    "document-kind": _("Loại văn bản"),
    "research-field-2008": _("Lĩnh vực nghiên cứu, bảng năm 2008"),
    "research-field-2025": _("Lĩnh vực nghiên cứu, bảng năm 2025"),
}


class SchemeUnknown(ValueError):
    """No classification that takes codes from files has this key; the message names those that do."""


@dataclass(frozen=True)
class Scheme:
    """One classification.

    `lengths`: how many digits a code of each level has, the highest level first; () for a list whose codes are not
    built of digits and which no file may change. `valid_from`, `valid_to`: both inclusive, None for no limit.
    `counts`: how many codes each level is said to have, () where nobody says it.
    """

    key: str
    label: str
    lengths: tuple[int, ...]
    valid_from: date | None
    valid_to: date | None
    counts: tuple[int, ...]
    legal_basis: str
    confidence: str

    def level_of(self, code: str) -> int | None:
        """Return the level of a code by its number of digits, the highest is 1; None where no level has so many."""
        return self.lengths.index(len(code)) + 1 if len(code) in self.lengths else None

    def parent_of(self, code: str) -> str:
        """Return the code of the entry above, "" for one of the highest level."""
        level = self.level_of(code) or 1
        return code[: self.lengths[level - 2]] if level > 1 else ""


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the classifications in the order of their keys."""
    with (DATA / "schemes.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_scheme(row) for row in csv.DictReader(file))


def importable_schemes() -> tuple[Scheme, ...]:
    """Return the classifications whose codes are taken from files."""
    return tuple(one for one in schemes() if one.lengths)


def scheme_to_import(key: str) -> Scheme:
    """Return the classification of that key, if its codes are taken from files.

    Raises: SchemeUnknown.
    """
    for one in importable_schemes():
        if one.key == key:
            return one
    known = joined(", ", [one.key for one in importable_schemes()])
    raise SchemeUnknown(
        _("Không có bảng phân loại «{key}» nhận mã từ tệp. Chọn một trong các bảng: {known}.").format(
            key=key, known=known
        )
    )


def _scheme(row: dict[str, str]) -> Scheme:
    first, last = (date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to"))
    return Scheme(
        key=row["key"],
        label=LABELS[row["key"]],
        lengths=_numbers(row["lengths"]),
        valid_from=first,
        valid_to=last,
        counts=_numbers(row["counts"]),
        legal_basis=row["legal_basis"],
        confidence=row["confidence"],
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split())
