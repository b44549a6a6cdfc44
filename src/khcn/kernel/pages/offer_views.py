"""What a new release offers for the rulebook: an administrator takes it, or keeps what is said here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from khcn.kernel.calendar import CalendarError
from khcn.kernel.obligations.recomputing import moves_by_rule
from khcn.kernel.pages.rule_pages import preview_values
from khcn.kernel.pages.typed_forms import TypedForm
from khcn.kernel.rulebook.kinds import words_of
from khcn.kernel.rulebook.models import Confidence
from khcn.kernel.rulebook.offering import Offer, accept_offer, keep_own, offers
from khcn.kernel.rulebook.permissions import may_change_rules
from khcn.kernel.rulebook.telling import validity_words
from khcn.language.words import words as _


class KeepingForm(TypedForm, forms.Form):
    """Why what is said here stays."""

    why = forms.CharField(label=_("Lý do giữ giá trị ở đây"), max_length=500)


@require_GET
@login_required
def show_offers(request: HttpRequest) -> HttpResponse:
    """Show each offer beside what is said here."""
    _administrators_only(request.user)
    shown = [_shown(number, offer) for number, offer in enumerate(offers(), start=1)]
    return render(request, "pages/rule_offers.html", {"offers": shown})


@require_POST
@login_required
def answer_offer(request: HttpRequest, digest: str) -> HttpResponse:
    """Keep what is said here, or show what accepting moves and then accept."""
    _administrators_only(request.user)
    offer = next((one for one in offers() if one.digest == digest), None)
    if offer is None:
        raise Http404(_("Đề nghị này đã được trả lời hoặc không còn."))
    try:
        return _answered(request, offer)
    except (ValueError, CalendarError) as refusal:
        messages.error(request, str(refusal))
        return redirect("rule-offers")


def _answered(request: HttpRequest, offer: Offer) -> HttpResponse:
    if request.POST.get("viec") == "giu":
        form = KeepingForm(request.POST)
        keep_own(offer=offer, actor=request.user, why=form.cleaned_data["why"] if form.is_valid() else "")
        messages.success(
            request, _("Đã giữ «{label}» như đang ghi; lý do nằm trong lịch sử.").format(label=offer.row.label)
        )
        return redirect("rule-offers")
    if request.POST.get("xac-nhan") != "1":
        values = preview_values(offer.row, offer.new, moves_by_rule(offer.plan()), request.user)
        hidden = [{"name": "xac-nhan", "value": "1"}]
        return render(request, "pages/rule_preview.html", {**values, "hidden": hidden, "action_url": request.path})
    accept_offer(offer=offer, actor=request.user)
    messages.success(request, _("Đã nhận đề nghị cho «{label}».").format(label=offer.row.label))
    return redirect("rule", offer.row.key)


def _shown(number: int, offer: Offer) -> dict[str, Any]:
    sides = [_side(one, offer.row) for one in (offer.row, offer.shipped)]
    labels = (_("Giá trị"), _("Hiệu lực"), _("Căn cứ"), _("Độ tin cậy"))
    return {
        "label": offer.row.label,
        "rule_url": reverse("rule", args=[offer.row.key]),
        "url": reverse("rule-offer", args=[offer.digest]),
        "rows": [{"cells": [label, *pair]} for label, *pair in zip(labels, *sides, strict=True)],
        "columns": [{"label": label} for label in ("", _("Đang ghi ở đây"), _("Bản mới đề nghị"))],
        "form": KeepingForm(auto_id=f"giu-{number}-%s"),
    }


def _side(one: Any, row: Any) -> list[str]:
    value = words_of(row.key, one.value, row.unit)
    return [
        value,
        validity_words(one.valid_from, one.valid_to),
        one.legal_basis,
        str(Confidence(one.confidence).label),
    ]


def _administrators_only(user: Any) -> None:
    if not (decision := may_change_rules(user)):
        raise PermissionDenied(decision.sentence())
