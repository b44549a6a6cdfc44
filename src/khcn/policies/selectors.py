"""Read how a programme goes: its execution items, and how each target stands in each year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from khcn.assignments.models import AssignmentQuerySet
from khcn.assignments.selectors import assignments_from
from khcn.kernel.indicators.periods import YEAR
from khcn.kernel.indicators.registry import Kind, UnknownIndicator, find_indicator
from khcn.kernel.indicators.selectors import Figure, figure, report_period
from khcn.kernel.records.record import Record
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force
from khcn.policies.models import Programme, ProgrammeTarget, TargetReport, TargetYear
from khcn.policies.rules import Aim, Measured, progress
from khcn.policies.states import Progress, ReportingPeriod

PATH_RULE = "policies.target_path"


@dataclass(frozen=True)
class TargetValue:
    """A value with the day up to which it speaks; of one counted here `figure` holds the records, else `report`."""

    value: Decimal
    on: date
    comparator: str = "exact"
    report: TargetReport | None = None
    figure: Figure | None = None

    @property
    def of_whole_year(self) -> bool:
        """Tell whether the value speaks of its whole year: a counted one does, a reported one says its period."""
        return self.report is None or self.report.period == ReportingPeriod.YEAR


@dataclass(frozen=True)
class YearStanding:
    """What one target wants in one year, the latest value, and how it stands."""

    year: int
    wanted: TargetYear | None
    found: TargetValue | None
    progress: Progress


@dataclass(frozen=True)
class TargetStanding:
    """One target with its years in order."""

    target: ProgrammeTarget
    years: tuple[YearStanding, ...]

    def of(self, year: int) -> YearStanding | None:
        """Return how the target stands in a year; None where neither a target nor a value speaks of it."""
        return next((one for one in self.years if one.year == year), None)


@dataclass(frozen=True)
class Reading:
    """On which day targets are judged, and as known at which instant (None: now).

    `figure_years`: the years for which values are counted from the registers; None counts all of them.
    """

    today: date
    instant: datetime | None = None
    figure_years: frozenset[int] | None = None


def execution_items(origin: Record) -> AssignmentQuerySet:
    """Return the assignments by which a programme, or one of its targets, is carried out."""
    return assignments_from(origin)


def target_standings(programme: Programme, reading: Reading) -> list[TargetStanding]:
    """Return the followed targets of a programme; the number of queries does not grow with them or their values."""
    targets = _with_parts(ProgrammeTarget.objects.as_of(reading.instant).filter(programme_id=programme.pk), reading)
    return standings_of([one for one in targets if one.withdrawn_on is None], reading)


def standing_of(target: ProgrammeTarget, reading: Reading) -> TargetStanding:
    """Return how one target stands in all its years."""
    rows = _with_parts(ProgrammeTarget.objects.as_of(reading.instant).filter(pk=target.pk), reading)
    return standings_of(rows, reading)[0]


def standings_of(targets: Iterable[ProgrammeTarget], reading: Reading) -> list[TargetStanding]:
    """Return how targets stand that were read with their years and accepted reports."""
    path = path_rule(reading.today)
    words = str(path.value) if path is not None else ""
    figures: dict[tuple[str, int], TargetValue] = {}
    return [TargetStanding(one, tuple(_years(one, reading, words, figures))) for one in targets]


def path_rule(today: date) -> Rule | None:
    """Return the rule that says how progress within a year is judged, if there is one."""
    try:
        return rule_in_force(PATH_RULE, on=today)
    except RuleUnknown:
        return None


def counted_here(target: ProgrammeTarget) -> bool:
    """Tell whether the target's value comes from the registers: its indicator is a counted or summed one."""
    try:
        return bool(target.indicator) and find_indicator(target.indicator).kind is not Kind.REPORTED
    except UnknownIndicator:  # one that an older version knew
        return False


def years_of(standings: Sequence[TargetStanding]) -> list[int]:
    """Return all years that the standings speak of, in order."""
    return sorted({year.year for one in standings for year in one.years})


def year_in_view(programme: Programme, today: date) -> int:
    """Return the year that a programme's page speaks of first: this one, or the nearest of its years."""
    first, last = programme.first_year or today.year, programme.last_year or max(today.year, programme.first_year or 0)
    return min(max(today.year, first), last)


def _with_parts(rows: Any, reading: Reading) -> Any:
    reports = TargetReport.objects.as_of(reading.instant).accepted().select_related("organisation")
    return (
        rows.select_related("owner_organisation", "office", "programme")
        .prefetch_related(
            Prefetch("years", TargetYear.objects.as_of(reading.instant)),
            Prefetch("reports", reports.order_by("measured_on", "pk"), to_attr="accepted_reports"),
        )
        .order_by("code")
    )


def _years(target: Any, reading: Reading, path: str, figures: dict[tuple[str, int], TargetValue]) -> Any:
    wanted = {one.year: one for one in target.years.all()}
    said: dict[int, list[TargetReport]] = defaultdict(list)
    for report in target.accepted_reports:
        said[report.year].append(report)
    for year in sorted({*wanted, *said}):
        found = _counted(target, year, reading, figures) if counted_here(target) else _reported(said.get(year, []))
        value = wanted[year].value if year in wanted else None
        aim = Aim(target.direction, value, year, target.baseline, target.baseline_year)
        measured = Measured(found.value, found.on, found.of_whole_year) if found is not None else None
        stands = progress(aim, measured, today=reading.today, path=path)
        yield YearStanding(year, wanted.get(year), found, stands)


def _reported(reports: Sequence[TargetReport]) -> TargetValue | None:
    if not reports:
        return None
    last = reports[-1]
    return TargetValue(last.value, last.measured_on, last.comparator, report=last)


def _counted(
    target: ProgrammeTarget, year: int, reading: Reading, figures: dict[tuple[str, int], TargetValue]
) -> TargetValue | None:
    if year > reading.today.year or (reading.figure_years is not None and year not in reading.figure_years):
        return None
    key = (target.indicator, year)
    if key not in figures:
        period, _ = report_period(YEAR, year, office=target.office)
        made = figure(target.indicator, period=period, office=target.office, as_of=reading.instant)
        figures[key] = TargetValue(made.value or Decimal(0), min(period.last, reading.today), figure=made)
    return figures[key]
