"""Read the demonstration's own data files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from khcn.kernel.records.recording import Recording, recording

PASSWORD = "khcn-minh-hoa-2026"  # noqa: S105 (printed on purpose: a demonstration's login)
DATA = Path(__file__).with_name("data")
END_OF_WORK = time(17, 0)


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def text(name: str) -> str:
    """Return a text file of the demonstration."""
    return (DATA / name).read_text(encoding="utf-8")


def day(value: str) -> date | None:
    """Return an ISO date, or None for an empty cell."""
    return date.fromisoformat(value) if value else None


def evening_of(on: date) -> datetime:
    """Return the end of the working day, when what happened on it counts as known."""
    return timezone.make_aware(datetime.combine(on, END_OF_WORK))


def known_since(on: date, label: str, *, actor: Any = None) -> AbstractContextManager[Recording]:
    """Open a change that declares what is saved in it to have been known since the day."""
    return recording(actor=actor, verb="demo", label=label, on=on, known_from=evening_of(on), imported=True)
