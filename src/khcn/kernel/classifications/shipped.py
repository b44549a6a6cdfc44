"""Read the code lists that come with the product; pure, without a database."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")
DOCUMENT_KIND = "document-kind"
RESEARCH_FIELD = "research-field-2008"


@dataclass(frozen=True)
class ShippedClass:
    """One entry of a code list; `parent` is the code of the entry above in the same scheme."""

    scheme: str
    code: str
    name: str
    parent: str
    valid_from: date | None
    valid_to: date | None
    legal_basis: str
    confidence: str
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, date | None]:
        """Return what tells this entry from every other."""
        return self.scheme, self.code, self.valid_from


def shipped_classes() -> list[ShippedClass]:
    """Return all entries, those above before those below."""
    kinds = _read("document_kinds.csv", DOCUMENT_KIND, _kind_attributes)
    return kinds + _read("research_fields.csv", RESEARCH_FIELD, lambda row: {"level": int(row["level"])})


def _kind_attributes(row: dict[str, str]) -> dict[str, Any]:
    return {name: row[name] for name in ("system", "abbreviation", "number_form", "note")}


def _read(name: str, scheme: str, attributes: Callable[[dict[str, str]], dict[str, Any]]) -> list[ShippedClass]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        ShippedClass(
            scheme=scheme,
            code=row["code"],
            name=row["name"],
            parent=row.get("parent", ""),
            valid_from=_day(row.get("valid_from", "")),
            valid_to=_day(row.get("valid_to", "")),
            legal_basis=row["legal_basis"],
            confidence=row["confidence"],
            attributes=attributes(row),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: bool(row.parent))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
