"""Read a report's figures: live, as of an instant, frozen; and explain what moved between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import Period, year_earlier
from khcn.kernel.indicators.registry import Kind, find_indicator, indicators
from khcn.kernel.indicators.selectors import Figure, estimate, figure, report_period, target
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import resolve
from khcn.reporting.models import PeriodReport
from khcn.reporting.outlines import outline


@dataclass(frozen=True)
class FigureRecord:
    """One record behind a figure, as it was named then."""

    register: str
    id: int
    code: str
    title: str

    def to_json(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {"register": self.register, "id": self.id, "code": self.code, "title": self.title}


@dataclass(frozen=True)
class ReportLine:
    """One line of the annex: plan, done, same period last year, estimate; `None` where nobody stated one."""

    indicator: str
    label: str
    unit: str
    kind: str
    measure: str
    value: Decimal | None
    target: Decimal | None
    estimate: Decimal | None
    year_before: Decimal | None
    records: tuple[FigureRecord, ...]
    rounded_wording: bool = False
    definition: str = ""


def report_lines(
    kind: str,
    year: int,
    *,
    office: Office,
    part: int = 0,
    as_of: datetime | None = None,
    period: Period | None = None,
) -> list[ReportLine]:
    """Return the lines of a report's annex, as known at the instant (None: now), in the order of its outline.

    `part`: which month or quarter. `period`: the days themselves, where a report has them.
    Raises: UnknownOutline; UnknownPeriod; RuleUnknown.
    """
    wanted = outline(kind).indicators
    if period is None:
        period, _rule = report_period(kind, year, office=office, part=part)
    # The days of the report itself, not those of a rule that may have changed since it was drafted.
    before = year_earlier(period)
    declared = {row.code for row in indicators()}
    codes = [code for code in wanted if code in declared]
    return [_line(code, period, before, office, as_of) for code in codes]


def _line(code: str, period: Period, before: Period, office: Office, as_of: datetime | None) -> ReportLine:
    found = find_indicator(code)
    done = figure(code, period=period, office=office, as_of=as_of)
    return ReportLine(
        indicator=code,
        label=found.label,
        unit=found.unit,
        kind=str(found.kind),
        measure=done.measure,
        value=done.value,
        target=target(code, period=period, office=office, as_of=as_of).value,
        estimate=estimate(code, period=period, office=office, as_of=as_of).value,
        year_before=figure(code, period=before, office=office, as_of=as_of).value,
        records=records_of(done),
        rounded_wording=found.rounded_wording,
        definition=found.definition,
    )


def records_of(done: Figure) -> tuple[FigureRecord, ...]:
    """Return the records behind a figure, by code; none for reported figures and targets."""
    if done.records is None or done.kind in (Kind.REPORTED, Kind.TARGET):
        return ()
    rows = done.records.order_by("code")
    return tuple(FigureRecord(rows.model.REGISTER, row.pk, row.code, row.title) for row in rows)


def lines_of(report: PeriodReport) -> list[ReportLine]:
    """Return a report's lines: frozen ones if it was frozen, else live."""
    if report.frozen_at is None:
        return report_lines(report.kind, report.year, office=report.office, period=report.period)
    return [_frozen_line(row) for row in report.frozen_figures.all()]


def _frozen_line(row: Any) -> ReportLine:
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
        records=tuple(FigureRecord(**record) for record in row.records),
        rounded_wording=bool(found and found.rounded_wording),
        definition=found.definition if found else "",
    )


@dataclass(frozen=True)
class LineDifference:
    """How one figure differs between two readings, record by record."""

    line: ReportLine
    before: Decimal | None
    after: Decimal | None
    added: tuple[FigureRecord, ...]
    removed: tuple[FigureRecord, ...]

    @property
    def moved(self) -> bool:
        """Tell whether value or records differ."""
        return self.before != self.after or bool(self.added or self.removed)


def differences(before: Sequence[ReportLine], after: Sequence[ReportLine]) -> list[LineDifference]:
    """Return, for each line of the earlier reading, what the later one adds and takes away."""
    later = {line.indicator: line for line in after}
    return [_difference(line, later[line.indicator]) for line in before if line.indicator in later]


def _difference(before: ReportLine, after: ReportLine) -> LineDifference:
    old = {(record.register, record.id) for record in before.records}
    new = {(record.register, record.id) for record in after.records}
    return LineDifference(
        line=before,
        before=before.value,
        after=after.value,
        added=tuple(record for record in after.records if (record.register, record.id) not in old),
        removed=tuple(record for record in before.records if (record.register, record.id) not in new),
    )


def since_freeze(report: PeriodReport) -> list[LineDifference]:
    """Return what moved since the report was frozen; an unfrozen report has no differences."""
    if report.frozen_at is None:
        return []
    live = report_lines(report.kind, report.year, office=report.office, period=report.period)
    return [row for row in differences(lines_of(report), live) if row.moved]


def visible_difference(moved: LineDifference, user: Any) -> LineDifference:
    """Return the difference naming only the records the user may see; its two values stay."""
    return replace(
        moved,
        added=tuple(visible_records(moved.added, user)),
        removed=tuple(visible_records(moved.removed, user)),
    )


def visible_records(records: Sequence[FigureRecord], user: Any) -> list[FigureRecord]:
    """Keep the records the user may see."""
    found = resolve({RecordRef(record.register, record.id) for record in records}, user)
    return [record for record in records if RecordRef(record.register, record.id) in found]
