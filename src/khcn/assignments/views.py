"""The pages of given work: the board, giving, reporting, extending, reminding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khcn.assignments import services
from khcn.assignments.forms import (
    AssignmentForm,
    ClosingRuleForm,
    ExtensionDecisionForm,
    ExtensionForm,
    ReportForm,
    ResultDecisionForm,
    UrgingForm,
)
from khcn.assignments.models import Assignment
from khcn.assignments.permissions import (
    may_accept,
    may_decide_extension,
    may_give,
    may_monitor,
    may_report,
    may_request_extension,
    may_urge,
)
from khcn.assignments.presenting import board_values, result_values
from khcn.assignments.selectors import origin_named
from khcn.kernel.access.decisions import Decision, NotPermitted
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.finding import find_record
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.submitting import FormSentBefore, entered_once
from khcn.kernel.records.registry import register
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.ui import formats

UNPROCESSABLE = 422
FORBIDDEN = 403


@require_GET
@login_required
def show_board(request: ActingRequest) -> HttpResponse:
    """Show the work given, counted by where it stands, what hurts first on top."""
    return render(request, "assignments/board.html", board_values(request.user, request.today, request.GET))


@require_http_methods(["GET", "POST"])
@login_required
def give(request: ActingRequest) -> HttpResponse:
    """Give a piece of work; `noi-giao`, `noi-dung`, `cau` and `han` in the address fill the form beforehand."""
    decision = may_give(request.user)
    if not decision:
        return _forbidden(request, decision)
    initial = _initial(request)
    form = AssignmentForm(request.POST or None, user=request.user, today=request.today, initial=initial)
    if form.is_valid():
        given = form.assignment()
        act = _Act(request, form, _("Đã giao nhiệm vụ cho {lead_text}.").format(lead_text=given.lead_text))
        answer = act.do(
            lambda: services.give_assignment(
                assignment=given, coordinators=form.coordinators(), actor=request.user, on=request.today
            )
        )
        if answer is not None:
            return answer
    return _page(request, form, _("Giao nhiệm vụ"), submit=_("Giao nhiệm vụ"), back=reverse("assignments-board"))


@require_http_methods(["GET", "POST"])
@login_required
def report(request: ActingRequest, code: str) -> HttpResponse:
    """Report progress or the result; files are put on the assignment first, then chosen as evidence."""
    assignment = _load(request, code)
    decision = may_report(request.user, assignment)
    if not decision:
        return _forbidden(request, decision)
    sent: dict[str, Any] = {"user": request.user, "today": request.today, "assignment": assignment}
    form = watching(ReportForm(request.POST or None, **sent), assignment)
    if settled(form, assignment, request.user):
        answer = _Act(request, form, _("Đã ghi báo cáo của {code}.").format(code=assignment.code)).do(
            lambda: _reported(request, assignment, form)
        )
        if answer is not None:
            return answer
    extra = {"upload_url": reverse("file-upload", args=[assignment.REGISTER, assignment.code])}
    return _page(request, form, _("Báo cáo tiến độ, kết quả"), submit=_("Gửi báo cáo"), assignment=assignment, **extra)


@require_http_methods(["GET", "POST"])
@login_required
def decide_result(request: ActingRequest, code: str) -> HttpResponse:
    """Look at the reported result with its evidence, and accept it or send it back."""
    assignment = _load(request, code)
    decision = may_accept(request.user, assignment)
    if not decision:
        return _forbidden(request, decision)
    form = watching(ResultDecisionForm(request.POST or None), assignment)
    if settled(form, assignment, request.user):
        accepts = form.cleaned_data["accepted"] == "yes"
        act = services.close_assignment if accepts else services.return_assignment
        told = (_("Đã xác nhận hoàn thành {code}.") if accepts else _("Đã trả lại {code}.")).format(
            code=assignment.code
        )
        answer = _Act(request, form, told.format(code=assignment.code)).do(
            lambda: act(assignment=assignment, note=form.cleaned_data["note"], actor=request.user, on=request.today)
        )
        if answer is not None:
            return answer
        assignment = _load(request, code)  # what was refused must not be shown as done
    result = result_values(assignment, request.user)
    heading = _("Kết quả chờ xác nhận") if result["waits"] else _("Kết quả thực hiện")
    return _page(request, form, heading, submit=_("Ghi quyết định"), assignment=assignment, result=result)


@require_http_methods(["GET", "POST"])
@login_required
def ask_extension(request: ActingRequest, code: str) -> HttpResponse:
    """Ask for more time."""
    assignment = _load(request, code)
    decision = may_request_extension(request.user, assignment)
    if not decision:
        return _forbidden(request, decision)
    form = watching(ExtensionForm(request.POST or None, today=request.today), assignment)
    if settled(form, assignment, request.user):
        answer = _Act(request, form, _("Đã gửi đề nghị gia hạn {code}.").format(code=assignment.code)).do(
            lambda: (
                services.request_extension(
                    assignment=assignment, actor=request.user, on=request.today, **form.cleaned_data
                ).assignment
            )
        )
        if answer is not None:
            return answer
    shown = {"assignment": assignment, "shows_due": True}
    return _page(request, form, _("Xin gia hạn"), submit=_("Gửi đề nghị"), **shown)


@require_http_methods(["GET", "POST"])
@login_required
def decide_extension(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Answer a request for more time."""
    assignment = _load(request, code)
    asked = assignment.extensions.filter(pk=number).first()
    if asked is None:
        raise Http404(_("Nhiệm vụ {code} không có đề nghị gia hạn này.").format(code=code))
    decision = may_decide_extension(request.user, asked)
    if not decision:
        return _forbidden(request, decision)
    form = watching(ExtensionDecisionForm(request.POST or None, today=request.today), assignment)
    if settled(form, assignment, request.user):
        said = {**form.cleaned_data, "approved": form.cleaned_data["approved"] == "yes"}
        answer = _Act(request, form, _("Đã quyết định gia hạn {code}.").format(code=assignment.code)).do(
            lambda: services.decide_extension(extension=asked, actor=request.user, on=request.today, **said).assignment
        )
        if answer is not None:
            return answer
    return _page(request, form, _("Quyết định gia hạn"), submit=_("Ghi quyết định"), assignment=assignment, asked=asked)


@require_http_methods(["GET", "POST"])
@login_required
def urge(request: ActingRequest, code: str) -> HttpResponse:
    """Remind the lead."""
    assignment = _load(request, code)
    decision = may_urge(request.user, assignment)
    if not decision:
        return _forbidden(request, decision)
    form = watching(UrgingForm(request.POST or None), assignment)
    if settled(form, assignment, request.user):
        level = UrgingLevel(form.cleaned_data["level"])
        answer = _Act(request, form, _("Đã ghi đôn đốc {code}.").format(code=assignment.code)).do(
            lambda: (
                services.urge(
                    assignment=assignment,
                    level=level,
                    text=form.cleaned_data["text"],
                    actor=request.user,
                    on=request.today,
                ).assignment
            )
        )
        if answer is not None:
            return answer
    return _page(request, form, _("Đôn đốc", "step"), submit=_("Ghi đôn đốc"), assignment=assignment)


@require_http_methods(["GET", "POST"])
@login_required
def set_closing_rule(request: ActingRequest, code: str) -> HttpResponse:
    """Say when continuous work ends."""
    assignment = _load(request, code)
    decision = may_monitor(request.user, assignment)
    if not decision:
        return _forbidden(request, decision)
    initial = {"closing_rule": assignment.closing_rule}
    form = watching(ClosingRuleForm(request.POST or None, today=request.today, initial=initial), assignment)
    if settled(form, assignment, request.user):
        answer = _Act(request, form, _("Đã đặt quy tắc kết thúc của {code}.").format(code=assignment.code)).do(
            lambda: services.set_closing_rule(
                assignment=assignment, actor=request.user, on=request.today, **form.cleaned_data
            )
        )
        if answer is not None:
            return answer
    return _page(request, form, _("Quy tắc kết thúc"), submit=_("Lưu"), assignment=assignment)


@require_POST
@login_required
def release_lateness(request: ActingRequest, code: str) -> HttpResponse:
    """Let those above see whether the work is late."""
    assignment = _load(request, code)
    try:
        services.release_lateness(assignment=assignment, actor=request.user, at=request.now)
    except NotPermitted as refusal:
        return _forbidden(request, refusal.decision)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect(record_url(assignment))
    messages.success(request, _("Lãnh đạo tỉnh xem được tình trạng chậm của {code}.").format(code=assignment.code))
    return redirect(record_url(assignment))


class _Act:
    """One attempt to do what a form asks: the page it leads to, or the refusal on the form."""

    def __init__(self, request: ActingRequest, form: forms.Form, told: str) -> None:
        self.request, self.form, self.told = request, form, told

    def do(self, act: Callable[[], Assignment]) -> HttpResponse | None:
        """Do it, once for one form; return the way to the assignment, or None when it was refused."""
        token = getattr(self.form, "token", None)
        try:
            entered = entered_once(Assignment.REGISTER, act, actor=self.request.user, token=token)
        except (NotPermitted, NotPossible, FormSentBefore) as refusal:
            self.form.add_error(None, str(refusal))
            return None
        messages.success(self.request, entered.words(self.told))
        return redirect(record_url(entered.record))


def _reported(request: ActingRequest, assignment: Assignment, form: ReportForm) -> Assignment:
    said, why = form.cleaned_data, form.day_reason
    asked: dict[str, Any] = {"today": request.today, "actor": request.user, "reason": why}
    services.refuse_stated_day(assignment, _("Báo cáo tiến độ, kết quả"), said["on"], **asked)
    reason = (
        _("\nGhi ngày {value}: {why}").format(value=formats.day(said["on"]), why=why.strip()) if why.strip() else ""
    )
    shared: dict[str, Any] = {
        "assignment": assignment,
        "text": f"{said['text']}{reason}",
        "on": said["on"],
        "actor": request.user,
        "evidence": said["evidence"] or (),
        "files": form.chosen_files(),
    }
    if said["done"]:
        return services.report_done(**shared)
    services.report_progress(**shared, percent=said["percent"])
    return assignment


def _load(request: ActingRequest, code: str) -> Assignment:
    found = find_record(register(Assignment.REGISTER), code, request.user)
    if not isinstance(found, Assignment):
        raise Http404(_("Không có nhiệm vụ {code}.").format(code=code))
    return found


def _initial(request: ActingRequest) -> dict[str, Any]:
    asked = request.GET
    initial = {
        "title": asked.get("noi-dung", ""),
        "origin_text": asked.get("cau", ""),
        "deadline_text": asked.get("han", ""),
        "given_by": asked.get("nguoi-giao", ""),
    }
    found = origin_named(asked.get("noi-giao", ""), request.user)
    if found is None:
        return initial
    words = getattr(found, "sentence", "") or found.title
    filled = {"origin": str(found.ref), "origin_text": words, "title": found.title}
    return {**filled, **{name: value for name, value in initial.items() if value}}


def _forbidden(request: ActingRequest, decision: Decision) -> HttpResponse:
    return render(request, "403.html", {"reason": decision.sentence()}, status=FORBIDDEN)


def _page(request: ActingRequest, form: forms.Form, heading: str, **values: Any) -> HttpResponse:
    assignment = values.get("assignment")
    back = values.pop("back", "") or (record_url(assignment) if assignment else "")
    trail = [{"label": _("Nhiệm vụ giao"), "url": reverse("assignments-board")}]
    trail += [{"label": assignment.code, "url": back}] if assignment else []
    trail.append({"label": heading})
    shown = {"form": form, "page_heading": heading, "back": back, "breadcrumb": trail, **values}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assignments/form.html", shown, status=status)
