"""The report on carrying out the conclusions, and the recommendations that wait."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET, require_http_methods

from khcn.governance.following_up import follow_lines
from khcn.governance.forms import AnswerForm, StudyForm
from khcn.governance.models import Recommendation, WorkingSession
from khcn.governance.permissions import may_follow_conclusions
from khcn.governance.presenting import WAITING_COLUMNS, waiting_rows
from khcn.governance.printing import follow_up_document
from khcn.governance.selectors import Onlooker, unanswered_recommendations
from khcn.governance.services.following import answer_recommendation, send_for_study
from khcn.governance.shared_page import follow_up_values, report_address
from khcn.governance.views.readings import UNPROCESSABLE, crumbs
from khcn.governance.waiting import stuck_first
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.paper_styles import file_name, in_style, style_asked, style_choices
from khcn.kernel.sharing.services import usual_days
from khcn.kernel.workflow.services import NotPossible
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEY = "khoa"


@require_GET
def follow_up(request: ActingRequest, code: str) -> HttpResponse:
    """Show what became of each sentence: to who may know of the session, and to who holds its QR code."""
    found = _seen(request, code)
    if found is None:
        return redirect_to_login(request.get_full_path())
    session, onlooker = found
    values = {
        **follow_up_values(session, onlooker, request.today),
        "holds_key": onlooker.holds_key or not request.user.is_authenticated,
        "layout": "ui/base.html" if request.user.is_authenticated else "ui/public.html",
        "paper_styles": _paper_styles(request, code),
    }
    if request.user.is_authenticated:
        values["breadcrumb"] = crumbs((code, reverse("governance:session", args=[code])), (_("Báo cáo thực hiện"), ""))
    answer = render(request, "governance/follow_up.html", values)
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@drawn_in_source
@require_GET
def follow_up_paper(request: ActingRequest, code: str, suffix: str) -> HttpResponse:
    """Give the same report as Word or PDF."""
    found = _seen(request, code)
    if found is None:
        return redirect_to_login(request.get_full_path())
    session, onlooker = found
    lines = stuck_first(follow_lines(session, onlooker, request.today), session.held_on)
    made = follow_up_document(
        session,
        lines,
        address=report_address(session, request.today),
        produced_at=request.now.replace(microsecond=0),
        today=request.today,
    )
    style = style_asked(request.GET)
    document = in_style(made, style, office=session.office, on=request.today)
    content, kind = (to_docx(document), DOCX) if suffix == "docx" else (to_pdf(document), "application/pdf")
    stem = file_name(f"thuc-hien-ket-luan-{session.code}", style)
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{stem}.{suffix}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _seen(request: ActingRequest, code: str) -> tuple[WorkingSession, Onlooker] | None:
    """Return the session and as whom it is read; None where the reader should sign in first.

    A key is that of a code printed before links were given out; it opens as long as a link of its day would.
    Raises: Http404, for someone signed in who may not know of it; for a code of what became confidential since.
    """
    key = request.GET.get(KEY, "")
    rows = WorkingSession.objects.standing().filter(code=code).select_related("office")
    opened = next((row for row in rows if key and _opens(row, key, request.today)), None)
    if opened is not None and opened.confidentiality != Confidentiality.CONFIDENTIAL:
        return opened, Onlooker(request.user, holds_key=True)
    session = rows.visible_to(request.user).order_by("pk").first()
    if session is not None:
        return session, Onlooker(request.user)
    user: Any = request.user
    if user.is_authenticated or opened is not None:
        raise Http404
    return None


def _opens(session: WorkingSession, key: str, today: date) -> bool:
    if not session.shared_key or session.shared_on is None:
        return False
    last = session.shared_on + timedelta(days=usual_days(today, session.office))
    return constant_time_compare(key, session.shared_key) and today <= last


def _paper_styles(request: ActingRequest, code: str) -> list[dict[str, Any]]:
    key = request.GET.get(KEY, "")
    suffixes = {_("Tải Word"): "docx", _("Tải PDF"): "pdf"}
    paths = {label: reverse("governance:follow-up-paper", args=[code, suffix]) for label, suffix in suffixes.items()}
    return style_choices(paths, {KEY: key} if key else {})


@require_GET
@login_required
def recommendations(request: ActingRequest) -> HttpResponse:
    """Show the recommendations without an answer, the oldest first."""
    rows = list(unanswered_recommendations(request.user))
    values = {"columns": WAITING_COLUMNS, "rows": waiting_rows(rows, request.user, request.today), "count": len(rows)}
    return render(request, "governance/recommendations.html", values)


@require_http_methods(["GET", "POST"])
@login_required
def recommendation_answer(request: ActingRequest, code: str) -> HttpResponse:
    """Record the answer to a recommendation."""
    row = _recommendation(request, code)
    sent = request.POST if request.method == "POST" else None
    form = watching(AnswerForm(sent, user=request.user, today=request.today), row)
    if settled(form, row, request.user):
        try:
            answer_recommendation(recommendation=row, actor=request.user, on=request.today, **form.cleaned_data)
            messages.success(request, _("Đã ghi trả lời cho {code}.").format(code=row.code))
            return redirect(_back(row))
        except NotPossible as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
    return _form_page(request, row, form, _("Ghi trả lời kiến nghị"))


@require_http_methods(["GET", "POST"])
@login_required
def recommendation_study(request: ActingRequest, code: str) -> HttpResponse:
    """Ask an agency to answer a recommendation."""
    row = _recommendation(request, code)
    form = watching(StudyForm(request.POST if request.method == "POST" else None, user=request.user), row)
    if settled(form, row, request.user):
        said = form.cleaned_data
        try:
            send_for_study(
                recommendation=row,
                by=said["studied_by"],
                competence=said["competence"],
                actor=request.user,
                on=request.today,
            )
            messages.success(
                request, _("Đã chuyển {code} cho {value} xem xét.").format(code=row.code, value=said["studied_by"])
            )
            return redirect(_back(row))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, row, form, _("Chuyển kiến nghị xem xét"))


def _recommendation(request: ActingRequest, code: str) -> Recommendation:
    rows = Recommendation.objects.visible_to(request.user).select_related("session", "office")
    rows = rows.filter(Q(session=None) | Q(session__in=WorkingSession.objects.visible_to(request.user)))
    found: Recommendation = get_object_or_404(rows, code=code, office=request.user.office_id)
    may_follow_conclusions(request.user, found).enforce()
    return found


def _back(row: Recommendation) -> str:
    if row.session is None:
        return reverse("governance:recommendations")
    return reverse("governance:session", args=[row.session.code]) + "#kien-nghi"


def _form_page(request: ActingRequest, row: Recommendation, form: Any, heading: str) -> HttpResponse:
    values = {
        "heading": heading,
        "form": form,
        "quote": row.title,
        "back": _back(row),
        "breadcrumb": [
            {"label": _("Kiến nghị chưa trả lời"), "url": reverse("governance:recommendations")},
            {"label": row.code},
        ],
    }
    return render(request, "governance/form.html", values, status=UNPROCESSABLE if form.errors else 200)
