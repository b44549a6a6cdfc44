"""Compare two readings: of two periods, of one period at two instants, of two editions of a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.comparison import Contribution, Reading, differing, listed
from khcn.kernel.indicators.periods import year_earlier
from khcn.kernel.indicators.registry import Indicator, find_indicator, indicators
from khcn.kernel.indicators.values import answers, counted, values_of
from khcn.kernel.records.between import Happening, between
from khcn.kernel.records.clock import LATEST
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import register, resolve
from khcn.reporting.designs import outline_on
from khcn.reporting.models import PeriodReport

SHOWN = 200
"""How many records of a group a page names; the rest are one row with what they add."""


@dataclass(frozen=True)
class ComparedFigure:
    """One indicator in both readings; None where nobody stated a value."""

    indicator: Indicator
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Return the second value less the first."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Named:
    """A record the reader may see, what it adds, its own day if it has one, and what happened to it in between."""

    contribution: Contribution
    record: Record
    on: Any
    happenings: tuple[Happening, ...]


@dataclass(frozen=True)
class Explanation:
    """What makes one indicator differ.

    `added`, `taken`, `changed`: records only in the second reading, only in the first, in both with other amounts.
    `unnamed`: how many records more there are that are not listed. What is listed and `unnamed_amount` add up to the
    difference. `hidden`: how many of the unnamed the reader may not know of.
    """

    figure: ComparedFigure
    added: tuple[Named, ...]
    taken: tuple[Named, ...]
    changed: tuple[Named, ...]
    unnamed: int
    unnamed_amount: Decimal
    hidden: int


def reading_of(report: PeriodReport) -> Reading:
    """Return the reading of a report: its own days, as known when it was frozen, as known now while it is not."""
    return Reading(report.period, report.frozen_at)


def year_before(reading: Reading) -> Reading:
    """Return the same days of the year before, as known at the same instant."""
    return Reading(year_earlier(reading.period), reading.as_of)


def compared(before: Reading, after: Reading, *, office: Office) -> list[ComparedFigure]:
    """Return the indicators of both readings' outlines in both; a few queries, however many indicators there are.

    Raises: UnknownOutline.
    """
    declared = {found.code for found in indicators()}
    wanted = dict.fromkeys(
        code for one in (after, before) for code in outline_on(office, one.period.kind, one.period.last).indicators
    )
    return _compared([code for code in wanted if code in declared], before, after, office)


def compared_figure(code: str, before: Reading, after: Reading, *, office: Office) -> ComparedFigure:
    """Return one indicator in both readings.

    Raises: UnknownIndicator.
    """
    return _compared([code], before, after, office)[0]


def _compared(codes: Sequence[str], before: Reading, after: Reading, office: Office) -> list[ComparedFigure]:
    asked = [(code, one.period, one.as_of) for one in (before, after) for code in codes]
    values = values_of(asked, office=office)
    pairs = zip(codes, values[: len(codes)], values[len(codes) :], strict=True)
    return [ComparedFigure(find_indicator(code), *both) for code, *both in pairs]


def explanation(code: str, before: Reading, after: Reading, *, office: Office, reader: Any) -> Explanation:
    """Return what makes an indicator differ, naming only the records the reader may see.

    Raises: UnknownIndicator.
    """
    row, found = compared_figure(code, before, after, office=office), differing(code, before, after, office=office)
    every = found.groups if found else ()
    visible = [_visible(group, reader) for group in every]
    groups = [list(listed(group, place, most=SHOWN)) for place, group in enumerate(visible)]
    total, seen = _counts(every), _counts(visible)
    named = [one for group in groups for one in group]
    records = resolve({one.ref for one in named}, reader)
    told = _happenings(named, before.as_of, after.as_of)
    shown = [tuple(_named(one, records[one.ref], told) for one in group) for group in groups] or [(), (), ()]
    added, taken, changed = shown
    return Explanation(
        row,
        added,
        taken,
        changed,
        unnamed=total - len(named),
        # What all of them add is the difference itself: a reading is the sum of its records.
        unnamed_amount=(row.difference or Decimal(0)) - sum((one.amount for one in named), Decimal(0)),
        hidden=total - seen,
    )


def _visible(group: Any, reader: Any) -> Any:
    """Keep the records the reader may know of today, whatever instant they are read as of."""
    if group is None:
        return None
    today = group.model.objects.all() if group.instant is None else group.model.objects.as_of(LATEST)
    return group.filter(Exists(today.visible_to(reader).order_by().filter(pk=OuterRef("pk"))))


def _counts(groups: Iterable[Any]) -> int:
    """Return how many records the groups hold together; one query."""
    asked = {place: counted(group) for place, group in enumerate(groups) if group is not None}
    return sum(answers(asked).values())


def _named(row: Contribution, record: Record, told: dict[Any, list[Happening]]) -> Named:
    kept = register(row.ref.register)
    on = getattr(record, kept.date_field, None) if kept.date_field else None
    return Named(row, record, on, tuple(told.get(row.ref, ())))


def _happenings(
    rows: Sequence[Contribution], one: datetime | None, other: datetime | None
) -> dict[Any, list[Happening]]:
    """Return, by record, what became known between the two instants; nothing where they are one."""
    after, until = sorted((one or LATEST, other or LATEST))
    if after == until:
        return {}
    found: dict[Any, list[Happening]] = {}
    for key in {row.ref.register for row in rows}:
        kept = register(key)
        state_label = kept.workflow.state_label if kept.workflow else str
        ids = [row.ref.id for row in rows if row.ref.register == key]
        told = between(kept.model, ids, after=after, until=until, parts=kept.parts, state_label=state_label)
        found |= {row.ref: told[row.ref.id] for row in rows if row.ref.register == key and row.ref.id in told}
    return found


def editions(report: PeriodReport, reader: Any) -> list[PeriodReport]:
    """Return the other signed reports on the same period that the reader may know of, newest first."""
    rows = PeriodReport.objects.visible_to(reader).filter(
        office=report.office_id, kind=report.kind, year=report.year, period_part=report.period_part
    )
    return list(rows.exclude(pk=report.pk).exclude(frozen_at=None).order_by("-frozen_at"))
