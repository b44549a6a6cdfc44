"""Compare two readings: of two periods, of one period at two instants, of two editions of a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.comparison import Contribution, Reading, contributions
from khcn.kernel.indicators.periods import year_earlier
from khcn.kernel.indicators.registry import Indicator, find_indicator, indicators
from khcn.kernel.indicators.selectors import figure
from khcn.kernel.records.between import Happening, between
from khcn.kernel.records.clock import LATEST
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import register, resolve
from khcn.reporting.models import PeriodReport
from khcn.reporting.outlines import outline

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
    """Return the indicators of both readings' outlines in both; at most two queries an indicator, whatever they count.

    Raises: UnknownOutline.
    """
    declared = {found.code for found in indicators()}
    wanted = dict.fromkeys(code for one in (after, before) for code in outline(one.period.kind).indicators)
    return [compared_figure(code, before, after, office=office) for code in wanted if code in declared]


def compared_figure(code: str, before: Reading, after: Reading, *, office: Office) -> ComparedFigure:
    """Return one indicator in both readings.

    Raises: UnknownIndicator.
    """
    values = [figure(code, period=one.period, office=office, as_of=one.as_of).value for one in (before, after)]
    return ComparedFigure(find_indicator(code), *values)


def explanation(code: str, before: Reading, after: Reading, *, office: Office, reader: Any) -> Explanation:
    """Return what makes an indicator differ, naming only the records the reader may see.

    Raises: UnknownIndicator.
    """
    rows = contributions(code, before, after, office=office)
    seen = resolve({row.ref for row in rows}, reader)
    visible = [row for row in rows if row.ref in seen]
    groups = [[row for row in visible if _group(row) == place][:SHOWN] for place in range(3)]
    listed = [row for group in groups for row in group]
    told = _happenings(listed, before.as_of, after.as_of)
    added, taken, changed = (tuple(_named(row, seen[row.ref], told) for row in group) for group in groups)
    return Explanation(
        compared_figure(code, before, after, office=office),
        added,
        taken,
        changed,
        unnamed=len(rows) - len(listed),
        unnamed_amount=_sum(rows) - _sum(listed),
        hidden=len(rows) - len(visible),
    )


def _group(row: Contribution) -> int:
    """Return 0 for what the second reading adds, 1 for what it takes away, 2 for what it only changes."""
    return 0 if row.before is None else 1 if row.after is None else 2


def _sum(rows: Iterable[Contribution]) -> Decimal:
    return sum((row.amount for row in rows), Decimal(0))


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
