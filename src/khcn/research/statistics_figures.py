"""Count the tasks of statistics form 04CS for a year as known at an instant, and find those behind each figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

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
from khcn.research.statistics_rows import BITS, FIELDS, NONE, Counts, FormRow, Kind, Measure, form_row, row_counts
from khcn.research.task_fields import FIELD_SCHEMES

DAY = timedelta(days=1)


@dataclass(frozen=True)
class FilledForm:
    """The form of one office and year as known at an instant (None: now).

    `counts`: by row code, then column. `knows_sex`: whether the registers tell which leaders are women; `without_sex`:
    how many tasks of the total have a leader of whom they do not, or none.
    """

    office: Office
    period: Period
    as_of: datetime | None
    counts: dict[str, Counts]
    knows_sex: bool
    without_sex: int = 0


def led_by_a_woman(as_of: datetime | None) -> Q | None:
    """Return the condition that a task's leader is a woman; None where nobody's sex is recorded.

    Sex is kept apart without history (ADR 11): of the past, the leader is that of then, the sex what is known today.
    """
    recorded = recorded_leaders(as_of)
    if not recorded.exists():
        return None
    return Q(leader_id__in=recorded.filter(private__sex=Sex.FEMALE).values("person_id"))


def recorded_leaders(as_of: datetime | None) -> Any:
    """Return the CVs that tell the sex of their person."""
    return ScientistProfile.objects.as_of(as_of).standing().filter(private__sex__in=Sex.values).order_by()


def statistics_period(year: int, office: Office) -> Period:
    """Return the days that the national statistics of a year speak of.

    Raises: RuleUnknown.
    """
    return report_period(STATISTICS_YEAR, year, office=office)[0]


def carried_out_in(period: Period) -> Q:
    """Return the condition that a task counts among those carried out in the period."""
    going = goes_on(period.first - DAY, contracted_by=period.last)
    return approved_in(period) | going | accepted_in(period)


def rules_of(period: Period, as_of: datetime | None) -> dict[Measure, Q | None]:
    """Return which tasks each column counts; None where that is not known."""
    woman = led_by_a_woman(as_of)
    carried_out = carried_out_in(period)
    return {
        Measure.TOTAL: carried_out,
        Measure.FEMALE: None if woman is None else carried_out & woman,
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
    rules = rules_of(period, as_of)
    counted = row_counts(_groups(rules, office, as_of))
    if rules[Measure.FEMALE] is None:
        return FilledForm(office, period, as_of, counted, knows_sex=False)
    unsaid = (
        _tasks(office, as_of)
        .filter(carried_out_in(period))
        .exclude(leader_id__in=recorded_leaders(as_of).values("person_id"))
    )
    return FilledForm(office, period, as_of, counted, knows_sex=True, without_sex=unsaid.order_by().count())


def tasks_behind(row: FormRow, measure: Measure, period: Period, office: Office, as_of: datetime | None) -> Any:
    """Return the tasks that make one figure of the form, as known at the instant; none where it is not known."""
    rows: Any = _tasks(office, as_of)
    rule = rules_of(period, as_of)[measure]
    return rows.none() if rule is None else rows.filter(rule, _rule_of(row, as_of))


def row_named(code: str, measure: str) -> tuple[FormRow, Measure] | None:
    """Return the row and the column of an address, None where the form has no such figure."""
    row = form_row(code)
    return (row, Measure(measure)) if row is not None and measure in set(Measure) else None


def _tasks(office: Office, as_of: datetime | None) -> Any:
    return ResearchTask.objects.as_of(as_of).of_office(office).standing()


def _groups(
    rules: Mapping[Measure, Q | None], office: Office, as_of: datetime | None
) -> Iterator[tuple[Kind, dict[Measure, int | None]]]:
    """Yield how many tasks of each kind every column counts; whose field or sources are alike stand together."""
    known = {measure: rule for measure, rule in rules.items() if rule is not None}
    counted = known[Measure.TOTAL] | known[Measure.PUT_INTO_USE]
    rows = _tasks(office, as_of).filter(counted).annotate(bits=_source_bits(as_of), digit=_first_digit()).order_by()
    names = {measure: f"n_{measure.name.lower()}" for measure in known}
    found = rows.values("form", "level", "digit", "bits").annotate(
        **{names[measure]: Count("pk", filter=rule) for measure, rule in known.items()}
    )
    for one in found:
        digit = one["digit"] if one["digit"] in FIELDS else ""
        kind = Kind(one["form"], one["level"], digit, one["bits"])
        yield kind, {measure: one[names[measure]] if measure in names else None for measure in Measure}


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
