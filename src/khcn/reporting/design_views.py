"""The pages on which an office designs what its reports consist of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.indicators.periods import KIND_LABELS, PARTS, key_of, kind_and_part
from khcn.kernel.indicators.registry import indicators
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.language.words import without_capital
from khcn.language.words import words as _
from khcn.reporting.design_forms import AdoptForm, DesignSectionForm, DesignTableForm, GeneralForm, PreviewForm
from khcn.reporting.design_presenting import (
    HISTORY_COLUMNS,
    KIND_COLUMNS,
    SHIPPED_WORDS,
    design_breadcrumb,
    design_words,
    history_rows,
    kind_rows,
    section_choices,
    shown_content,
    tried_out,
)
from khcn.reporting.designs import design_in_force, design_worked_on, designs_adopted, outline_in
from khcn.reporting.models import ReportDesign
from khcn.reporting.outlines import kinds, outline, outline_from
from khcn.reporting.outlines.editing import (
    Content,
    DesignFault,
    content_of,
    moved,
    section_in,
    table_in,
    with_general,
    with_section,
    with_table,
    without,
)
from khcn.reporting.permissions import may_design_reports, may_read_designs
from khcn.reporting.presenting import INDICATOR_COLUMNS
from khcn.reporting.services.designing import (
    adopt_design,
    begin_design,
    change_design,
    drop_design,
    return_to_shipped,
)

NOBODY_WORKS_ON_IT = _("Chưa có bản mẫu nào đang sửa. Bấm «Sửa mẫu» trước.")
UP, DOWN, REMOVE = "len", "xuong", "bo"
ACTS: dict[str, tuple[str, Callable[..., Content]]] = {
    UP: (_("đưa lên trong mẫu báo cáo"), partial(moved, up=True)),
    DOWN: (_("đưa xuống trong mẫu báo cáo"), partial(moved, up=False)),
    REMOVE: (_("bỏ khỏi mẫu báo cáo"), without),
}


def _checked(kind: str) -> str:
    if kind not in kinds():
        raise Http404(_("Không có loại báo cáo này."))
    return kind


def _worked_on(request: ActingRequest, kind: str) -> ReportDesign | None:
    """Return the design that the page changes; where there is none, say so to the person."""
    may_design_reports(request.user).enforce()
    found = design_worked_on(request.user.working_office, _checked(kind))
    if found is None:
        messages.info(request, NOBODY_WORKS_ON_IT)
    return found


@login_required
@require_GET
def designs(request: ActingRequest) -> HttpResponse:
    """List the kinds of report with the outline that each follows."""
    may_read_designs(request.user).enforce()
    office = request.user.working_office
    under_way = ReportDesign.objects.filter(office=office, adopted_on=None, is_dropped=False)
    rows = kind_rows(list(designs_adopted(office)), under_way.values_list("kind", flat=True), request.today)
    context = {"breadcrumb": design_breadcrumb(), "columns": KIND_COLUMNS, "rows": rows}
    return render(request, "reporting/designs.html", context)


@login_required
@require_GET
def design(request: ActingRequest, outline_kind: str) -> HttpResponse:
    """Show the outline of a kind of report: the one worked on, else the one in force, or one of the past."""
    may_read_designs(request.user).enforce()
    office, kind, may = request.user.working_office, _checked(outline_kind), may_design_reports(request.user)
    adopted, working = list(designs_adopted(office).filter(kind=kind)), design_worked_on(office, kind)
    serving, asked = design_in_force(office, kind, request.today), request.GET.get("ban", "")
    past = next((row for row in adopted if str(row.pk) == asked), None)
    editing = working if past is None and asked != "dang-dung" and may else None
    context = {
        "breadcrumb": design_breadcrumb(kind),
        "editing": editing is not None,
        "working": working,
        "may": may,
        "past": past,
        "serves": _("Đang sửa, chưa áp dụng") if editing else design_words(past or serving),
        "is_own": serving is not None,
        "history_columns": HISTORY_COLUMNS,
        "history": history_rows(adopted),
        **shown_content(kind, editing or past or serving),
    }
    return render(request, "reporting/design.html", context)


@login_required
@require_POST
def begin(request: ActingRequest, outline_kind: str) -> HttpResponse:
    """Begin to design a kind of report."""
    office, kind = request.user.working_office, _checked(outline_kind)
    begin_design(office=office, kind=kind, actor=request.user, on=request.today)
    return redirect("reporting:design", kind)


@login_required
@require_http_methods(["GET", "POST"])
def drop(request: ActingRequest, outline_kind: str) -> HttpResponse:
    """Give up the design that is worked on, after asking once."""
    found = _worked_on(request, outline_kind)
    if found is None:
        return redirect("reporting:design", outline_kind)
    if request.method == "POST":
        drop_design(design=found, actor=request.user, on=request.today)
        messages.success(request, _("Đã bỏ bản đang sửa; mẫu đang dùng giữ nguyên."))
        return redirect("reporting:design", outline_kind)
    label = _("Bỏ bản đang sửa")
    context = {"kind": outline_kind, "heading": label, "breadcrumb": design_breadcrumb(outline_kind, label)}
    return render(request, "reporting/design_drop.html", context)


@login_required
@require_POST
def act(request: ActingRequest, outline_kind: str) -> HttpResponse:
    """Move a section or a table, or take it out."""
    found, key = _worked_on(request, outline_kind), request.POST.get("muc", "")
    label, change = ACTS.get(request.POST.get("viec", ""), ("", None))
    if found is None or change is None:
        return redirect("reporting:design", outline_kind)
    try:
        change_design(
            design=found,
            change=lambda content: change(content, key),
            label=label,
            actor=request.user,
            on=request.today,
        )
    except DesignFault as fault:
        messages.error(request, str(fault))
    return redirect(f"{reverse('reporting:design', args=[outline_kind])}#muc-{key}")


@login_required
@require_http_methods(["GET", "POST"])
def general(request: ActingRequest, outline_kind: str) -> HttpResponse:
    """Say the title of the reports and what their annexes hold."""
    found = _worked_on(request, outline_kind)
    if found is None:
        return redirect("reporting:design", outline_kind)
    shipped = [one.title for one in outline(outline_kind).lists]
    form = GeneralForm(request.POST or None, known=indicators(), content=found.content, shipped=shipped)

    def change(content: Content) -> Content:
        kept = {row["title"]: row for row in [*content_of(outline(outline_kind))["lists"], *content["lists"]]}
        said = form.cleaned_data
        return with_general(
            content | {"lists": [*kept.values()]}, title=said["title"], indicators=form.ordered, lists=said["lists"]
        )

    return _edited(request, found, form, change, _("Sửa tên báo cáo và phụ lục"))


@login_required
@require_http_methods(["GET", "POST"])
def design_section(request: ActingRequest, outline_kind: str, section: str = "") -> HttpResponse:
    """Add a section to the design, or change one."""
    found = _worked_on(request, outline_kind)
    if found is None:
        return redirect("reporting:design", outline_kind)
    row = section_in(found.content, section) if section else {}
    if row is None:
        raise Http404(_("Mục này không còn trong mẫu."))
    form = DesignSectionForm(
        request.POST or None,
        known=[one.code for one in indicators()],
        sections=() if section else section_choices(outline_kind, found.content),
        initial={**row, "number": _level(row), **_after(request)},
    )
    heading = _("Sửa mục «{value}»").format(value=row["heading"]) if row else _("Thêm mục")

    def change(content: Content) -> Content:
        return with_section(content, key=section, **form.cleaned_data)

    return _edited(request, found, form, change, heading)


@login_required
@require_http_methods(["GET", "POST"])
def design_table(request: ActingRequest, outline_kind: str, table: str = "") -> HttpResponse:
    """Add a table of figures to the design, or change one."""
    found = _worked_on(request, outline_kind)
    if found is None:
        return redirect("reporting:design", outline_kind)
    there = table_in(found.content, table)
    if table and there is None:
        raise Http404(_("Bảng này không còn trong mẫu."))
    under, row = there or ({"key": request.GET.get("muc", "")}, {"columns": ["value"], "indicators": []})
    form = DesignTableForm(
        request.POST or None,
        known=indicators(),
        chosen=row["indicators"],
        sections=section_choices(outline_kind, found.content),
        initial={"title": row.get("title", ""), "columns": row["columns"], "section": under["key"]},
    )
    heading = _("Sửa bảng «{value}»").format(value=row["title"]) if table else _("Thêm bảng số liệu")

    def change(content: Content) -> Content:
        said = {name: form.cleaned_data[name] for name in ("title", "section", "columns")}
        return with_table(content, key=table, indicators=form.ordered, **said)

    return _edited(request, found, form, change, heading)


@login_required
@require_http_methods(["GET", "POST"])
def adopt(request: ActingRequest, outline_kind: str) -> HttpResponse:
    """Adopt the design for reports from a day on, after saying the consequence once."""
    found = _worked_on(request, outline_kind)
    if found is None:
        return redirect("reporting:design", outline_kind)
    act_now = partial(adopt_design, design=found)
    return _adopted(request, outline_kind, act_now, _("Áp dụng mẫu"), found)


@login_required
@require_http_methods(["GET", "POST"])
def shipped(request: ActingRequest, outline_kind: str) -> HttpResponse:
    """Return to the shipped outline from a day on."""
    may_design_reports(request.user).enforce()
    office, kind = request.user.working_office, _checked(outline_kind)
    return _adopted(request, kind, partial(return_to_shipped, office=office, kind=kind), _("Trở về mẫu của hệ thống"))


@login_required
@require_GET
def tried(request: ActingRequest, outline_kind: str) -> HttpResponse:
    """Show a design filled with the figures of a period."""
    may_read_designs(request.user).enforce()
    office, kind = request.user.working_office, _checked(outline_kind)
    working = design_worked_on(office, kind) if may_design_reports(request.user) else None
    serving = working or design_in_force(office, kind, request.today)
    plan = outline_from(kind, working.content) if working else outline_in(serving, kind)
    usual = {"part": key_of(kind, 1 if kind in PARTS else 0), "year": request.today.year}
    form = PreviewForm({**usual, **{name: request.GET[name] for name in usual if name in request.GET}}, kind=kind)
    context = {
        "kind": kind,
        "form": form,
        "serves": _("Bản đang sửa, chưa áp dụng") if working else design_words(serving),
        "breadcrumb": design_breadcrumb(kind, _("Xem thử")),
    }
    if form.is_valid():
        (_kind, part), year = kind_and_part(form.cleaned_data["part"]), form.cleaned_data["year"]
        try:
            context |= tried_out(plan, year, part, office, request.user)
        except RuleUnknown as fault:
            form.add_error(None, str(fault))
    return render(request, "reporting/design_tried.html", context, status=422 if form.errors else 200)


def _edited(
    request: ActingRequest, found: ReportDesign, form: Any, change: Callable[[Content], Content], heading: str
) -> HttpResponse:
    """Change the design by what a form says, or show the form; `heading` is what is done, in history too."""
    label = without_capital(heading)
    if settled(watching(form, found), found, request.user):
        try:
            change_design(design=found, change=change, label=label, actor=request.user, on=request.today)
            messages.success(request, _("Đã lưu vào bản đang sửa."))
            return redirect("reporting:design", found.kind)
        except DesignFault as fault:
            form.add_error(None, str(fault))
    context = {
        "kind": found.kind,
        "form": form,
        "heading": heading,
        "breadcrumb": design_breadcrumb(found.kind, heading),
        "columns": INDICATOR_COLUMNS,
        "indicators": [{"cells": [f"{{{one.code}}}", one.label]} for one in indicators()],
    }
    return render(request, "reporting/design_form.html", context, status=422 if form.is_bound else 200)


def _adopted(
    request: ActingRequest, kind: str, act_now: Callable[..., Any], label: str, found: ReportDesign | None = None
) -> HttpResponse:
    """Let a design or the shipped outline serve from a day on, or ask for that day and the reason."""
    form = AdoptForm(request.POST or None, today=request.today)
    ready = settled(watching(form, found), found, request.user) if found else form.is_valid()
    if ready:
        try:
            act_now(actor=request.user, on=request.today, **form.cleaned_data)
            messages.success(
                request,
                _("Đã ghi nhận. Báo cáo {value} soạn từ nay theo mẫu này.").format(value=KIND_LABELS[kind].lower()),
            )
            return redirect("reporting:design", kind)
        except DesignFault as fault:
            form.add_error(None, str(fault))
    context = {"kind": kind, "form": form, "heading": label, "breadcrumb": design_breadcrumb(kind, label)}
    context |= {"is_shipped": label != "Áp dụng mẫu", "shipped_words": SHIPPED_WORDS}
    return render(request, "reporting/design_adopt.html", context, status=422 if form.is_bound else 200)


def _level(row: Any) -> str:
    return "I" if row and row["number"].isalpha() else "1"


def _after(request: ActingRequest) -> dict[str, str]:
    return {"after": request.GET["sau"]} if "sau" in request.GET else {}
