"""The pages of period reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khcn.kernel.access.decisions import Decision, NotPermitted
from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.indicators.periods import MONTH, key_of
from khcn.kernel.pages.instants import instant_asked
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.paper_styles import file_name, in_style, style_asked, style_choices
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _
from khcn.reporting.comparison_links import comparison_links
from khcn.reporting.differing import LineDifference, since_freeze, visible_difference
from khcn.reporting.forms import DraftForm, SectionForm, SignForm
from khcn.reporting.models import PeriodReport
from khcn.reporting.permissions import (
    may_draft_report,
    may_read_designs,
    may_see_report_differences,
    may_sign_report,
)
from khcn.reporting.presenting import (
    ANNEX_COLUMNS,
    INDICATOR_COLUMNS,
    annex_rows,
    breadcrumb,
    difference_sentences,
    figure_page,
    figure_value,
    list_tables,
    moved_values,
    sections_of,
    sending_due,
    sending_rows,
)
from khcn.reporting.selectors import ReportLine, line_of, lines_of, live_lines_of
from khcn.reporting.services.drafting import (
    draft_report,
    edit_section,
    release_report_differences,
    sign_report,
    submit_report,
    unsigned_report,
)
from khcn.reporting.services.printing import report_document
from khcn.reporting.states import ReportState
from khcn.reporting.withholding import readable_lines
from khcn.reporting.workflow import REPORT_WORKFLOW

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _load(request: ActingRequest, code: str) -> PeriodReport:
    """Return the report of that code, that of the reader's own office first: another office counts for itself."""
    rows = PeriodReport.objects.visible_to(request.user).select_related(
        "office", "period_rule", "responsible", "signed_by", "design"
    )
    found: list[PeriodReport] = sorted(rows.filter(code=code), key=lambda row: row.office_id != request.user.office_id)
    if not found:
        raise Http404(_("Không có báo cáo {code}.").format(code=code))
    return found[0]


def _index(request: ActingRequest, form: DraftForm, status: int = 200) -> HttpResponse:
    rows = PeriodReport.objects.visible_to(request.user).standing().order_by("-year", "-period_last", "-id")
    reports = [(row, REPORT_WORKFLOW.state_info(row.state), REPORT_WORKFLOW.state_label(row.state)) for row in rows]
    context = {
        "reports": reports,
        "form": form,
        "may_draft": may_draft_report(request.user).allowed,
        "sendings": sending_rows(request.user, request.today),
        "may_read_designs": may_read_designs(request.user).allowed,
    }
    return render(request, "reporting/index.html", context, status=status)


@login_required
@require_GET
def index(request: ActingRequest) -> HttpResponse:
    """List the reports, newest period first."""
    return _index(request, DraftForm(initial={"kind": key_of(MONTH, request.today.month), "year": request.today.year}))


@login_required
@require_POST
def draft(request: ActingRequest) -> HttpResponse:
    """Draft a report of the kind and year asked for."""
    _allow(may_draft_report(request.user))
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _index(request, form, status=422)
    try:
        office = request.user.working_office
        begun = unsigned_report(office, actor=request.user, **form.asked)
        report = draft_report(office=office, actor=request.user, on=request.today, **form.asked)
    except (RuleUnknown, ValueError) as refusal:
        form.add_error(None, str(refusal))
        return _index(request, form, status=422)
    if begun is not None:
        messages.info(
            request,
            _("Báo cáo kỳ này đang soạn dở là {code}; ký xong mới soạn được báo cáo khác.").format(code=report.code),
        )
    return redirect("reporting:report", report.code)


@login_required
@require_GET
def report(request: ActingRequest, code: str) -> HttpResponse:
    """Show a report as the paper it will become, each figure a link."""
    found = _load(request, code)
    lines, asked = _lines(found, request)
    state = REPORT_WORKFLOW.state_info(found.state)
    context = {
        "report": found,
        "breadcrumb": breadcrumb(found),
        "state": {"tone": state.tone, "icon": state.icon, "label": REPORT_WORKFLOW.state_label(found.state)},
        "instant": asked or found.frozen_at,
        "frozen": asked is None and found.frozen_at is not None,
        "sections": sections_of(found, lines, asked),
        "annex_columns": ANNEX_COLUMNS,
        "annex_rows": annex_rows(found, lines, asked),
        "paper_styles": _paper_styles(found),
        "lists": list_tables(found, lines, asked or found.frozen_at, request.user),
        "may_release": _may_release(found, request),
        "sending": sending_due(found, request.user, request.today),
        "comparisons": comparison_links(found, request.user),
        "moved": [moved_values(found, row) for row in _moved(found, request)],
        "offers": REPORT_WORKFLOW.offers(request.user, found),
        "may_share": found.frozen_at is not None and may_sign_report(request.user, found).allowed,
        "may_edit": found.state == ReportState.DRAFT and may_draft_report(request.user, found).allowed,
    }
    return render(request, "reporting/report.html", context)


def _may_release(found: PeriodReport, request: ActingRequest) -> bool:
    standing = found.frozen_at is not None and found.released_on is None and found.withdrawn_on is None
    return standing and may_sign_report(request.user, found).allowed


def _paper_styles(found: PeriodReport) -> list[dict[str, Any]]:
    suffixes = {_("Tải bản Word"): "docx", _("Tải bản PDF"): "pdf"}
    return style_choices(
        {label: reverse("reporting:paper", args=[found.code, suffix]) for label, suffix in suffixes.items()}
    )


def _allow(decision: Decision) -> None:
    if not decision:
        raise PermissionDenied(decision.sentence())


def _lines(found: PeriodReport, request: ActingRequest) -> tuple[list[ReportLine], datetime | None]:
    """Return the report's lines and the instant that was asked for."""
    asked = _instant(found, request)
    if asked is None:
        return readable_lines(found, lines_of(found), request.user), None
    return readable_lines(found, live_lines_of(found, asked), request.user), asked


def _instant(found: PeriodReport, request: ActingRequest) -> datetime | None:
    """Return the instant that was asked for; beside a frozen figure, others are internal."""
    asked = instant_asked(request.GET)
    if asked is not None and found.frozen_at is not None:
        _allow(may_see_report_differences(request.user, found))
    return asked


def _moved(found: PeriodReport, request: ActingRequest, indicator: str = "") -> list[LineDifference]:
    if not may_see_report_differences(request.user, found):
        return []
    return [visible_difference(row, request.user) for row in since_freeze(found, indicator)]


@login_required
@require_GET
def figure(request: ActingRequest, code: str, indicator: str) -> HttpResponse:
    """Show the records behind one figure of a report, page by page."""
    found = _load(request, code)
    asked = _instant(found, request)
    line = line_of(found, indicator, as_of=asked)
    if line is None or not readable_lines(found, [line], request.user):
        raise Http404(_("Báo cáo không có chỉ số này."))
    moved = _moved(found, request, indicator)
    context = {
        "report": found,
        "line": line,
        "breadcrumb": breadcrumb(found, line.label),
        "instant": asked or found.frozen_at,
        "frozen": asked is None and found.frozen_at is not None,
        "figure": figure_value(found, line) | {"url": ""},
        "columns": [{"label": _("Mã hồ sơ")}, {"label": _("Tên, trích yếu")}],
        "differences": [text for row in moved for text in difference_sentences(row)],
        **figure_page(found, line, request.GET, request.user),
    }
    return render(request, "reporting/figure.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def section(request: ActingRequest, code: str, ordinal: int) -> HttpResponse:
    """Edit the text of one section."""
    found = _load(request, code)
    row = get_object_or_404(found.sections, ordinal=ordinal)
    form = watching(SectionForm(request.POST or None, initial={"text": row.text}), row)
    status = 422 if form.is_bound else 200
    if settled(form, row, request.user):
        try:
            edit_section(section=row, text=form.cleaned_data["text"], actor=request.user, on=request.today)
            return redirect("reporting:report", found.code)
        except (NotPossible, NotPermitted) as refusal:
            form.add_error(None, str(refusal))
    context = {
        "report": found,
        "section": row,
        "form": form,
        "breadcrumb": breadcrumb(found, row.heading),
        "columns": INDICATOR_COLUMNS,
        "indicators": [{"cells": [f"{{{line.indicator}}}", line.label]} for line in lines_of(found)],
    }
    return render(request, "reporting/section.html", context, status=status)


@login_required
@require_POST
def submit(request: ActingRequest, code: str) -> HttpResponse:
    """Send a draft to be signed."""
    found = _load(request, code)
    try:
        submit_report(report=found, actor=request.user, on=request.today)
        messages.success(request, _("Đã trình ký {code}.").format(code=found.code))
    except (NotPossible, NotPermitted) as refusal:
        messages.error(request, str(refusal))
    return redirect("reporting:report", found.code)


@login_required
@require_POST
def release(request: ActingRequest, code: str) -> HttpResponse:
    """Let others than the office's staff see what moved since the freeze."""
    found = _load(request, code)
    try:
        release_report_differences(report=found, actor=request.user, on=request.today)
        messages.success(request, _("Lãnh đạo tỉnh đã xem được chênh lệch số liệu của {code}.").format(code=found.code))
    except (NotPossible, NotPermitted) as refusal:
        messages.error(request, str(refusal))
    return redirect("reporting:report", found.code)


@login_required
@require_http_methods(["GET", "POST"])
def sign(request: ActingRequest, code: str) -> HttpResponse:
    """Freeze the figures and sign, after saying the consequence once."""
    found = _load(request, code)
    form = watching(SignForm(request.POST or None, today=request.today), found)
    status = 422 if form.is_bound else 200
    if settled(form, found, request.user):
        try:
            sign_report(report=found, actor=request.user, on=request.today, **form.cleaned_data)
            messages.success(request, _("Đã chốt số liệu {code}.").format(code=found.code))
            return redirect("reporting:report", found.code)
        except (NotPossible, NotPermitted) as refusal:
            form.add_error(None, str(refusal))
    context = {
        "report": found,
        "form": form,
        "may_sign": may_sign_report(request.user, found),
        "breadcrumb": breadcrumb(found, _("Ký và chốt số liệu")),
    }
    return render(request, "reporting/sign.html", context, status=status)


@drawn_in_source
@login_required
@require_GET
def paper(request: ActingRequest, code: str, suffix: str) -> HttpResponse:
    """Give the report as Word or PDF, in the style asked for."""
    found = _load(request, code)
    lines = readable_lines(found, lines_of(found), request.user)
    made = report_document(found, lines=lines, produced_at=found.frozen_at or request.now, address=settings.PUBLIC_URL)
    style = style_asked(request.GET)
    document = in_style(made, style, office=found.office, on=request.today)
    content, kind = (to_docx(document), DOCX) if suffix == "docx" else (to_pdf(document), "application/pdf")
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(found.code, style)}.{suffix}"'
    return answer


def context_for_record(_request: ActingRequest, record: Any) -> dict[str, Any]:
    """Return what the generic record page shows of a report."""
    return {"report": record}
