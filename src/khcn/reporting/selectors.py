"""Read a report's figures: live, as of an instant, frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.models import ReportedValue, Target
from khcn.kernel.indicators.periods import Period, year_earlier
from khcn.kernel.indicators.registry import Indicator, Sum, find_indicator, indicators
from khcn.kernel.indicators.selectors import report_period
from khcn.kernel.indicators.values import stated_values, values_of
from khcn.reporting.behind import Behind, frozen_records, live_records
from khcn.reporting.designs import outline_of, outline_on
from khcn.reporting.models import FrozenFigure, PeriodReport
from khcn.reporting.outlines import Outline, outline


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """One figure of a report: its value, None where nobody stated one, and the records behind it, None for none."""

    indicator: str
    label: str
    unit: str
    kind: str
    measure: str
    value: Decimal | None
    records: Behind | None
    rounded_wording: bool = False
    definition: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportLine(FigureLine):
    """One line of the annex: plan, done, same period last year, estimate; `None` where nobody stated one."""

    target: Decimal | None
    estimate: Decimal | None
    year_before: Decimal | None


def report_lines(
    kind: str,
    year: int,
    *,
    office: Office,
    part: int = 0,
    as_of: datetime | None = None,
    period: Period | None = None,
    plan: Outline | None = None,
) -> list[ReportLine]:
    """Return the lines of a report's annex, as known at the instant (None: now), in the order of its outline.

    `part`: which month or quarter. `period`: the days themselves, where a report has them. `plan`: the outline of that
    report, the one in force on its last day where it is not said. A few queries, however many lines and records.
    Raises: UnknownOutline; UnknownPeriod; RuleUnknown.
    """
    if plan is None:
        outline(kind)  # that there is no such kind is told before that it has no period
    if period is None:
        period, _rule = report_period(kind, year, office=office, part=part)
    wanted = (plan or outline_on(office, kind, period.last)).indicators
    # The days of the report itself, not those of a rule that may have changed since it was drafted.
    before = year_earlier(period)
    codes = _declared(wanted)
    values = values_of([(code, days, as_of) for days in (period, before) for code in codes], office=office)
    estimates = ReportedValue.objects.filter(is_estimate=True)
    targets, estimated = (
        stated_values(rows, codes, period=period, office=office, as_of=as_of)
        for rows in (Target.objects.all(), estimates)
    )
    return [
        ReportLine(
            **_said(find_indicator(code), period, office, as_of),
            value=values[place],
            target=targets.get(code),
            estimate=estimated.get(code),
            year_before=values[len(codes) + place],
        )
        for place, code in enumerate(codes)
    ]


def figure_lines(
    codes: Sequence[str], period: Period, *, office: Office, as_of: datetime | None = None
) -> list[FigureLine]:
    """Return the figures of the declared ones among the indicators, without what the annex puts beside them."""
    codes = _declared(codes)
    values = values_of([(code, period, as_of) for code in codes], office=office)
    return [
        FigureLine(**_said(find_indicator(code), period, office, as_of), value=value)
        for code, value in zip(codes, values, strict=True)
    ]


def _declared(codes: Sequence[str]) -> list[str]:
    known = {row.code for row in indicators()}
    return [code for code in codes if code in known]


def _said(found: Indicator, period: Period, office: Office, as_of: datetime | None) -> dict[str, Any]:
    return {
        "indicator": found.code,
        "label": found.label,
        "unit": found.unit,
        "kind": str(found.kind),
        "measure": "sum" if isinstance(found.measure, Sum) else "count",
        "records": live_records(found, period, office, as_of),
        "rounded_wording": found.rounded_wording,
        "definition": found.definition,
    }


def live_lines_of(report: PeriodReport, as_of: datetime | None = None) -> list[ReportLine]:
    """Return the lines of a report's own outline over its own days, as known at the instant (None: now)."""
    return report_lines(
        report.kind, report.year, office=report.office, as_of=as_of, period=report.period, plan=outline_of(report)
    )


def lines_of(report: PeriodReport) -> list[ReportLine]:
    """Return a report's lines: frozen ones if it was frozen, else live."""
    if report.frozen_at is None:
        return live_lines_of(report)
    return [_frozen_line(row) for row in report.frozen_figures.all()]


def line_of(report: PeriodReport, indicator: str, *, as_of: datetime | None = None) -> FigureLine | None:
    """Return one figure of a report, nothing else computed; None where the report has no such figure.

    `as_of`: asks for that instant instead of the frozen figure.
    """
    if as_of is None and report.frozen_at is not None:
        row = report.frozen_figures.filter(indicator=indicator).first()
        return _frozen_line(row) if row else None
    wanted = [code for code in outline_of(report).indicators if code == indicator]
    return next(iter(figure_lines(wanted, report.period, office=report.office, as_of=as_of)), None)


def _frozen_line(row: FrozenFigure) -> ReportLine:
    declared = {found.code: found for found in indicators()}
    found = declared.get(row.indicator)
    return ReportLine(
        indicator=row.indicator,
        label=row.label,
        unit=row.unit,
        kind=row.kind,
        measure=row.measure,
        value=row.value,
        target=row.target,
        estimate=row.estimate,
        year_before=row.year_before,
        records=frozen_records(row),
        rounded_wording=bool(found and found.rounded_wording),
        definition=found.definition if found else "",
    )
