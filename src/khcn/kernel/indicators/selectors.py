"""Compute figures; a figure and its drill-down come from the same queryset."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.models import ReportedValue, StatedValue, Target
from khcn.kernel.indicators.periods import Period, checked_part, last_month_of, period_from_rule
from khcn.kernel.indicators.registry import Count, Indicator, Kind, Sum, find_indicator
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import rule_in_force


@dataclass(frozen=True)
class Figure:
    """One value with what it speaks of; `value` is None where nobody has stated one.

    `records`: the queryset whose rows make the value (None for reported and target).
    """

    indicator: Indicator
    kind: Kind
    period: Period
    as_of: datetime | None
    value: Decimal | None
    records: models.QuerySet[Any] | None = None
    source: str = ""
    comparator: str = "exact"

    @property
    def measure(self) -> str:
        """Return "sum" or "count"."""
        return "sum" if isinstance(self.indicator.measure, Sum) else "count"


def report_period(
    kind: str, year: int, *, office: Office, part: int = 0, on: date | None = None
) -> tuple[Period, Rule]:
    """Return the period of a report under the rule in force at its end, and that rule.

    That end is the last of the month or quarter, for the other kinds the last of the year.
    Raises: UnknownPeriod; RuleUnknown.
    """
    checked_part(kind, part)
    rule = rule_in_force(f"report.period.{kind}", on=on or ends_on(kind, year, part), office=office)
    return period_from_rule(kind, year, rule.value, part), rule


def ends_on(kind: str, year: int, part: int = 0) -> date:
    """Return the day on which the rule of a period must be in force: the last of its month or quarter, or year."""
    month = last_month_of(kind, part)
    return date(year, month, monthrange(year, month)[1])


def figure(code: str, *, period: Period, office: Office, as_of: datetime | None = None) -> Figure:
    """Return the figure of an indicator over a period, as known at an instant (None: now).

    Raises: UnknownIndicator.
    """
    found = find_indicator(code)
    if found.select is None:
        stated = ReportedValue.objects.filter(is_estimate=False)
        return _stated(found, Kind.REPORTED, stated, period=period, office=office, as_of=as_of)
    records = found.select(period, as_of, office)
    return Figure(found, found.kind, period, as_of, measure(found, records), records)


def measure(found: Indicator, records: models.QuerySet[Any]) -> Decimal:
    """Return the indicator's aggregate over a selection of records."""
    if isinstance(found.measure, Sum):
        total = Coalesce(models.Sum(found.measure.column), Decimal(0), output_field=models.DecimalField())
        return Decimal(records.aggregate(total=total)["total"])
    return Decimal(records.count())


def target(code: str, *, period: Period, office: Office, as_of: datetime | None = None) -> Figure:
    """Return the target set for an indicator and a period."""
    return _stated(find_indicator(code), Kind.TARGET, Target.objects.all(), period=period, office=office, as_of=as_of)


def estimate(code: str, *, period: Period, office: Office, as_of: datetime | None = None) -> Figure:
    """Return the estimate (ước thực hiện) for an indicator and a period."""
    rows = ReportedValue.objects.filter(is_estimate=True)
    return _stated(find_indicator(code), Kind.REPORTED, rows, period=period, office=office, as_of=as_of)


def _stated(
    found: Indicator,
    kind: Kind,
    rows: Any,
    *,
    period: Period,
    office: Office,
    as_of: datetime | None,
) -> Figure:
    row: StatedValue | None = (
        rows.as_of(as_of).filter(office=office, indicator=found.code, period_kind=period.key, year=period.year).first()
    )
    return Figure(
        found,
        kind,
        period,
        as_of,
        row.value if row else None,
        source=row.source if row else "",
        comparator=getattr(row, "comparator", "exact"),
    )


__all__ = ["Count", "Figure", "estimate", "figure", "measure", "report_period", "target"]
