"""The pages of one dossier of a council: what it promised, what is known of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from khcn.councils.answering import acted, changed, forbidden, is_decided, load_council, part_of, sent, trail
from khcn.councils.dossier_forms import AnswerForm, FilingForm, ItemForm, LeavingForm, QuestionForm, StandingForm
from khcn.councils.dossier_presenting import dossier_values, ranking_values
from khcn.councils.models import Council, Matter, MatterItem, Question
from khcn.councils.permissions import may_ask_as, may_read_slips
from khcn.councils.selectors import ranking_of, seats_of
from khcn.councils.services import asking, considering, forming
from khcn.kernel.access.decisions import requires
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url
from khcn.language.words import words as _

NOBODY_ASKS = _("Chỉ thành viên gửi câu hỏi; người tổ chức ghi thay thành viên không có tài khoản.")


@require_GET
@login_required
def show_dossier(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Show one dossier to those who sit in the council or run it."""
    council, matter = _load(request, code, number)
    decision = may_read_slips(request.user, council)
    if not decision:
        return forbidden(request, decision)
    values = {
        **dossier_values(council, matter, request.user),
        "back": record_url(council),
        "breadcrumb": trail(council, _("Hồ sơ xem xét")),
    }
    return render(request, "councils/dossier.html", values)


@require_http_methods(["GET", "POST"])
@login_required
def drop_matter(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Take a dossier out."""
    council, matter = _load(request, code, number)

    def act(form: Any) -> None:
        forming.drop_matter(matter=matter, actor=request.user, on=request.today, why=form.reason)

    form = LeavingForm(sent(request), council=council, decided=is_decided(council))
    return changed(request, council, form, act, _("Bỏ «{matter}» khỏi hội đồng").format(matter=matter))


@require_http_methods(["GET", "POST"])
@login_required
def add_item(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Say what the dossier promised."""
    council, matter = _load(request, code, number)

    def act(form: Any) -> None:
        considering.add_item(item=form.item(), actor=request.user, on=request.today, why=form.reason)

    form = ItemForm(sent(request), matter=matter, decided=is_decided(council))
    return changed(request, council, form, act, _("Thêm sản phẩm"), back=_back(matter))


@require_http_methods(["GET", "POST"])
@login_required
def drop_item(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Take out a product that was not promised."""
    council = load_council(request, code)
    item = get_object_or_404(MatterItem.objects.select_related("matter"), matter__council=council, pk=number)
    item.matter.council = council

    def act(form: Any) -> None:
        considering.drop_item(item=item, actor=request.user, on=request.today, why=form.reason)

    form = LeavingForm(sent(request), council=council, decided=is_decided(council))
    return changed(request, council, form, act, _("Bỏ «{item}»").format(item=item), back=_back(item.matter))


@require_http_methods(["GET", "POST"])
@login_required
def record_filing(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Say whether the file came too late."""
    council, matter = _load(request, code, number)

    def act(form: Any) -> None:
        late = form.cleaned_data["filed_late"]
        considering.record_filing(matter=matter, filed_late=late, actor=request.user, on=request.today, why=form.reason)

    form = FilingForm(
        sent(request), council=council, decided=is_decided(council), initial={"filed_late": matter.filed_late}
    )
    return changed(request, council, form, act, _("Ghi việc nộp hồ sơ"), back=_back(matter))


@require_http_methods(["GET", "POST"])
@login_required
def record_standing(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Say by what the dossier is put in order beside its points."""
    council, matter = _load(request, code, number)

    def act(form: Any) -> None:
        considering.record_standing(matter=matter, actor=request.user, on=request.today, **form.standing)

    form = StandingForm(sent(request), matter=matter, decided=is_decided(council))
    return changed(request, council, form, act, _("Căn cứ xếp hạng"), back=_back(matter))


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Ask something of the dossier in writing, as a member or for one without account."""
    council, matter = _load(request, code, number)
    seats = [seat for seat in seats_of(council) if may_ask_as(request.user, seat)]
    decision = may_read_slips(request.user, council) & requires(bool(seats), NOBODY_ASKS)
    if not decision:
        return forbidden(request, decision)

    def act(form: Any) -> None:
        said = {"seat": form.seat, "text": form.cleaned_data["text"]}
        asking.ask_question(matter=matter, actor=request.user, on=request.today, **said)

    form = QuestionForm(sent(request), seats=seats)
    return acted(request, council, form, act, _("Hỏi về «{matter}»").format(matter=matter), back=_back(matter))


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Keep what the side of the dossier answered."""
    council = load_council(request, code)
    found = get_object_or_404(Question.objects.select_related("matter"), matter__council=council, pk=number)
    found.matter.council = council

    def act(form: Any) -> None:
        asking.answer_question(question=found, actor=request.user, on=request.today, **form.cleaned_data)

    form = AnswerForm(sent(request), today=request.today, initial={"answer": found.answer})
    return changed(request, council, form, act, _("Trả lời: {text}").format(text=found.text), back=_back(found.matter))


@require_GET
@login_required
def show_ranking(request: ActingRequest, code: str) -> HttpResponse:
    """Show the dossiers in order, once the slips were counted."""
    council = load_council(request, code)
    decision = may_read_slips(request.user, council)
    if not decision:
        return forbidden(request, decision)
    places = ranking_of(council)
    if not places:
        messages.error(request, _("Xếp hạng có sau khi kiểm phiếu, khi hội đồng tuyển chọn có từ hai hồ sơ."))
        return redirect(record_url(council))
    values = {
        "council": council,
        "back": record_url(council),
        "breadcrumb": trail(council, _("Xếp hạng")),
        **ranking_values(council, places),
    }
    return render(request, "councils/ranking.html", values)


def _load(request: ActingRequest, code: str, number: int) -> tuple[Council, Matter]:
    council = load_council(request, code)
    return council, part_of(council, Matter, number)


def _back(matter: Matter) -> str:
    return reverse("council-dossier", args=[matter.council.code, matter.pk])
