"""The pages of councils: forming, roll call, slips, results."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from khcn.councils.answering import (
    REFUSALS,
    UNPROCESSABLE,
    changed,
    forbidden,
    form_page,
    is_decided,
    load_council,
    load_slip,
    part_of,
    sealed,
    sent,
    trail,
)
from khcn.councils.forms import (
    LOCK,
    ConclusionForm,
    CouncilForm,
    DropForm,
    InterestForm,
    JudgedSlipForm,
    MatterForm,
    PresenceForm,
    SeatForm,
    SlipForm,
    TellersForm,
    VoidForm,
    VotedSlipForm,
)
from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.permissions import may_form, may_read_slip, may_read_slips, may_run, may_write_slip
from khcn.councils.presenting import SLIP_COLUMNS, result_values, slip_rows, slip_values
from khcn.councils.selectors import needed_share_of, products_of, rating_rule_of, seats_of, sheet_of
from khcn.councils.services import forming, scoring
from khcn.councils.sheets import sheets_in_force
from khcn.councils.states import ConflictAnswer, Presence
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.kernel.pages.submitting import entered_once
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _

DECLARING = "ke-khai"


@require_http_methods(["GET", "POST"])
@login_required
def create(request: ActingRequest) -> HttpResponse:
    """Begin a council."""
    decision = may_form(request.user)
    if not decision:
        return forbidden(request, decision)
    form = CouncilForm(sent(request), user=request.user, sheets=sheets_in_force(request.today))
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
    return form_page(request, form, _("Lập hội đồng"), back=back)


@require_http_methods(["GET", "POST"])
@login_required
def add_seat(request: ActingRequest, code: str) -> HttpResponse:
    """Name a member."""
    council = load_council(request, code)

    def act(form: Any) -> None:
        forming.name_member(seat=form.seat(), actor=request.user, on=request.today, why=form.reason)

    form = SeatForm(sent(request), council=council, user=request.user, decided=is_decided(council))
    return changed(request, council, form, act, _("Thêm thành viên"))


@require_http_methods(["GET", "POST"])
@login_required
def drop_seat(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Take a member out."""
    council = load_council(request, code)
    seat = part_of(council, Seat, number)

    def act(form: Any) -> None:
        forming.drop_member(seat=seat, actor=request.user, on=request.today, why=form.reason)

    form = DropForm(sent(request), council=council)
    return changed(request, council, form, act, _("Bỏ {seat} khỏi hội đồng").format(seat=seat))


@require_http_methods(["GET", "POST"])
@login_required
def add_matter(request: ActingRequest, code: str) -> HttpResponse:
    """Let the council consider a dossier."""
    council = load_council(request, code)

    def act(form: Any) -> None:
        forming.add_matter(matter=form.matter(), actor=request.user, on=request.today, why=form.reason)

    form = MatterForm(sent(request), council=council, user=request.user, decided=is_decided(council))
    return changed(request, council, form, act, _("Thêm hồ sơ xem xét"))


@require_http_methods(["GET", "POST"])
@login_required
def record_presence(request: ActingRequest, code: str) -> HttpResponse:
    """Call the roll."""
    council = load_council(request, code)

    def act(form: PresenceForm) -> None:
        presences = {seat: Presence(form.cleaned_data[name]) for name, seat in form.seats.items()}
        forming.call_roll(council=council, presences=presences, actor=request.user, on=request.today)

    form = PresenceForm(sent(request), seats=seats_of(council))
    return changed(request, council, form, act, _("Điểm danh"))


@require_http_methods(["GET", "POST"])
@login_required
def choose_tellers(request: ActingRequest, code: str) -> HttpResponse:
    """Say who counts the slips."""
    council = load_council(request, code)

    def act(form: TellersForm) -> None:
        forming.choose_tellers(council=council, tellers=form.tellers, actor=request.user, on=request.today)

    form = TellersForm(sent(request), seats=seats_of(council))
    return changed(request, council, form, act, _("Chọn người kiểm phiếu"))


@require_http_methods(["GET", "POST"])
@login_required
def write_conclusion(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Write what the council concluded of a dossier."""
    council = load_council(request, code)
    matter = part_of(council, Matter, number)

    def act(form: Any) -> None:
        forming.record_conclusion(matter=matter, actor=request.user, on=request.today, **form.cleaned_data)

    form = ConclusionForm(sent(request), initial={"conclusion": matter.conclusion})
    return changed(request, council, form, act, _("Kết luận về «{matter}»").format(matter=matter))


@require_GET
@login_required
def slips(request: ActingRequest, code: str) -> HttpResponse:
    """List the slips that are the person's to write, and those that keep the count waiting."""
    council = load_council(request, code)
    decision = may_read_slips(request.user, council)
    if not decision:
        return forbidden(request, decision)
    values = {
        "council": council,
        "back": record_url(council),
        "columns": SLIP_COLUMNS,
        "rows": slip_rows(council, request.user),
        "breadcrumb": trail(council, _("Phiếu")),
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
        return forbidden(request, decision)
    form = _slip_form(request, council, slip)
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
        "breadcrumb": trail(council, slip.matter.title),
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
    return changed(request, council, VoidForm(sent(request)), act, heading)


@require_GET
@login_required
def show_result(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Show the result of a dossier, reckoned from its slips each time."""
    council = load_council(request, code)
    matter = part_of(council, Matter, number)
    first = Slip.objects.filter(matter=matter).select_related("seat__council").first()
    decision = may_read_slip(request.user, first) if first is not None else may_run(request.user, council)
    if council.is_sealed or not decision:
        return forbidden(request, decision if not decision else sealed())
    values = {
        "council": council,
        "matter": matter,
        "back": record_url(council),
        "breadcrumb": trail(council, _("Kết quả")),
        **result_values(council, matter),
    }
    return render(request, "councils/result.html", values)


def _slip_form(request: ActingRequest, council: Council, slip: Slip) -> Any:
    if slip.interest == ConflictAnswer.UNDECLARED or request.GET.get(DECLARING):
        return InterestForm(sent(request))
    if rating_rule_of(council) is not None:
        return JudgedSlipForm(sent(request), slip=slip, products=products_of(slip.matter))
    if needed_share_of(council) is not None:
        return VotedSlipForm(sent(request), slip=slip)
    return SlipForm(sent(request), slip=slip, sheet=sheet_of(council))


def _slip_written(request: ActingRequest, council: Council, slip: Slip, form: Any) -> HttpResponse:
    acting: dict[str, Any] = {"slip": slip, "actor": request.user, "on": request.today}
    if isinstance(form, InterestForm):
        answer = ConflictAnswer(form.cleaned_data["answer"])
        scoring.declare_interest(answer=answer, text=form.cleaned_data["text"], **acting)
        messages.success(request, _("Đã ghi kê khai về «{matter}».").format(matter=slip.matter))
        if answer == ConflictAnswer.NONE:
            return redirect("council-slip", council.code, slip.pk)
        return redirect("council-slips", council.code)
    remarks = form.cleaned_data["remarks"]
    if isinstance(form, JudgedSlipForm):
        scoring.judge_products(judgements=form.judgements, remarks=remarks, **acting)
    elif isinstance(form, VotedSlipForm):
        scoring.cast_vote(vote=form.cleaned_data["vote"], remarks=remarks, **acting)
    else:
        scoring.write_slip(points=form.points, remarks=remarks, **acting)
    if request.POST.get("viec") == LOCK:
        scoring.lock_slip(**acting)
        messages.success(request, _("Đã khóa phiếu về «{matter}».").format(matter=slip.matter))
        return redirect("council-slips", council.code)
    messages.success(request, _("Đã lưu phiếu, chưa khóa."))
    return redirect("council-slip", council.code, slip.pk)
