"""Explain the difference of two readings of an indicator, record by record.

Which records differ is found inside the database: a reading may hold more of them than a page can name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django.db.models import DecimalField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Indicator, Sum, find_indicator
from khcn.kernel.records.clock import LATEST
from khcn.kernel.records.refs import RecordRef

ADDED, TAKEN, CHANGED = range(3)
"""The places of the three groups by which two readings differ."""
ONE, NOTHING = Decimal(1), Decimal(0)


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
        return (self.after or NOTHING) - (self.before or NOTHING)


@dataclass(frozen=True)
class Differing:
    """The records by which two readings of an indicator differ, as rows still to be asked for.

    `added`, `taken`: only in the second, only in the first; `changed`: in both with other amounts, None for a count,
    where each record is one.
    """

    added: QuerySet[Any]
    taken: QuerySet[Any]
    changed: QuerySet[Any] | None

    @property
    def groups(self) -> tuple[QuerySet[Any] | None, ...]:
        """Return the three groups in their order."""
        return self.added, self.taken, self.changed


def differing(code: str, before: Reading, after: Reading, *, office: Office) -> Differing | None:
    """Return the records by which the readings differ; None for an indicator whose values others answer for.

    Raises: UnknownIndicator.
    """
    found = find_indicator(code)
    if found.select is None:
        return None
    old, new = (found.select(reading.period, reading.as_of, office) for reading in (before, after))
    return Differing(
        _with_amount(found, new.filter(~Exists(_same(old, new)))),
        _with_amount(found, old.filter(~Exists(_same(new, old)))),
        _changed(found, old, new),
    )


def listed(group: QuerySet[Any] | None, place: int, most: int | None = None) -> Iterator[Contribution]:
    """Yield the records of a group as contributions, by code.

    `place`: of the group among the three. `most`: how many at most, all if not said.
    """
    if group is None:
        return
    key = cast("Any", group.model).REGISTER
    names = ("pk", "code", "title", "amount_here", *(("amount_before",) if place == CHANGED else ()))
    for pk, code, title, here, *earlier in group.order_by("code", "pk").values_list(*names)[:most]:
        amounts = {ADDED: (None, here), TAKEN: (here, None)}.get(place) or (earlier[0], here)
        yield Contribution(RecordRef(key, pk), code, title, *amounts)


def contributions(code: str, before: Reading, after: Reading, *, office: Office) -> list[Contribution]:
    """Return the records that make the second reading of an indicator differ from the first, by code.

    Their amounts add up to the difference of the two figures. A record that both readings hold with the same part is
    left out; an indicator whose values others answer for has none. Three queries at most.
    Raises: UnknownIndicator.
    """
    found = differing(code, before, after, office=office)
    groups = found.groups if found else ()
    rows = [row for place, group in enumerate(groups) for row in listed(group, place)]
    return sorted(rows, key=lambda row: (row.code, row.ref.id))


def inside(rows: Any, outer: Any) -> Any:
    """Return the rows fit to stand in a question about others: those of now stay of now where the others are past."""
    past = getattr(outer, "instant", None) is not None
    return rows.as_of(LATEST) if past and rows.instant is None else rows


def _same(rows: Any, outer: Any) -> Any:
    """Return the row, if any, of the record that is asked about around it."""
    return inside(rows, outer).order_by().filter(pk=OuterRef("pk"))


def _with_amount(found: Indicator, rows: Any) -> Any:
    return rows.annotate(amount_here=_amount(found))


def _amount(found: Indicator) -> Any:
    money = DecimalField()
    if not isinstance(found.measure, Sum):
        return Value(ONE, output_field=money)
    return Coalesce(F(found.measure.column), Value(NOTHING), output_field=money)


def _changed(found: Indicator, old: Any, new: Any) -> Any:
    if not isinstance(found.measure, Sum):
        return None
    earlier = _with_amount(found, _same(old, new)).values("amount_here")[:1]
    both = new.annotate(amount_here=_amount(found), amount_before=Subquery(earlier, output_field=DecimalField()))
    return both.filter(amount_before__isnull=False).exclude(amount_before=F("amount_here"))
