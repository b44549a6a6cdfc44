"""The pages of tasks: their sides, their parts, their money, dossiers, risk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khcn.kernel.access.decisions import Decision
from khcn.kernel.calendar import CalendarError
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.submitting import FormSentBefore, entered_once
from khcn.kernel.records.tracked import ChangedMeanwhile
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.research.forms import ApplicationForm, DropPartForm, MoveForm, PartForm, ReverseForm, RiskDecisionForm
from khcn.research.models import Movement, ResearchTask, RiskFile, TaskApplication, TaskProposal
from khcn.research.part_sheets import MONEY, RESULT, SHEETS, SIDES, PartSheet, side_of
from khcn.research.permissions import may_decide, may_keep
from khcn.research.presenting import side_values
from khcn.research.services import calls, money, running
from khcn.research.services.parts import PART_KINDS, drop_part, keep_part

UNPROCESSABLE = 422
FORBIDDEN = 403
REFUSALS = (NotPossible, RuleUnknown, CalendarError, FormSentBefore, ChangedMeanwhile)


@require_GET
@login_required
def show_side(request: ActingRequest, code: str, side: str) -> HttpResponse:
    """Show one side of a task: people and products, money, progress, result."""
    task = load_task(request, code)
    if side not in SIDES:
        raise Http404(_("Nhiệm vụ không có mục này."))
    values = side_values(task, side, request.user) | {"breadcrumb": trail(task, SIDES[side][0])}
    return render(request, "research/side.html", values)


@require_http_methods(["GET", "POST"])
@login_required
def add_part(request: ActingRequest, code: str, kind: str) -> HttpResponse:
    """Enter a part of a task."""
    task, sheet = load_task(request, code), _sheet(kind)
    form = PartForm(_sent(request), sheet=sheet, part=_new_part(task, kind), **_asker(request))

    def act(filled: Any) -> None:
        keep_part(part=filled.filled(), actor=request.user, on=request.today)

    decision = PART_KINDS[kind].may(request.user, task)
    return _changed(request, task, form, act, decision, heading=sheet.add, side=side_of(kind))


@require_http_methods(["GET", "POST"])
@login_required
def change_part(request: ActingRequest, code: str, kind: str, number: int) -> HttpResponse:
    """Correct a part of a task."""
    task, sheet = load_task(request, code), _sheet(kind)
    part = _part(task, kind, number)
    form = PartForm(_sent(request), sheet=sheet, part=part, **_asker(request))

    def act(filled: Any) -> None:
        keep_part(part=filled.filled(), actor=request.user, on=request.today)

    decision = PART_KINDS[kind].may(request.user, task)
    heading = _("Sửa: {part}").format(part=part)
    drop_url = "" if PART_KINDS[kind].kept else reverse("task-part-drop", args=[code, kind, number])
    return _changed(request, task, form, act, decision, heading=heading, side=side_of(kind), drop_url=drop_url)


@require_http_methods(["GET", "POST"])
@login_required
def remove_part(request: ActingRequest, code: str, kind: str, number: int) -> HttpResponse:
    """Take a part of a task out."""
    task = load_task(request, code)
    part = _part(task, _sheet(kind).key, number)

    def act(filled: Any) -> None:
        drop_part(part=part, actor=request.user, on=request.today, **filled.cleaned_data)

    decision = PART_KINDS[kind].may(request.user, task)
    heading = _("Bỏ: {part}").format(part=part)
    return _changed(request, task, DropPartForm(_sent(request)), act, decision, heading=heading, side=side_of(kind))


@require_http_methods(["GET", "POST"])
@login_required
def move_money(request: ActingRequest, code: str) -> HttpResponse:
    """Record money that moved."""
    task = load_task(request, code)
    form = MoveForm(_sent(request), task=task, today=request.today)

    def act(filled: Any) -> None:
        money.move_money(task=task, actor=request.user, on=request.today, **filled.values())

    decision = may_keep(request.user, task)
    return _changed(request, task, form, act, decision, heading=money.MOVING, side=MONEY)


@require_http_methods(["GET", "POST"])
@login_required
def reverse_movement(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Undo a movement of money by its opposite."""
    task = load_task(request, code)
    movement = get_object_or_404(Movement.objects.filter(task=task), pk=number)
    movement.task = task

    def act(filled: Any) -> None:
        money.reverse_movement(movement=movement, actor=request.user, on=request.today, **filled.cleaned_data)

    decision = may_keep(request.user, task)
    heading = _("Đảo: {movement}").format(movement=movement)
    return _changed(request, task, ReverseForm(_sent(request)), act, decision, heading=heading, side=MONEY)


@require_http_methods(["GET", "POST"])
@login_required
def decide_risk(request: ActingRequest, code: str) -> HttpResponse:
    """Decide on a risk that came true."""
    task = load_task(request, code)
    risk = get_object_or_404(RiskFile.objects.filter(task=task))
    risk.task = task
    form = RiskDecisionForm(_sent(request), risk=risk, today=request.today)

    def act(filled: Any) -> None:
        running.decide_risk(risk=risk, actor=request.user, on=request.today, **filled.values())

    decision = may_decide(request.user, task)
    return _changed(request, task, form, act, decision, heading=running.RISK, side=RESULT)


@require_http_methods(["GET", "POST"])
@login_required
def file_application(request: ActingRequest, code: str) -> HttpResponse:
    """Enter a dossier that applies for a task."""
    task = load_task(request, code)
    decision = may_keep(request.user, task)
    if not decision:
        return forbidden(request, decision)
    form = watching(ApplicationForm(_sent(request), task=task, **_asker(request)), task)
    if settled(form, task, request.user):
        try:
            entered = entered_once(
                TaskApplication.REGISTER,
                lambda: calls.file_application(application=form.application(), actor=request.user, on=request.today),
                actor=request.user,
                token=form.token,
            )
        except REFUSALS as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, entered.words(_("Đã nhận {record}.").format(record=entered.record)))
            return redirect(record_url(entered.record))
    return _form_page(request, task, form, _("Nhận hồ sơ đăng ký chủ trì"), back=record_url(task))


@require_POST
@login_required
def task_from_proposal(request: ActingRequest, code: str) -> HttpResponse:
    """Make a task of a screened proposal."""
    rows = TaskProposal.objects.visible_to(request.user).select_related("office", "division")
    proposal: Any = get_object_or_404(rows, code=code, office=request.user.office_id)
    decision = may_keep(request.user, proposal)
    if not decision:
        return forbidden(request, decision)
    try:
        task = calls.task_from(proposal=proposal, actor=request.user, on=request.today)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect(record_url(proposal))
    messages.success(request, _("Đã lập {record}.").format(record=task))
    return redirect(record_url(task))


def _changed(
    request: ActingRequest,
    task: ResearchTask,
    form: Any,
    act: Callable[[Any], None],
    decision: Decision,
    *,
    heading: str,
    side: str,
    drop_url: str = "",
) -> HttpResponse:
    """Show the form over the task to whom it is open, or do the act and go back to its side."""
    if not decision:
        return forbidden(request, decision)
    back = reverse("task-side", args=[task.code, side])
    if settled(watching(form, task), task, request.user):
        try:
            entered = entered_once(
                task.REGISTER, lambda: _done(act, form, task), actor=request.user, token=getattr(form, "token", None)
            )
        except REFUSALS as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, entered.words(_("Đã ghi vào {code}.").format(code=task.code)))
            return redirect(back)
    return _form_page(request, task, form, heading, back=back, drop_url=drop_url)


def _done(act: Callable[[Any], None], form: Any, task: ResearchTask) -> ResearchTask:
    act(form)
    return task


def _form_page(
    request: ActingRequest, task: ResearchTask, form: Any, heading: str, *, back: str, drop_url: str = ""
) -> HttpResponse:
    values = {
        "form": form,
        "page_heading": heading,
        "back": back,
        "task": task,
        "drop_url": drop_url,
        "breadcrumb": trail(task, heading),
    }
    return render(request, "research/form.html", values, status=UNPROCESSABLE if form.errors else 200)


def trail(task: ResearchTask, label: str) -> list[dict[str, str]]:
    """Return the way to a page about a task."""
    register = {"label": _("Nhiệm vụ khoa học và công nghệ"), "url": register_url(ResearchTask.REGISTER)}
    return [register, {"label": task.code, "url": record_url(task)}, {"label": label}]


def load_task(request: ActingRequest, code: str) -> ResearchTask:
    """Return the task of that code in the user's office, if they may know of it.

    Raises: Http404.
    """
    rows = ResearchTask.objects.visible_to(request.user).select_related("office", "division", "host", "leader")
    found: ResearchTask = get_object_or_404(rows, code=code, office=request.user.office_id)
    return found


def _sheet(kind: str) -> PartSheet:
    if kind not in SHEETS:
        raise Http404(_("Nhiệm vụ không có mục này."))
    return SHEETS[kind]


def _new_part(task: ResearchTask, kind: str) -> Any:
    model: Any = PART_KINDS[kind].model
    return model(task=task)


def _part(task: ResearchTask, kind: str, number: int) -> Any:
    model: Any = PART_KINDS[kind].model
    row: Any = get_object_or_404(model.objects.filter(task=task), pk=number)
    row.task = task
    return row


def _asker(request: ActingRequest) -> dict[str, Any]:
    return {"user": request.user, "today": request.today}


def _sent(request: ActingRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _tell(form: Any, refusal: Exception) -> None:
    for reason in getattr(refusal, "reasons", [str(refusal)]):
        form.add_error(None, reason)


def forbidden(request: ActingRequest, decision: Decision) -> HttpResponse:
    """Refuse with the reasons."""
    return render(request, "403.html", {"reason": decision.sentence()}, status=FORBIDDEN)
