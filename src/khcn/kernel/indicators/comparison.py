"""Explain the difference of two readings of an indicator, record by record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Indicator, Sum, find_indicator
from khcn.kernel.records.refs import RecordRef


@dataclass(frozen=True)
class Reading:
    """A period, read as known at an instant (None: now)."""

    period: Period
    as_of: datetime | None = None


@dataclass(frozen=True)
class Contribution:
    """What one record adds to the difference of two readings; None where the reading does not hold the record.

    `code` and `title`: as the second reading names it, or the first where only that holds it.
    """

    ref: RecordRef
    code: str
    title: str
    before: Decimal | None
    after: Decimal | None

    @property
    def amount(self) -> Decimal:
        """Return what the record adds: the second reading's part less the first's."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass
class _Part:
    code: str
    title: str
    amount: Decimal


def contributions(code: str, before: Reading, after: Reading, *, office: Office) -> list[Contribution]:
    """Return the records that make the second reading of an indicator differ from the first, by code.

    Their amounts add up to the difference of the two figures. A record that both readings hold with the same part is
    left out; an indicator whose values others answer for has none. Two queries.
    Raises: UnknownIndicator.
    """
    found = find_indicator(code)
    if found.select is None:
        return []
    old, new = (_parts(found, reading, office) for reading in (before, after))
    rows = (_contribution(ref, old.get(ref), new.get(ref)) for ref in {**old, **new})
    return sorted((row for row in rows if _counts(row)), key=lambda row: (row.code, row.ref.id))


def _counts(row: Contribution) -> bool:
    return row.before is None or row.after is None or row.amount != 0


def _parts(found: Indicator, reading: Reading, office: Office) -> dict[RecordRef, _Part]:
    """Return the part of each record in a reading: one by one what its aggregate counts or adds up."""
    select: Any = found.select
    records: Any = select(reading.period, reading.as_of, office)
    added = (found.measure.column,) if isinstance(found.measure, Sum) else ()
    parts: dict[RecordRef, _Part] = {}
    rows: Iterable[tuple[Any, ...]] = records.order_by().values_list("pk", "code", "title", *added)
    for key, code, title, *value in rows:
        part = parts.setdefault(RecordRef(records.model.REGISTER, key), _Part(code, title, Decimal(0)))
        part.amount += Decimal(value[0] or 0) if added else 1
    return parts


def _contribution(ref: RecordRef, old: _Part | None, new: _Part | None) -> Contribution:
    named: Any = new or old
    return Contribution(ref, named.code, named.title, old.amount if old else None, new.amount if new else None)
