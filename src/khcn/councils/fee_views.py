"""The pages of what members of a council are paid."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from khcn.councils.answering import forbidden, load_council, trail
from khcn.councils.fee_presenting import fee_document, fee_values
from khcn.councils.permissions import may_run
from khcn.councils.selectors import fees_of
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.office_papers import file_answer, moment
from khcn.language.words import words as _


@login_required
@require_GET
def show_fees(request: ActingRequest, code: str) -> HttpResponse:
    """Show what members are paid, once the slips were counted."""
    council = load_council(request, code)
    decision = may_run(request.user, council)
    if not decision:
        return forbidden(request, decision)
    if council.is_sealed:
        messages.error(request, _("Thù lao tính sau khi kiểm phiếu."))
        return redirect(record_url(council))
    values = {
        "council": council,
        "back": record_url(council),
        "breadcrumb": trail(council, _("Thù lao")),
        **fee_values(council, fees_of(council)),
    }
    return render(request, "councils/fees.html", values)


@login_required
@require_GET
def fee_paper(request: ActingRequest, code: str, suffix: str) -> HttpResponse:
    """Give the list by which fees are paid, as Word or PDF."""
    council = load_council(request, code)
    decision = may_run(request.user, council)
    if not decision:
        return forbidden(request, decision)
    sheet = fees_of(council)
    if sheet is None:
        return redirect("council-fees", code)
    at = moment(request)
    return file_answer(lambda: fee_document(council, sheet, produced_at=at), f"thu-lao-{council.code}", suffix)
