"""The timeline, one session, its figures and conclusions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from khcn.assignments.models import Assignment
from khcn.assignments.states import IssuerLevel
from khcn.governance.following_up import counts_of, follow_lines
from khcn.governance.forms import (
    ConclusionForm,
    FigureMatchForm,
    NoticeForm,
    ReasonForm,
    SessionForm,
    TaskForm,
    written,
)
from khcn.governance.models import Conclusion, SessionFigure, WorkingSession
from khcn.governance.permissions import (
    may_follow_conclusions,
    may_record_session,
    may_release_differences,
    may_see_differences,
    may_share_follow_up,
)
from khcn.governance.presenting import (
    COMPARED_COLUMNS,
    RECORD_COLUMNS,
    REPORTED_COLUMNS,
    compared_rows,
    conclusion_blocks,
    drill_down,
    figure_history,
    own_value,
    paper_items,
    people_items,
    period_words,
    recommendation_blocks,
    reported_value,
    session_steps,
    timeline_items,
)
from khcn.governance.selectors import (
    Onlooker,
    all_tasks_finished,
    comparison_of,
    comparisons_of,
    notice_numbers,
    open_readings,
    papers_of_session,
    period_compared,
    session_counts,
    session_instant,
)
from khcn.governance.services.following import (
    carry_out_finished,
    give_task,
    link_notice,
    match_figure,
    note_conclusion,
    plan_session,
    record_conclusion,
    release_differences,
    stop_sharing,
)
from khcn.governance.states import AttendancePart, ConclusionState
from khcn.governance.views.readings import UNPROCESSABLE, crumbs
from khcn.governance.waiting import stuck_first
from khcn.governance.workflow import SESSION_WORKFLOW
from khcn.kernel.identity.models import Division
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.listing import state_value
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.submitting import FormSentBefore, entered_once
from khcn.kernel.text.dates import parse_deadline
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.language.words import words as _

PAGE = 30


@require_GET
@login_required
def timeline(request: ActingRequest) -> HttpResponse:
    """Show the sessions along time, the newest first, and the readings that wait."""
    rows = WorkingSession.objects.visible_to(request.user).standing()
    page = Paginator(rows.order_by(F("held_on").desc(nulls_first=True), "-pk"), PAGE).get_page(request.GET.get("trang"))
    shown = list(page.object_list)
    counts = session_counts(shown, request.user, request.today)
    recorder = bool(may_record_session(request.user))
    values = {
        "items": timeline_items(shown, counts, notice_numbers(shown, request.user)),
        "page": page,
        "may_record": recorder,
        "readings": list(open_readings(request.user)[:10]) if recorder else [],
    }
    return render(request, "governance/sessions.html", values)


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: ActingRequest) -> HttpResponse:
    """Enter a session by hand."""
    may_record_session(request.user).enforce()
    form = SessionForm(_sent(request), today=request.today)
    if form.is_valid():
        owned = {"division": request.user.division, "responsible": request.user}
        new = WorkingSession(office=request.user.working_office, **owned, **form.cleaned_data)
        try:
            entered = entered_once(
                WorkingSession.REGISTER,
                lambda: plan_session(session=new, actor=request.user, on=request.today),
                actor=request.user,
                token=form.token,
            )
            messages.success(request, entered.words(f"Đã ghi {entered.record}."))
            return redirect("governance:session", entered.record.code)
        except FormSentBefore as refusal:
            form.add_error(None, str(refusal))
    values = {
        "heading": _("Ghi buổi làm việc"),
        "form": form,
        "back": reverse("governance:sessions"),
        "breadcrumb": crumbs((_("Ghi buổi làm việc"), "")),
    }
    return render(request, "governance/form.html", values, status=UNPROCESSABLE if form.errors else 200)


@require_GET
@login_required
def session(request: ActingRequest, code: str) -> HttpResponse:
    """Show one session with what became of it."""
    found = load(request, code)
    user, today = request.user, request.today
    lines = stuck_first(follow_lines(found, Onlooker(user), today), found.held_on)
    differences = bool(may_see_differences(user, found))
    comparisons = comparisons_of(found)
    recommendations = found.recommendations.visible_to(user).standing().select_related("studied_by").order_by("pk")
    values = {
        "session": found,
        "state": state_value(SESSION_WORKFLOW, found.state),
        "people": people_items(found, user),
        "photos": list(found.photos.select_related("person").order_by("pk")),
        "figure_columns": COMPARED_COLUMNS if differences else REPORTED_COLUMNS,
        "figure_rows": compared_rows(found, comparisons, user, differences=differences),
        "differences": differences,
        "discussion": list(found.discussion_points.select_related("speaker").order_by("pk")),
        "conclusions": conclusion_blocks(found, lines, user, today),
        "counts": counts_of(lines),
        "recommendations": recommendation_blocks(list(recommendations), user, today),
        "papers": paper_items(papers_of_session(found, user)),
        "steps": session_steps(found, user),
        "readings": list(found.readings.visible_to(user).order_by("pk")),
        "record_url": record_url(found),
        "breadcrumb": crumbs((found.code, "")),
        **_rights(request, found),
    }
    return render(request, "governance/session.html", values)


def _rights(request: ActingRequest, found: WorkingSession) -> dict[str, bool]:
    follows = bool(may_follow_conclusions(request.user, found))
    ready = follows and any(
        all_tasks_finished(row) for row in found.conclusions.standing().filter(state=ConclusionState.TASKED)
    )
    return {
        "may_record": bool(may_record_session(request.user, found)),
        "may_release": bool(may_release_differences(request.user, found)) and found.released_on is None,
        "may_share": bool(may_share_follow_up(request.user, found)),
        "ready": ready,
    }


@require_http_methods(["GET", "POST"])
@login_required
def step(request: ActingRequest, code: str, name: str) -> HttpResponse:
    """Take a step of the session today."""
    found = load(request, code)
    if name not in SESSION_WORKFLOW.by_name:
        raise Http404
    if request.method == "GET":  # after the session ended and the person signed in again
        return redirect("governance:session", code)
    try:
        perform(SESSION_WORKFLOW, name, found, actor=request.user, on=request.today)
        messages.success(
            request,
            _("Đã ghi «{label}» với {code}.").format(label=SESSION_WORKFLOW.by_name[name].label, code=found.code),
        )
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("governance:session", code)


@require_http_methods(["GET", "POST"])
@login_required
def act(request: ActingRequest, code: str, name: str) -> HttpResponse:
    """Release the differences, close a QR code printed earlier, close the conclusions that are carried out."""
    found = load(request, code)
    acts: dict[str, tuple[Any, str]] = {
        "cho-xem": (release_differences, _("Đã cho xem chênh lệch số liệu của {}.")),
        "thoi-mo-ma": (stop_sharing, _("Mã QR đã in của {} không mở được gì nữa.")),
        "da-thuc-hien": (carry_out_finished, _("Đã ghi các ý kiến thực hiện xong của {}.")),
    }
    if name not in acts:
        raise Http404
    if request.method == "GET":  # after the session ended and the person signed in again
        return redirect("governance:session", code)
    perform_act, words = acts[name]
    try:
        perform_act(session=found, actor=request.user, on=request.today)
        messages.success(request, words.format(found.code))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("governance:session", code)


@require_http_methods(["GET", "POST"])
@login_required
def notice(request: ActingRequest, code: str) -> HttpResponse:
    """Link the paper in which the conclusions were received."""
    found = load(request, code)
    may_record_session(request.user, found).enforce()
    form = watching(NoticeForm(_sent(request), user=request.user), found)
    if settled(form, found, request.user):
        try:
            for paper in form.cleaned_data["paper"]:
                link_notice(session=found, paper=paper, actor=request.user, on=request.today)
            messages.success(request, _("Đã gắn văn bản với {code}.").format(code=found.code))
            return redirect("governance:session", code)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, found, form, _("Gắn thông báo kết luận"))


@require_GET
@login_required
def figure(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Show the records behind a reported figure, as they were known then and now."""
    found = load(request, code)
    may_see_differences(request.user, found).enforce()
    row = _figure(found, number)
    one = comparison_of(found, row)
    if one.then is None or one.now is None:
        raise Http404(_("Số liệu này chưa được đối chiếu với chỉ số nào."))
    period = period_compared(found, row)
    values = {
        "session": found,
        "row": row,
        "reported": reported_value(row),
        "indicator": one.now.indicator,
        "then_value": own_value(one.then),
        "now_value": own_value(one.now),
        "instant": session_instant(found),
        "period": f"{period_words(period)} ({one.now.period.days})" if period else "",
        "columns": RECORD_COLUMNS,
        **drill_down(one, request.user),
        "history": figure_history(row),
        "breadcrumb": crumbs((found.code, reverse("governance:session", args=[code])), (_("Số liệu"), "")),
    }
    return render(request, "governance/figure.html", values)


@require_http_methods(["GET", "POST"])
@login_required
def figure_match(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Say which indicator a reported figure is compared with."""
    found = load(request, code)
    may_record_session(request.user, found).enforce()
    row = _figure(found, number)
    period = period_compared(found, row)
    initial = {
        "indicator": row.indicator,
        "explanation": row.explanation,
        "period_kind": period[0] if period else "",
        "period_year": period[1] if period else None,
    }
    form = watching(FigureMatchForm(_sent(request), initial=initial), row)
    if settled(form, row, request.user):
        said = {name: form.cleaned_data[name] for name in ("indicator", "explanation")}
        try:
            match_figure(figure=row, period=form.period, actor=request.user, on=request.today, **said)
            messages.success(request, _("Đã ghi đối chiếu cho «{row}».").format(row=row))
            return redirect(reverse("governance:session", args=[code]) + "#so-lieu")
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
    history = figure_history(row)
    return _form_page(request, found, form, _("Đối chiếu: {row}").format(row=row), quote=row.sentence, history=history)


@require_http_methods(["GET", "POST"])
@login_required
def conclusion_add(request: ActingRequest, code: str) -> HttpResponse:
    """Record one conclusion by hand."""
    found = load(request, code)
    may_record_session(request.user, found).enforce()
    form = ConclusionForm(_sent(request))
    if form.is_valid():
        deadline = parse_deadline(form.cleaned_data["deadline_text"], found.held_on or request.today)
        new = Conclusion(
            office=found.office,
            session=found,
            division=found.division,
            confidentiality=found.confidentiality,
            due_on=deadline.on,
            deadline_precision=str(deadline.precision),
            **form.cleaned_data,
        )
        try:
            entered = entered_once(
                Conclusion.REGISTER,
                lambda: record_conclusion(conclusion=new, actor=request.user, on=request.today),
                actor=request.user,
                token=form.token,
            )
            messages.success(request, entered.words(f"Đã ghi {entered.record.code}."))
            return redirect(reverse("governance:session", args=[code]) + "#ket-luan")
        except (NotPossible, FormSentBefore) as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, found, form, _("Ghi ý kiến chỉ đạo"))


@require_http_methods(["GET", "POST"])
@login_required
def task_give(request: ActingRequest, code: str) -> HttpResponse:
    """Give a task from a conclusion."""
    conclusion = _conclusion(request, code)
    may_follow_conclusions(request.user, conclusion).enforce()
    initial = _task_initial(request, conclusion)
    form = TaskForm(_sent(request), user=request.user, today=request.today, initial=initial)
    if settled(watching(form, conclusion), conclusion, request.user):
        said = form.cleaned_data
        try:
            given = give_task(
                conclusion=conclusion,
                assignment=_assignment(conclusion, said),
                coordinators=said["coordinators"],
                chain=said["chain"],
                actor=request.user,
                on=request.today,
            )
            due = (
                _(", hạn {due_on}").format(due_on=written(given.due_on))
                if given.due_on
                else f", {given.get_precision_display().lower()}"
            )
            messages.success(
                request,
                _("Đã giao {code} cho {lead_text}{due}.").format(code=given.code, lead_text=given.lead_text, due=due),
            )
            return redirect(reverse("governance:session", args=[conclusion.session.code]) + f"#{conclusion.code}")
        except NotPossible as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
    return _form_page(
        request, conclusion.session, form, _("Giao nhiệm vụ"), quote=conclusion.sentence or conclusion.title
    )


def _task_initial(request: ActingRequest, conclusion: Conclusion) -> dict[str, Any]:
    held = conclusion.session
    chair = held.attendances.filter(part=AttendancePart.CHAIR).select_related("person").first()
    party = chair is not None and "tỉnh ủy" in chair.roles.lower().replace("uỷ", "ủy")
    return {
        "title": conclusion.title,
        "deadline_text": conclusion.deadline_text,
        "assigned_on": written(held.held_on or request.today),
        "advise_only": conclusion.advise_only,
        "given_by": f"{chair.person.listed_name}, {chair.roles}"[:300].removeprefix(", ") if chair else "",
        "issuer_level": IssuerLevel.PROVINCIAL_PARTY if party else IssuerLevel.PEOPLES_COMMITTEE,
        "responsible": request.user.pk,
    }


def _assignment(conclusion: Conclusion, said: dict[str, Any]) -> Assignment:
    deadline = parse_deadline(said["deadline_text"], said["assigned_on"])
    lead = said["lead"]
    side = {"lead_division": lead} if isinstance(lead, Division) else {"lead_organisation": lead}
    copied = (
        "title",
        "product",
        "deadline_text",
        "closing_rule",
        "issuer_level",
        "given_by",
        "advise_only",
        "assigned_on",
        "responsible",
    )
    return Assignment(
        office=conclusion.office,
        due_on=deadline.on,
        precision=str(deadline.precision),
        confidentiality=conclusion.confidentiality,
        provenance=conclusion.provenance,
        **side,
        **{name: said[name] for name in copied},
    )


@require_http_methods(["GET", "POST"])
@login_required
def conclusion_note(request: ActingRequest, code: str) -> HttpResponse:
    """State that a conclusion asks for nothing to follow."""
    conclusion = _conclusion(request, code)
    may_follow_conclusions(request.user, conclusion).enforce()
    form = watching(ReasonForm(_sent(request)), conclusion)
    if settled(form, conclusion, request.user):
        try:
            note_conclusion(conclusion=conclusion, why=form.cleaned_data["why"], actor=request.user, on=request.today)
            messages.success(request, _("Đã ghi {code}: chỉ để biết.").format(code=conclusion.code))
            return redirect(reverse("governance:session", args=[conclusion.session.code]) + "#ket-luan")
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
    heading = _("Ý kiến chỉ để biết, không giao nhiệm vụ")
    return _form_page(request, conclusion.session, form, heading, quote=conclusion.sentence or conclusion.title)


def _sent(request: ActingRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _form_page(
    request: ActingRequest, found: WorkingSession, form: Any, heading: str, *, quote: str = "", history: Any = ()
) -> HttpResponse:
    back = reverse("governance:session", args=[found.code])
    values = {
        "heading": heading,
        "form": form,
        "quote": quote,
        "history": history,
        "back": back,
        "breadcrumb": crumbs((found.code, back), (heading, "")),
    }
    return render(request, "governance/form.html", values, status=UNPROCESSABLE if form.errors else 200)


def load(request: ActingRequest, code: str) -> WorkingSession:
    """Return the session of that code if the user may know of it.

    Raises: Http404.
    """
    rows = WorkingSession.objects.visible_to(request.user).select_related("office", "host", "responsible", "division")
    found: WorkingSession = get_object_or_404(rows.order_by("pk"), code=code, office=request.user.office_id)
    return found


def _figure(found: WorkingSession, number: int) -> SessionFigure:
    row: SessionFigure = get_object_or_404(found.figures.all(), pk=number)
    row.session = found
    return row


def _conclusion(request: ActingRequest, code: str) -> Conclusion:
    rows = Conclusion.objects.visible_to(request.user).select_related("session__office", "office")
    rows = rows.filter(session__in=WorkingSession.objects.visible_to(request.user))
    found: Conclusion = get_object_or_404(rows, code=code, office=request.user.office_id)
    return found
