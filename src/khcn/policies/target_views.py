"""The pages of targets: set them, ask for values, report a value, hand a year's target to reports, export."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.finding import find_record
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import register
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _
from khcn.policies import services
from khcn.policies.exporting import CONTENT_TYPES, export_of, mapping, shown_cells, written
from khcn.policies.models import ProgrammeTarget, TargetReport
from khcn.policies.permissions import may_advance, may_follow_target, may_report_value
from khcn.policies.target_forms import AdoptForm, AskForm, TargetForm, TargetReportForm, TargetYearForm
from khcn.policies.views import FormPage, answer_form, load_programme, trail_of


@require_http_methods(["GET", "POST"])
@login_required
def add_target(request: ActingRequest, code: str) -> HttpResponse:
    """Set one target of a programme."""
    programme = load_programme(request, code)
    form = TargetForm(request.POST or None, user=request.user)

    def enter() -> Record:
        target, years = form.target(programme), form.cleaned_data["years"]
        return services.add_target(target=target, years=years, actor=request.user, on=request.today)

    decision = may_advance(request.user, programme)
    page = FormPage(_("Thêm chỉ tiêu"), record_url(programme), decision, ProgrammeTarget.REGISTER, programme)
    return answer_form(request, form, enter, page)


@require_http_methods(["GET", "POST"])
@login_required
def ask_for_values(request: ActingRequest, code: str) -> HttpResponse:
    """Ask the agencies for the values of a period."""
    programme = load_programme(request, code)
    form = AskForm(request.POST or None, initial={"year": request.today.year})

    def enter() -> Record:
        services.ask_for_values(programme=programme, actor=request.user, on=request.today, **form.cleaned_data)
        return programme

    page = FormPage(
        _("Đề nghị báo cáo số liệu"), record_url(programme), may_advance(request.user, programme), of=programme
    )
    return answer_form(request, form, enter, page)


@require_http_methods(["GET", "POST"])
@login_required
def report_value(request: ActingRequest, code: str) -> HttpResponse:
    """Report a value of a target."""
    target = _load_target(request, code)
    form = TargetReportForm(request.POST or None, today=request.today)

    def enter() -> Record:
        return services.report_value(report=form.report(target), actor=request.user, on=request.today)

    decision = may_report_value(request.user, target)
    page = FormPage(
        _("Báo cáo số liệu"), record_url(target), decision, TargetReport.REGISTER, target, about=target.title
    )
    return answer_form(request, form, enter, page)


@require_http_methods(["GET", "POST"])
@login_required
def set_target_year(request: ActingRequest, code: str) -> HttpResponse:
    """Set or change what a target wants in a year."""
    target = _load_target(request, code)
    form = TargetYearForm(request.POST or None, initial={"year": request.today.year})

    def enter() -> Record:
        services.set_target_year(target=target, actor=request.user, on=request.today, **form.cleaned_data)
        return target

    return answer_form(request, form, enter, _page_of(request, target, _("Đặt chỉ tiêu năm")))


@require_http_methods(["GET", "POST"])
@login_required
def adopt_target(request: ActingRequest, code: str) -> HttpResponse:
    """Let a year's target be what period reports show as the target of its indicator."""
    target = _load_target(request, code)
    form = AdoptForm(request.POST or None, target=target)

    def enter() -> Record:
        services.adopt_target(year=form.cleaned_data["year"], actor=request.user, on=request.today)
        return target

    return answer_form(request, form, enter, _page_of(request, target, _("Đưa chỉ tiêu vào báo cáo kỳ")))


@require_GET
@login_required
def export_programme(request: ActingRequest, code: str, year: int) -> HttpResponse:
    """Show what would go to the ministry's system, by which mapping, and where to download it."""
    programme = load_programme(request, code)
    found = export_of(programme, year=year, today=request.today, user=request.user)
    values = {
        "programme": programme,
        "year": year,
        "columns": [{"label": one.field, "hint": one.meaning} for one in mapping()],
        "rows": [{"cells": shown_cells(row)} for row in found["targets"]],
        "mapping": mapping(),
        "suffixes": sorted(CONTENT_TYPES),
        "breadcrumb": [*trail_of(programme), {"label": _("Xuất cho hệ thống của Bộ")}],
    }
    return render(request, "policies/export.html", values)


@drawn_in_source
@require_GET
@login_required
def download_programme(request: ActingRequest, code: str, year: str, suffix: str) -> HttpResponse:
    """Give a programme's targets and values of a year as a file."""
    programme = load_programme(request, code)
    found = export_of(programme, year=int(year), today=request.today, user=request.user)
    answer = HttpResponse(written(found, suffix), content_type=CONTENT_TYPES[suffix])
    answer["Content-Disposition"] = f'attachment; filename="{programme.code}-{year}.{suffix}"'
    return answer


def _page_of(request: ActingRequest, target: ProgrammeTarget, heading: str) -> FormPage:
    decision = may_follow_target(request.user, target)
    return FormPage(heading, record_url(target), decision, ProgrammeTarget.REGISTER, target, about=target.title)


def _load_target(request: ActingRequest, code: str) -> ProgrammeTarget:
    found = find_record(register(ProgrammeTarget.REGISTER), code, request.user)
    if not isinstance(found, ProgrammeTarget):
        raise Http404(_("Không có chỉ tiêu {code}.").format(code=code))
    return found
