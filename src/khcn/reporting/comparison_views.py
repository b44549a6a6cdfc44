"""The pages that compare two readings and explain their difference record by record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from khcn.kernel.identity.models import Office
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.indicators.comparison import Reading
from khcn.kernel.indicators.periods import MONTH, key_of
from khcn.kernel.indicators.registry import UnknownIndicator, find_indicator
from khcn.kernel.indicators.selectors import report_period
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.language.words import words as _
from khcn.reporting.comparing import compared, explanation, reading_of, year_before
from khcn.reporting.comparison_presenting import (
    COMPARED_COLUMNS,
    NOTHING_DIFFERS,
    TOTAL_COLUMNS,
    compared_rows,
    comparison_breadcrumb,
    difference_groups,
    difference_totals,
    side_values,
    total_sums,
    written,
)
from khcn.reporting.forms import SideForm
from khcn.reporting.models import PeriodReport
from khcn.reporting.permissions import may_compare_periods, may_read_lateness, may_read_period
from khcn.reporting.withholding import readable_figures

SIDES = ("a", "b")
NOW, YEAR_BEFORE = "now", "year-before"


@dataclass(frozen=True)
class Side:
    """One reading, the report it is of if it was asked for by report, and the form that shows it."""

    reading: Reading | None
    report: PeriodReport | None
    form: SideForm


@login_required
@require_GET
def comparison(request: ActingRequest) -> HttpResponse:
    """Compare two readings, indicator by indicator."""
    may_compare_periods(request.user).enforce()
    office, sides = request.user.working_office, _sides(request)
    before, after = _readings(request, office, sides)
    context = {"forms": [side.form for side in sides], "breadcrumb": comparison_breadcrumb(None), "compared": False}
    if before is None or after is None:
        wrong = any(side.form.is_bound and side.form.errors for side in sides)
        return render(request, "reporting/comparison.html", context, status=422 if wrong else 200)
    context |= {
        "compared": True,
        "sides": side_values(before, after, [side.report for side in sides]),
        "columns": COMPARED_COLUMNS,
        "rows": compared_rows(
            readable_figures(compared(before, after, office=office), (before, after), office=office, user=request.user),
            request.GET,
        ),
    }
    return render(request, "reporting/comparison.html", context)


@login_required
@require_GET
def difference(request: ActingRequest, indicator: str) -> HttpResponse:
    """Show the records that make one indicator differ."""
    may_compare_periods(request.user).enforce()
    office, sides = request.user.working_office, _sides(request)
    before, after = _readings(request, office, sides)
    if before is None or after is None:
        raise Http404(_("Chưa rõ so sánh hai kỳ nào. Chọn lại ở trang so sánh số liệu."))
    try:
        if find_indicator(indicator).tells_lateness:
            for one in (before, after):
                may_read_lateness(request.user, office, one).enforce()
        told = explanation(indicator, before, after, office=office, reader=request.user)
    except UnknownIndicator as fault:
        raise Http404(str(fault)) from fault
    context = {
        "told": told,
        "breadcrumb": comparison_breadcrumb(request.GET, told.figure.indicator.label),
        "sides": side_values(before, after, [side.report for side in sides]),
        "groups": difference_groups(told, before, after),
        "totals": difference_totals(told),
        "total_columns": TOTAL_COLUMNS,
        "total_sums": total_sums(told),
        "nothing": NOTHING_DIFFERS,
    }
    return render(request, "reporting/difference.html", context)


def _sides(request: ActingRequest) -> list[Side]:
    return [_side(request, prefix) for prefix in SIDES]


def _side(request: ActingRequest, prefix: str) -> Side:
    """Read one side from the address: a report by code, or a period with an instant."""
    asked = {name: request.GET.get(f"{prefix}_{name}", "") for name in ("report", "reading", "kind", "year", "as_of")}
    if asked["report"]:
        rows = PeriodReport.objects.visible_to(request.user).of_office(request.user.working_office)
        report = get_object_or_404(rows.select_related("office"), code=asked["report"])
        reading = _as_asked(reading_of(report), asked["reading"])
        return Side(reading, report if asked["reading"] == "" else None, _shown(prefix, reading))
    if not asked["kind"]:
        return Side(None, None, SideForm(prefix=prefix, initial=_usual(request, prefix)))
    return _typed(request, prefix)


def _usual(request: ActingRequest, prefix: str) -> dict[str, Any]:
    """Return what is most often compared: the month of today, A in the year before."""
    year = request.today.year
    return {"kind": key_of(MONTH, request.today.month), "year": year if prefix == SIDES[1] else year - 1}


def _as_asked(reading: Reading, asked: str) -> Reading:
    if asked == YEAR_BEFORE:
        return year_before(reading)
    return Reading(reading.period) if asked == NOW else reading


def _shown(prefix: str, reading: Reading) -> SideForm:
    """Return the form as if the reading had been typed into it."""
    period, as_of = reading.period, reading.as_of
    values: dict[str, Any] = {"kind": period.key, "year": period.year, "as_of": written(as_of) if as_of else ""}
    return SideForm(prefix=prefix, initial=values)


def _typed(request: ActingRequest, prefix: str) -> Side:
    form = SideForm(request.GET, prefix=prefix)
    if not form.is_valid():
        return Side(None, None, form)
    (kind, part), year = form.cleaned_data["kind"], form.cleaned_data["year"]
    try:
        period, _rule = report_period(kind, year, office=request.user.working_office, part=part)
    except RuleUnknown as fault:
        form.add_error("kind", str(fault))
        return Side(None, None, form)
    as_of: datetime | None = form.cleaned_data["as_of"]
    return Side(Reading(period, as_of), None, form)


def _readings(request: ActingRequest, office: Office, sides: list[Side]) -> list[Reading | None]:
    """Return both readings, None for one that was not asked for; refuse those that are not the reader's."""
    for side in sides:
        if side.reading is not None:
            may_read_period(request.user, office, side.reading).enforce()
    return [side.reading for side in sides]
