"""The pages of councils: forming, roll call, slips, results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from khcn.councils.forms import (
    LOCK,
    ConclusionForm,
    CouncilForm,
    DropForm,
    InterestForm,
    MatterForm,
    PresenceForm,
    SeatForm,
    SlipForm,
    VoidForm,
)
from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.permissions import may_form, may_read_slip, may_read_slips, may_run, may_write_slip
from khcn.councils.presenting import SLIP_COLUMNS, result_values, slip_rows, slip_values
from khcn.councils.selectors import seats_of, sheet_of
from khcn.councils.services import forming, scoring
from khcn.councils.sheets import sheets_in_force
from khcn.councils.states import ConflictAnswer, CouncilState, Presence
from khcn.kernel.access.decisions import Decision
from khcn.kernel.calendar import CalendarError
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.kernel.pages.meanwhile import settled, watching
from khcn.kernel.pages.submitting import FormSentBefore, entered_once
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _

UNPROCESSABLE = 422
FORBIDDEN = 403
DECLARING = "ke-khai"
REFUSALS = (NotPossible, RuleUnknown, CalendarError, FormSentBefore)


@require_http_methods(["GET", "POST"])
@login_required
def create(request: ActingRequest) -> HttpResponse:
    """Begin a council."""
    decision = may_form(request.user)
    if not decision:
        return _forbidden(request, decision)
    form = CouncilForm(_sent(request), user=request.user, sheets=sheets_in_force(request.today))
    if form.is_valid():
        try:
            entered = entered_once(
                Council.REGISTER,
                lambda: forming.form_council(council=form.council(), actor=request.user, on=request.today),
                actor=request.user,
                token=form.token,
            )
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, entered.words(_("Đã lập {record}.").format(record=entered.record)))
            return redirect(record_url(entered.record))
    back = register_url(Council.REGISTER)
    return _form_page(request, form, _("Lập hội đồng"), back=back)


@require_http_methods(["GET", "POST"])
@login_required
def add_seat(request: ActingRequest, code: str) -> HttpResponse:
    """Name a member."""
    council = load_council(request, code)

    def act(form: Any) -> None:
        forming.name_member(seat=form.seat(), actor=request.user, on=request.today, why=form.reason)

    form = SeatForm(_sent(request), council=council, user=request.user, decided=_is_decided(council))
    return _changed(request, council, form, act, _("Thêm thành viên"))


@require_http_methods(["GET", "POST"])
@login_required
def drop_seat(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Take a member out."""
    council = load_council(request, code)
    seat = _part(council, Seat, number)

    def act(form: Any) -> None:
        forming.drop_member(seat=seat, actor=request.user, on=request.today, why=form.reason)

    form = DropForm(_sent(request), council=council)
    return _changed(request, council, form, act, _("Bỏ {seat} khỏi hội đồng").format(seat=seat))


@require_http_methods(["GET", "POST"])
@login_required
def add_matter(request: ActingRequest, code: str) -> HttpResponse:
    """Let the council consider a dossier."""
    council = load_council(request, code)

    def act(form: Any) -> None:
        forming.add_matter(matter=form.matter(), actor=request.user, on=request.today, why=form.reason)

    form = MatterForm(_sent(request), council=council, user=request.user, decided=_is_decided(council))
    return _changed(request, council, form, act, _("Thêm hồ sơ xem xét"))


@require_http_methods(["GET", "POST"])
@login_required
def record_presence(request: ActingRequest, code: str) -> HttpResponse:
    """Call the roll."""
    council = load_council(request, code)

    def act(form: PresenceForm) -> None:
        presences = {seat: Presence(form.cleaned_data[name]) for name, seat in form.seats.items()}
        forming.call_roll(council=council, presences=presences, actor=request.user, on=request.today)

    form = PresenceForm(_sent(request), seats=seats_of(council))
    return _changed(request, council, form, act, _("Điểm danh"))


@require_http_methods(["GET", "POST"])
@login_required
def write_conclusion(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Write what the council concluded of a dossier."""
    council = load_council(request, code)
    matter = _part(council, Matter, number)

    def act(form: Any) -> None:
        forming.record_conclusion(matter=matter, actor=request.user, on=request.today, **form.cleaned_data)

    form = ConclusionForm(_sent(request), initial={"conclusion": matter.conclusion})
    return _changed(request, council, form, act, _("Kết luận về «{matter}»").format(matter=matter))


@require_GET
@login_required
def slips(request: ActingRequest, code: str) -> HttpResponse:
    """List the slips that are the person's to write, and those that keep the count waiting."""
    council = load_council(request, code)
    decision = may_read_slips(request.user, council)
    if not decision:
        return _forbidden(request, decision)
    values = {
        "council": council,
        "back": record_url(council),
        "columns": SLIP_COLUMNS,
        "rows": slip_rows(council, request.user),
        "breadcrumb": _trail(council, _("Phiếu")),
    }
    return render(request, "councils/slips.html", values)


@require_http_methods(["GET", "POST"])
@login_required
def write_slip(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Declare interests in one dossier, score it, lock the slip."""
    council = load_council(request, code)
    slip = load_slip(council, number)
    decision = may_write_slip(request.user, slip)
    if not decision:
        return _forbidden(request, decision)
    form: Any = SlipForm(_sent(request), slip=slip, sheet=sheet_of(council))
    if slip.interest == ConflictAnswer.UNDECLARED or request.GET.get(DECLARING):
        form = InterestForm(_sent(request))
    if form.is_valid():
        try:
            return _slip_written(request, council, slip, form)
        except NotPossible as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
            slip = load_slip(council, number)  # what was refused must not be shown as done
    values = slip_values(council, slip) | {
        "form": form,
        "declares": isinstance(form, InterestForm),
        "lock": LOCK,
        "back": reverse("council-slips", args=[code]),
        "declare_url": f"?{DECLARING}=1",
        "breadcrumb": _trail(council, slip.matter.title),
    }
    return render(request, "councils/slip.html", values, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def set_aside_slip(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Put a slip that was not handed in down as irregular."""
    council = load_council(request, code)
    slip = load_slip(council, number)

    def act(form: Any) -> None:
        scoring.set_aside_slip(slip=slip, actor=request.user, on=request.today, **form.cleaned_data)

    heading = _("Phiếu của {member} không hợp lệ").format(member=slip.seat)
    return _changed(request, council, VoidForm(_sent(request)), act, heading)


@require_GET
@login_required
def show_result(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Show the result of a dossier, reckoned from its slips each time."""
    council = load_council(request, code)
    matter = _part(council, Matter, number)
    first = Slip.objects.filter(matter=matter).select_related("seat__council").first()
    decision = may_read_slip(request.user, first) if first is not None else may_run(request.user, council)
    if council.is_sealed or not decision:
        return _forbidden(request, decision if not decision else _sealed())
    values = {
        "council": council,
        "matter": matter,
        "back": record_url(council),
        "breadcrumb": _trail(council, _("Kết quả")),
        **result_values(council, matter),
    }
    return render(request, "councils/result.html", values)


def _slip_written(request: ActingRequest, council: Council, slip: Slip, form: Any) -> HttpResponse:
    acting: dict[str, Any] = {"slip": slip, "actor": request.user, "on": request.today}
    if isinstance(form, InterestForm):
        answer = ConflictAnswer(form.cleaned_data["answer"])
        scoring.declare_interest(answer=answer, text=form.cleaned_data["text"], **acting)
        messages.success(request, _("Đã ghi kê khai về «{matter}».").format(matter=slip.matter))
        if answer == ConflictAnswer.NONE:
            return redirect("council-slip", council.code, slip.pk)
        return redirect("council-slips", council.code)
    scoring.write_slip(points=form.points, remarks=form.cleaned_data["remarks"], **acting)
    if request.POST.get("viec") == LOCK:
        scoring.lock_slip(**acting)
        messages.success(request, _("Đã khóa phiếu về «{matter}».").format(matter=slip.matter))
        return redirect("council-slips", council.code)
    messages.success(request, _("Đã lưu phiếu, chưa khóa."))
    return redirect("council-slip", council.code, slip.pk)


def _changed(
    request: ActingRequest, council: Council, form: Any, act: Callable[[Any], None], heading: str
) -> HttpResponse:
    """Ask permission, then show the form over the council, or do the act and go back to it."""
    decision = may_run(request.user, council)
    if not decision:
        return _forbidden(request, decision)
    if settled(watching(form, council), council, request.user):
        try:
            act(form)
        except REFUSALS as refusal:
            for reason in getattr(refusal, "reasons", [str(refusal)]):
                form.add_error(None, reason)
        else:
            messages.success(request, _("Đã ghi vào {code}.").format(code=council.code))
            return redirect(record_url(council))
    return _form_page(request, form, heading, back=record_url(council), council=council)


def _form_page(
    request: ActingRequest, form: Any, heading: str, *, back: str, council: Council | None = None
) -> HttpResponse:
    trail = (
        _trail(council, heading) if council is not None else [{"label": _("Hội đồng"), "url": back}, {"label": heading}]
    )
    values = {"form": form, "page_heading": heading, "back": back, "council": council, "breadcrumb": trail}
    return render(request, "councils/form.html", values, status=UNPROCESSABLE if form.errors else 200)


def _trail(council: Council, label: str) -> list[dict[str, str]]:
    register = {"label": _("Hội đồng"), "url": register_url(Council.REGISTER)}
    return [register, {"label": council.code, "url": record_url(council)}, {"label": label}]


def load_council(request: ActingRequest, code: str) -> Council:
    """Return the council of that code in the user's office, if they may know of it.

    Raises: Http404.
    """
    rows = Council.objects.visible_to(request.user).select_related("office", "division")
    found: Council = get_object_or_404(rows, code=code, office=request.user.office_id)
    return found


def _part(council: Council, model: Any, number: int) -> Any:
    row = get_object_or_404(model.objects.filter(council=council), pk=number)
    row.council = council
    return row


def load_slip(council: Council, number: int) -> Slip:
    """Return one slip of the council.

    Raises: Http404.
    """
    rows = Slip.objects.filter(seat__council=council).select_related("seat__council", "seat__person", "matter")
    found: Slip | None = rows.filter(pk=number).first()
    if found is None:
        raise Http404(_("Hội đồng không có phiếu này."))
    return found


def _is_decided(council: Council) -> bool:
    return council.state != CouncilState.FORMING


def _sent(request: ActingRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _sealed() -> Decision:
    return Decision(allowed=False, reasons=(_("Phiếu còn niêm phong cho đến khi kiểm phiếu."),))


def _forbidden(request: ActingRequest, decision: Decision) -> HttpResponse:
    return render(request, "403.html", {"reason": decision.sentence()}, status=FORBIDDEN)
