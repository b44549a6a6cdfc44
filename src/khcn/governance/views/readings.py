"""Give a text to the reader, review what it proposes, confirm."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from khcn.governance.forms import LARGEST_MB, ConfirmForm, ReadingForm, ReasonForm
from khcn.governance.item_forms import FORMS, ItemForm
from khcn.governance.models import ReadingItem, SessionReading
from khcn.governance.permissions import may_record_session
from khcn.governance.reviewing import (
    DOUBTFUL,
    VIEW,
    add_links,
    doubtful_first,
    groups_of_items,
    order_by_doubt,
    order_by_kind,
    paragraphs_of,
    progress_words,
    views_of,
)
from khcn.governance.selectors import host_named_in, people_bearing, sessions_on
from khcn.governance.services.confirming import confirm_reading, doubts_about, iso_day
from khcn.governance.services.reading import GivenText, accept_remaining, add_item, decide_item, start_reading
from khcn.governance.states import ItemDecision, ItemKind, ReadingState
from khcn.governance.workflow import READING_WORKFLOW
from khcn.kernel.files.reading import UnreadableFile
from khcn.kernel.files.selectors import attachments_of
from khcn.kernel.files.uploads import TOO_LARGE, InMemoryUpload
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.listing import state_value
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.record_fields import written_record
from khcn.kernel.pages.submitting import FormSentBefore, entered_once
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.language.words import words as _

UNPROCESSABLE = 422
SESSIONS = {"label": _("Buổi làm việc")}


def crumbs(*labels: tuple[str, str]) -> list[dict[str, str]]:
    """Return the breadcrumb of a page under the sessions."""
    shown = [{"label": _("Buổi làm việc"), "url": reverse("governance:sessions")}]
    return shown + [{"label": label, "url": url} if url else {"label": label} for label, url in labels]


@csrf_exempt
@require_http_methods(["GET", "POST"])
@login_required
def read(request: ActingRequest) -> HttpResponse:
    """Ask for a text; an upload is held in memory only, the token is checked by the inner view."""
    request.upload_handlers = [InMemoryUpload(request)]
    return _read(request)


@csrf_protect
def _read(request: ActingRequest) -> HttpResponse:
    may_record_session(request.user).enforce()
    form = ReadingForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        form = ReadingForm(request.POST, request.FILES)
        if request.META.get(TOO_LARGE):
            form.add_error(
                "file",
                _("Tệp nặng quá {largest_mb} MB. Giảm dung lượng hoặc dán nội dung rồi gửi lại.").format(
                    largest_mb=LARGEST_MB
                ),
            )
        reading = _start(request, form) if form.is_valid() else None
        if reading is not None:
            return redirect("governance:reading", reading.code)
        status = UNPROCESSABLE
    values = {"form": form, "breadcrumb": crumbs((_("Đọc bài viết, thông báo"), ""))}
    return render(request, "governance/read.html", values, status=status)


def _start(request: ActingRequest, form: ReadingForm) -> SessionReading | None:
    said = form.cleaned_data
    document, upload = said["document"], said.get("file")
    given = GivenText(
        text=document.text,
        filename=upload.name if upload else "",
        warnings=document.warnings,
        data=said.get("data"),
        source_note=said["source_note"],
    )
    try:
        entered = entered_once(
            SessionReading.REGISTER,
            lambda: start_reading(
                office=request.user.working_office, given=given, actor=request.user, on=request.today
            ),
            actor=request.user,
            token=form.token,
        )
    except (ValueError, UnreadableFile, FormSentBefore) as refusal:
        form.add_error("file" if upload else "text", str(refusal))
        return None
    return entered.record  # type: ignore[no-any-return]  # of the register named


@require_GET
@login_required
def review(request: ActingRequest, code: str) -> HttpResponse:
    """Show a text beside what was read from it."""
    return _review(request, _load(request, code))


def _review(
    request: ActingRequest, reading: SessionReading, form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    items = list(reading.items.all())
    for item in items:
        item.reading = reading
    is_open = reading.state == ReadingState.REVIEWING and bool(may_record_session(request.user, reading))
    waiting = [item for item in items if not item.is_decided]
    decided = [item for item in items if item.is_decided]
    doubts = doubts_about(reading, request.user) if is_open else []
    grouped = doubtful_first if _by_doubt(request) else groups_of_items
    values = {
        "reading": reading,
        "state": state_value(READING_WORKFLOW, reading.state),
        "paragraphs": paragraphs_of(reading.text, [item for item in items if item.decision != ItemDecision.REJECTED]),
        "waiting": grouped(reading, waiting, request.user, is_open=is_open),
        "views": views_of(reading, waiting, by_doubt=_by_doubt(request)),
        "decided": groups_of_items(reading, decided, request.user, is_open=is_open),
        "decided_count": len(decided),
        "waiting_count": len(waiting),
        "progress_text": progress_words(items),
        "is_open": is_open,
        "add_links": add_links(reading) if is_open else [],
        "requirements": _requirements(waiting, doubts),
        "form": form or (_confirm_form(request, reading, items) if is_open else None),
        "files": list(attachments_of(reading)),
        "record_url": record_url(reading),
        "breadcrumb": crumbs((_("Bài đọc {code}").format(code=reading.code), "")),
    }
    return render(request, "governance/review.html", values, status=status)


def _by_doubt(request: ActingRequest) -> bool:
    """Tell whether the person works from the least sure proposal to the surest."""
    return request.GET.get(VIEW) == DOUBTFUL


def _requirements(waiting: list[ReadingItem], doubts: list[str]) -> list[dict[str, Any]]:
    first = {
        "met": not waiting,
        "text": _("Còn {count} mục chờ rà soát").format(count=len(waiting)) if waiting else _("Mọi mục đã rà soát"),
    }
    return [first, *({"met": False, "text": doubt} for doubt in doubts)]


def _day_of(items: list[ReadingItem]) -> date | None:
    return iso_day(next((item.values.get("date") for item in items if item.kind == ItemKind.SESSION), None))


def _confirm_form(
    request: ActingRequest, reading: SessionReading, items: list[ReadingItem], data: Any = None
) -> ConfirmForm:
    same_day = sessions_on(_day_of(items), reading.office, request.user)
    host = host_named_in(reading.title, reading.office, request.user)
    initial = {"host": written_record(host) if host else ""}
    return watching(ConfirmForm(data, user=request.user, same_day=same_day, initial=initial), reading)


@require_http_methods(["GET", "POST"])
@login_required
def confirm(request: ActingRequest, code: str) -> HttpResponse:
    """Put what was accepted into the registers."""
    reading = _load(request, code)
    if request.method == "GET":
        return redirect("governance:reading", code)
    form = _confirm_form(request, reading, list(reading.items.all()), request.POST)
    if not settled(form, reading, request.user):
        return _review(request, reading, form, UNPROCESSABLE)
    try:
        session = confirm_reading(
            reading=reading,
            session=form.cleaned_data["session"],
            host=form.cleaned_data["host"],
            actor=request.user,
            on=request.today,
        )
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        reading.refresh_from_db()
        if reading.session is not None:
            return redirect("governance:session", reading.session.code)
        return redirect("governance:reading", code)
    messages.success(
        request,
        _("Đã đưa vào sổ: {session}. Bước tiếp theo: giao nhiệm vụ cho từng ý kiến chỉ đạo.").format(session=session),
    )
    return redirect("governance:session", session.code)


@require_http_methods(["GET", "POST"])
@login_required
def accept_all(request: ActingRequest, code: str) -> HttpResponse:
    """Accept whatever still waits."""
    reading = _load(request, code)
    if request.method == "GET":  # after the session ended and the person signed in again
        return redirect("governance:reading", code)
    try:
        count = accept_remaining(reading=reading, actor=request.user, on=request.today)
        messages.success(request, _("Đã chấp nhận {count} mục còn lại.").format(count=count))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("governance:reading", code)


@require_http_methods(["GET", "POST"])
@login_required
def abandon(request: ActingRequest, code: str) -> HttpResponse:
    """Give a reading up, with the reason; nothing enters a register."""
    reading = _load(request, code)
    form = watching(ReasonForm(request.POST or None), reading)
    if settled(form, reading, request.user):
        try:
            perform(
                READING_WORKFLOW,
                "abandon",
                reading,
                actor=request.user,
                on=request.today,
                note=form.cleaned_data["why"],
            )
            messages.success(request, _("Đã bỏ bài đọc {code}; không có gì vào sổ.").format(code=reading.code))
            return redirect("governance:sessions")
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
    values = {
        "heading": _("Bỏ bài đọc {code}").format(code=reading.code),
        "breadcrumb": crumbs((reading.code, reverse("governance:reading", args=[code])), (_("Bỏ"), "")),
        "confirm": {
            "consequence": _("Bài đọc được đóng lại, không có gì vào sổ. Bài và lý do vẫn còn trong lịch sử."),
            "action_label": _("Bỏ bài đọc"),
            "form": form,
            "danger": True,
            "cancel_url": reverse("governance:reading", args=[code]),
        },
    }
    return render(request, "ui/confirm.html", values, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def accept(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Accept one proposal."""
    return _decide(request, code, number, ItemDecision.ACCEPTED)


@require_http_methods(["GET", "POST"])
@login_required
def reject(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Reject one proposal."""
    return _decide(request, code, number, ItemDecision.REJECTED)


def _decide(request: ActingRequest, code: str, number: int, decision: ItemDecision) -> HttpResponse:
    reading, item = _load_item(request, code, number)
    if request.method == "GET":  # after the session ended and the person signed in again
        return redirect(reverse("governance:reading", args=[code]) + f"#extraction-{item.pk}")
    try:
        decide_item(item=item, decision=decision, actor=request.user, on=request.today)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect(_next_place(request, reading, item))


def _next_place(request: ActingRequest, reading: SessionReading, item: ReadingItem) -> str:
    """Return the review at the next proposal that waits, in the order of the screen; at its end when none does."""
    order = order_by_doubt if _by_doubt(request) else order_by_kind
    waiting = sorted(reading.items.undecided(), key=order)
    following = next((row for row in waiting if order(row) > order(item)), waiting[0] if waiting else None)
    view = f"?{VIEW}={DOUBTFUL}" if following and _by_doubt(request) else ""
    anchor = f"#extraction-{following.pk}" if following else "#xac-nhan"
    return reverse("governance:reading", args=[reading.code]) + view + anchor


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Correct one proposal."""
    reading, item = _load_item(request, code, number)
    may_record_session(request.user, reading).enforce()
    form = watching(_item_form(request, reading, item.kind, item), item)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if settled(form, item, request.user):
            try:
                decide_item(
                    item=item, decision=ItemDecision.EDITED, values=form.values, actor=request.user, on=request.today
                )
                return redirect(_next_place(request, reading, item))
            except NotPossible as refusal:
                form.add_error(None, str(refusal))
    return _item_page(
        request,
        reading,
        form,
        _("Sửa: {label}").format(label=ItemKind(item.kind).label),
        clause=item.clause,
        status=status,
    )


@require_http_methods(["GET", "POST"])
@login_required
def add(request: ActingRequest, code: str, kind: str) -> HttpResponse:
    """Add what the reader overlooked."""
    reading = _load(request, code)
    may_record_session(request.user, reading).enforce()
    if kind not in FORMS or kind == ItemKind.SESSION:
        raise Http404
    form = _item_form(request, reading, kind, None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                item = add_item(
                    reading=reading, kind=ItemKind(kind), values=form.values, actor=request.user, on=request.today
                )
                messages.success(request, _("Đã thêm «{item}».").format(item=item))
                return redirect("governance:reading", code)
            except NotPossible as refusal:
                form.add_error(None, str(refusal))
    return _item_page(request, reading, form, _("Thêm: {label}").format(label=ItemKind(kind).label), status=status)


def _item_form(request: ActingRequest, reading: SessionReading, kind: str, item: ReadingItem | None) -> ItemForm:
    made = FORMS[kind]
    values = item.values if item else {}
    name = values.get("name") or ""
    people = people_bearing(name, reading.office, request.user) if kind == ItemKind.PERSON else ()
    given = _day_of(list(reading.items.all())) or request.today
    return made(
        request.POST if request.method == "POST" else None,
        initial=made.initial_from(values) if item else None,
        today=request.today,
        given=given,
        people=people,
    )


def _item_page(
    request: ActingRequest,
    reading: SessionReading,
    form: ItemForm,
    heading: str,
    *,
    clause: str = "",
    status: int = 200,
) -> HttpResponse:
    back = reverse("governance:reading", args=[reading.code])
    values = {
        "heading": heading,
        "form": form,
        "clause": clause,
        "back": back,
        "breadcrumb": crumbs((_("Bài đọc {code}").format(code=reading.code), back), (heading, "")),
    }
    return render(request, "governance/item.html", values, status=status)


def _load(request: ActingRequest, code: str) -> SessionReading:
    rows = SessionReading.objects.visible_to(request.user).select_related("office", "session", "responsible")
    found: SessionReading = get_object_or_404(rows, code=code, office=request.user.office_id)
    return found


def _load_item(request: ActingRequest, code: str, number: int) -> tuple[SessionReading, ReadingItem]:
    reading = _load(request, code)
    item: ReadingItem = get_object_or_404(reading.items.all(), pk=number)
    item.reading = reading
    return reading, item
