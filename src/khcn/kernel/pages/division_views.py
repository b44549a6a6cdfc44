"""The administrator's pages of the office and its divisions: found, rename, move people, end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.identity import organising
from khcn.kernel.identity.models import Division
from khcn.kernel.identity.permissions import may_administer
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.identity.services import NotGranted
from khcn.kernel.pages.division_forms import (
    DissolvingForm,
    DivisionNameForm,
    MovingForm,
    NewDivisionForm,
    OfficeForm,
)
from khcn.kernel.pages.divisions import HEADING, division_values, office_values, work_values
from khcn.kernel.pages.handing_over import dissolve_division, open_work
from khcn.language.words import joined
from khcn.language.words import words as _

UNPROCESSABLE = 422
REFUSALS = (NotGranted, NotPermitted)


@require_GET
@login_required
def show_divisions(request: ActingRequest) -> HttpResponse:
    """Show the office and its divisions."""
    may_administer(request.user).enforce()
    return render(request, "pages/divisions.html", office_values(request.user, request.today))


@require_GET
@login_required
def show_division(request: ActingRequest, number: int) -> HttpResponse:
    """Show one division."""
    division = _load(request, number)
    return render(request, "pages/division.html", division_values(division, request.user, request.today))


@require_http_methods(["GET", "POST"])
@login_required
def change_office(request: ActingRequest) -> HttpResponse:
    """Correct the particulars of the office."""
    may_administer(request.user).enforce()
    form = OfficeForm(_sent(request), office=request.user.working_office)

    def do(said: dict[str, Any]) -> str:
        told = organising.change_office(why=said.pop("why"), values=said, actor=request.user, at=request.now)
        return _("Đã sửa: {told}.").format(told=joined("; ", told)) if told else _("Không có gì thay đổi.")

    return _done_or_shown(request, form, do, heading=_("Sửa thông tin cơ quan"), submit_label=_("Lưu"))


@require_http_methods(["GET", "POST"])
@login_required
def open_division(request: ActingRequest) -> HttpResponse:
    """Found a division."""
    may_administer(request.user).enforce()
    form = NewDivisionForm(_sent(request), today=request.today)

    def do(said: dict[str, Any]) -> str:
        made = organising.open_division(why=said.pop("why"), values=said, actor=request.user, at=request.now)
        return _("Đã lập «{made}».").format(made=made)

    return _done_or_shown(request, form, do, heading=_("Lập phòng, đơn vị"), submit_label=_("Lập"))


@require_http_methods(["GET", "POST"])
@login_required
def change_division(request: ActingRequest, number: int) -> HttpResponse:
    """Rename a division."""
    division = _load(request, number)
    form = DivisionNameForm(_sent(request), initial={"name": division.name})

    def do(said: dict[str, Any]) -> str:
        changed = organising.change_division(division=division, actor=request.user, at=request.now, **said)
        return _("Đã đổi tên thành «{value}».").format(value=said["name"]) if changed else _("Không có gì thay đổi.")

    return _done_or_shown(
        request,
        form,
        do,
        division,
        heading=_("Đổi tên «{division}»").format(division=division),
        submit_label=_("Đổi tên"),
    )


@require_http_methods(["GET", "POST"])
@login_required
def move_people(request: ActingRequest, number: int) -> HttpResponse:
    """Move people of a division to another."""
    division = _load(request, number)
    form = MovingForm(_sent(request), division=division, actor=request.user, today=request.today)

    def do(said: dict[str, Any]) -> str:
        moved = organising.move_people(actor=request.user, at=request.now, **said)
        return _("Đã chuyển {moved} người sang «{value}».").format(moved=moved, value=said["to"])

    return _done_or_shown(
        request,
        form,
        do,
        division,
        heading=_("Chuyển người của «{division}»").format(division=division),
        submit_label=_("Chuyển"),
    )


@require_http_methods(["GET", "POST"])
@login_required
def end_division(request: ActingRequest, number: int) -> HttpResponse:
    """End a division after saying who takes over and why."""
    division = _load(request, number)
    form = DissolvingForm(_sent(request), division=division, today=request.today)
    if form.is_valid():
        try:
            dissolve_division(division=division, actor=request.user, at=request.now, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("«{division}» đã thôi hoạt động; {value} tiếp nhận việc còn mở.").format(
                    division=division, value=form.cleaned_data["to"]
                ),
            )
            return redirect("division", division.pk)
    trail = [{"label": HEADING, "url": reverse("divisions")}, {"label": str(division), "url": _url(division)}]
    values = {
        "division": division,
        "form": form,
        "work": work_values(open_work(division, request.user)),
        "back": _url(division),
        "breadcrumb": [*trail, {"label": _("Thôi hoạt động")}],
    }
    return render(request, "pages/division_end.html", values, status=UNPROCESSABLE if form.errors else 200)


def _sent(request: ActingRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _load(request: ActingRequest, number: int) -> Division:
    may_administer(request.user).enforce()
    rows = Division.objects.filter(office=request.user.office_id).select_related("office")
    found: Division = get_object_or_404(rows, pk=number)
    return found


def _url(division: Division | None) -> str:
    return reverse("division", args=[division.pk]) if division is not None else reverse("divisions")


def _done_or_shown(
    request: ActingRequest, form: Any, do: Any, division: Division | None = None, **words: str
) -> HttpResponse:
    if form.is_valid():
        try:
            messages.success(request, do(dict(form.cleaned_data)))
            return redirect(_url(division))
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
    trail = [{"label": HEADING, "url": reverse("divisions")}, {"label": words["heading"]}]
    values = {"form": form, "cancel_url": _url(division), "breadcrumb": trail, **words}
    return render(request, "pages/record_form.html", values, status=UNPROCESSABLE if form.errors else 200)
