"""Read the rule values that come with the product; pure, so that commands without a database can use them."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from khcn.language.words import words as _

_files: list[Path] = [Path(__file__).with_name("rules.csv")]


@dataclass(frozen=True)
class ShippedRule:
    """One row of a shipped rule file; `value` is any JSON value."""

    key: str
    label: str
    value: Any
    unit: str
    office: str
    valid_from: date | None
    valid_to: date | None
    legal_basis: str
    confidence: str
    note: str


class RuleFileFault(Exception):
    """A shipped rule row cannot be read; the message names the file and the row."""


def add_rule_file(path: Path) -> None:
    """Let a module ship rules of its own; called from its apps.py."""
    if path not in _files:
        _files.append(path)


def shipped_rules() -> list[ShippedRule]:
    """Return all shipped rules.

    Raises: RuleFileFault.
    """
    return [rule for path in _files for rule in _read(path)]


def _read(path: Path) -> list[ShippedRule]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            _rule(row, _("{name}, dòng {number}").format(name=path.name, number=number))
            for number, row in enumerate(csv.DictReader(file), start=2)
        ]


def _rule(row: dict[str, str], where: str) -> ShippedRule:
    try:
        return ShippedRule(
            key=row["key"],
            label=row["label"],
            value=json.loads(row["value"]),
            unit=row["unit"],
            office=row["office"],
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            legal_basis=row["legal_basis"],
            confidence=row["confidence"],
            note=row["note"],
        )
    except (KeyError, ValueError) as fault:
        raise RuleFileFault(f"{where}: {fault}") from fault
