"""The pages of statistics form 04CS: the form of a year, the tasks behind a figure, the form as a file."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import register_url, with_parameters
from khcn.kernel.pages.instants import instant_asked
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _
from khcn.research.models import ResearchTask
from khcn.research.permissions import may_read_statistics
from khcn.research.statistics_figures import FilledForm, filled_form, row_named
from khcn.research.statistics_presenting import CONTENT_TYPES, form_values, records_values, written_form
from khcn.research.statistics_rows import FORM, MEASURES

FIRST_YEAR = 2000
YEAR = re.compile(r"[0-9]{1,4}")


@require_GET
@login_required
def show_statistics(request: ActingRequest) -> HttpResponse:
    """Show the form of a year (`nam`; this year in its absence), as of an instant if one is asked for."""
    form = _form(request, _year_asked(request))
    year = form.period.year
    years = [
        {"label": str(one), "url": with_parameters(request.path, request.GET, nam=one), "active": one == year}
        for one in sorted({year, *range(request.today.year, request.today.year - 5, -1)}, reverse=True)
    ]
    downloads = [
        {"label": suffix.upper(), "url": with_parameters(_file_url(year, suffix), request.GET, nam="")}
        for suffix in CONTENT_TYPES
    ]
    heading = _("Thống kê nhiệm vụ năm {year}").format(year=year)
    values = form_values(form, request.GET) | {
        "page_heading": heading,
        "form_code": FORM,
        "period": form.period.days,
        "instant": form.as_of,
        "years": years,
        "downloads": downloads,
        "breadcrumb": trail(heading),
    }
    return render(request, "research/statistics.html", values)


@require_GET
@login_required
def show_statistics_records(request: ActingRequest, year: int, row: str, measure: str) -> HttpResponse:
    """Show the tasks behind one figure of the form, page by page."""
    named = row_named(row, measure)
    if named is None:
        raise Http404(_("Biểu không có số liệu này."))
    form = _form(request, year)
    found, column = named
    label = f"{found.code} · {found.label}: {MEASURES[column][0]}"
    values = records_values(form, found, column, request.GET, request.user) | {
        "label": label,
        "period": form.period.days,
        "instant": form.as_of,
        "breadcrumb": trail(label, year=form.period.year),
    }
    return render(request, "research/statistics_records.html", values)


@drawn_in_source
@require_GET
@login_required
def download_statistics(request: ActingRequest, year: str, suffix: str) -> HttpResponse:
    """Give the form of a year as a file."""
    form = _form(request, int(year))
    answer = HttpResponse(written_form(form, suffix, form.as_of or request.now), content_type=CONTENT_TYPES[suffix])
    answer["Content-Disposition"] = f'attachment; filename="{FORM}-{year}.{suffix}"'
    return answer


def trail(label: str, *, year: int | None = None) -> list[dict[str, Any]]:
    """Return the way to a page of statistics. `year`: of the form that it stands below, None for the form itself."""
    register = {"label": _("Nhiệm vụ khoa học và công nghệ"), "url": register_url(ResearchTask.REGISTER)}
    form = {"label": _("Thống kê nhiệm vụ"), "url": f"{reverse('task-statistics')}?nam={year}"}
    return [register, *([] if year is None else [form]), {"label": label}]


def _form(request: ActingRequest, year: int) -> FilledForm:
    decision = may_read_statistics(request.user)
    if not decision:
        raise PermissionDenied(decision.sentence())
    if not FIRST_YEAR <= year <= request.today.year:
        raise Http404(_("Không có thống kê của năm này."))
    return filled_form(year, office=request.user.working_office, as_of=instant_asked(request.GET))


def _year_asked(request: ActingRequest) -> int:
    text = request.GET.get("nam", "")
    return int(text) if YEAR.fullmatch(text) else request.today.year


def _file_url(year: int, suffix: str) -> str:
    return reverse("task-statistics-download", kwargs={"year": year, "suffix": suffix})
