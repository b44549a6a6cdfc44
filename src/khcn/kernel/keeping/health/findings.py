"""What a check says: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from khcn.kernel.records.registry import registers

EXAMPLES = 20
"""How many findings of one kind are named; more of them would say nothing new."""


class Level(StrEnum):
    """Whether someone must act."""

    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing found: where, what, and what to do, as Vietnamese sentences."""

    where: str
    what: str
    todo: str
    level: Level = Level.FAULT


@dataclass(frozen=True)
class Asked:
    """What the checks are asked with: the instant, and whether the bytes of all stored files are read."""

    now: datetime
    all_files: bool = False


@dataclass(frozen=True)
class Check:
    """One check: what it answers for, and how it is made. It only reads."""

    key: str
    label: str
    find: Callable[[Asked], Iterable[Finding]]


def name_of(model: Any, key: Any) -> str:
    """Return how people know a row: its code and register, or its table and number."""
    for register in registers():
        if register.model is model:
            code = model.objects.filter(pk=key).values_list("code", flat=True).first()
            return f"{register.key} {code or ''} (số {key})"
    return f"{model._meta.db_table} số {key}"
