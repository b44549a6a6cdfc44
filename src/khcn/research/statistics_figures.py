"""Count the tasks of statistics form 04CS for a year as known at an instant, and find those behind each figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, CharField, Count, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Substr

from khcn.kernel.classifications.models import Classification
from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import STATISTICS_YEAR, Period
from khcn.kernel.indicators.selectors import report_period
from khcn.parties.models import ScientistProfile
from khcn.parties.states import Sex
from khcn.research.models import BudgetLine, ResearchTask
from khcn.research.models.tasks import accepted_in, approved_in, goes_on
from khcn.research.statistics_rows import (
    BITS,
    FIELDS,
    NONE,
    Counts,
    FormRow,
    Kind,
    Measure,
    form_row,
    form_rows,
    row_counts,
)
from khcn.research.task_fields import FIELD_SCHEMES

DAY = timedelta(days=1)
TOTALS = tuple(row.code for row in form_rows() if row.is_total)


@dataclass(frozen=True)
class FilledForm:
    """The form of one office and year as known at an instant (None: now).

    `counts`: by row code, then column. `without_sex`: how many tasks of the total have no leader, or one whose sex is
    not recorded; where these are all tasks, nobody knows how many women lead.
    """

    office: Office
    period: Period
    as_of: datetime | None
    counts: dict[str, Counts]
    without_sex: int


def sex_known(as_of: datetime | None, *sexes: Sex) -> Q:
    """Return the condition that a task's leader is recorded to be of one of the sexes, of any if none is named.

    Sex is kept apart without history (ADR 11): of the past, the leader is that of then, the sex what is known today.
    """
    profiles = ScientistProfile.objects.as_of(as_of).standing().filter(private__sex__in=sexes or Sex.values)
    return Q(leader_id__in=profiles.order_by().values("person_id"))


def statistics_period(year: int, office: Office) -> Period:
    """Return the days that the national statistics of a year speak of.

    Raises: RuleUnknown.
    """
    return report_period(STATISTICS_YEAR, year, office=office)[0]


def carried_out_in(period: Period) -> Q:
    """Return the condition that a task counts among those carried out in the period."""
    going = goes_on(period.first - DAY, contracted_by=period.last)
    return approved_in(period) | going | accepted_in(period)


def rules_of(period: Period, as_of: datetime | None) -> dict[Measure, Q]:
    """Return which tasks each column counts."""
    carried_out = carried_out_in(period)
    return {
        Measure.TOTAL: carried_out,
        Measure.FEMALE: carried_out & sex_known(as_of, Sex.FEMALE),
        Measure.NEW: approved_in(period),
        Measure.CARRIED_OVER: goes_on(period.first - DAY),
        Measure.ACCEPTED: accepted_in(period),
        Measure.PUT_INTO_USE: ResearchTask.used_in(period, as_of),
    }


def filled_form(year: int, *, office: Office, as_of: datetime | None = None) -> FilledForm:
    """Return the whole form with three queries, however many rows it has.

    Raises: RuleUnknown.
    """
    period = statistics_period(year, office)
    with _uncompiled():
        counted = row_counts(_groups(rules_of(period, as_of), office, as_of))
    total = sum(counts[Measure.TOTAL] or 0 for counts in (counted[code] for code in TOTALS))
    told = _tasks(office, as_of).filter(carried_out_in(period) & sex_known(as_of)).order_by().count()
    if total and not told:
        counted = {code: {**counts, Measure.FEMALE: None} for code, counts in counted.items()}
    return FilledForm(office, period, as_of, counted, without_sex=total - told)


@contextmanager
def _uncompiled() -> Iterator[None]:
    """Keep PostgreSQL from compiling a query whose cost it thinks higher than it is.

    It takes the sources of each task for dear, and spent three quarters of the time of 60 000 tasks on compiling; SQL
    written by hand neither gains nor loses by it.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off")
        yield


def tasks_behind(row: FormRow, measure: Measure, period: Period, office: Office, as_of: datetime | None) -> Any:
    """Return the tasks that make one figure of the form, as known at the instant."""
    return _tasks(office, as_of).filter(rules_of(period, as_of)[measure], _rule_of(row, as_of))


def row_named(code: str, measure: str) -> tuple[FormRow, Measure] | None:
    """Return the row and the column of an address, None where the form has no such figure."""
    row = form_row(code)
    return (row, Measure(measure)) if row is not None and measure in set(Measure) else None


def _tasks(office: Office, as_of: datetime | None) -> Any:
    return ResearchTask.objects.as_of(as_of).of_office(office).standing()


def _groups(rules: Mapping[Measure, Q], office: Office, as_of: datetime | None) -> Iterator[tuple[Kind, list[int]]]:
    """Yield how many tasks of each kind every column counts; whose field or sources are alike stand together."""
    counted = rules[Measure.TOTAL] | rules[Measure.PUT_INTO_USE]
    rows = _tasks(office, as_of).filter(counted).annotate(bits=_source_bits(as_of), digit=_first_digit()).order_by()
    names = {measure: f"n_{measure.name.lower()}" for measure in Measure}
    found = rows.values("form", "level", "digit", "bits").annotate(
        **{names[measure]: Count("pk", filter=rules[measure]) for measure in Measure}
    )
    for one in found:
        digit = one["digit"] if one["digit"] in FIELDS else ""
        kind = Kind(one["form"], one["level"], digit, one["bits"])
        yield kind, [one[name] for name in names.values()]


def _source_bits(as_of: datetime | None) -> Any:
    """Return the sources of a task as one number: different powers of two, each added once."""
    bit = Case(*(When(source=source, then=number) for source, number in BITS.items()), default=0)
    lines = BudgetLine.objects.as_of(as_of).filter(task_id=OuterRef("pk")).order_by().values("task_id")
    return Coalesce(Subquery(lines.annotate(bits=Sum(bit, distinct=True)).values("bits")), 0)


def _first_digit() -> Any:
    """Return the first digit of a task's code of a research field, "" without one."""
    ours = When(field__scheme__startswith=FIELD_SCHEMES, then=Substr("field__code", 1, 1))
    return Case(ours, default=Value(""), output_field=CharField())


def _rule_of(row: FormRow, as_of: datetime | None) -> Q:
    rule = Q(form__in=row.forms)
    if row.level is not None:
        rule &= Q(level=row.level)
    if row.field:
        known = Classification.objects.filter(scheme__startswith=FIELD_SCHEMES)
        digits = FIELDS if row.field == NONE else {row.field}
        among = Q(field__in=[pk for pk, code in known.values_list("pk", "code") if code[:1] in digits])
        rule &= (Q(field=None) | ~among) if row.field == NONE else among
    lines = BudgetLine.objects.as_of(as_of).order_by().values("task_id")
    if row.without_source:
        rule &= ~Q(pk__in=lines)
    if row.sources:
        rule &= Q(pk__in=lines.filter(source__in=row.sources))
    return rule
