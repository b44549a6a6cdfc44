"""Give the papers of a council as Word or PDF."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from khcn.councils.answering import FORBIDDEN, load_council, load_slip
from khcn.councils.permissions import may_read_slip, may_read_slips, may_run
from khcn.councils.printing import decision_document, minutes_document, slip_document
from khcn.kernel.access.decisions import Decision
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.office_papers import file_answer, moment
from khcn.language.words import words as _


@login_required
@require_GET
def decision(request: ActingRequest, code: str, suffix: str) -> HttpResponse:
    """Give the draft of the decision that establishes the council."""
    council = load_council(request, code)
    if refusal := may_run(request.user, council).reasons:
        return _forbidden(request, refusal)
    at, today = moment(request), request.today
    return file_answer(
        lambda: decision_document(council, produced_at=at, today=today), f"quyet-dinh-{council.code}", suffix
    )


@login_required
@require_GET
def minutes(request: ActingRequest, code: str, suffix: str) -> HttpResponse:
    """Give the minutes, once the slips were counted."""
    council = load_council(request, code)
    if refusal := may_read_slips(request.user, council).reasons:
        return _forbidden(request, refusal)
    if council.is_sealed:
        messages.error(request, _("Biên bản có sau khi kiểm phiếu."))
        return redirect(record_url(council))
    at = moment(request)
    return file_answer(lambda: minutes_document(council, produced_at=at), f"bien-ban-{council.code}", suffix)


@login_required
@require_GET
def slip(request: ActingRequest, code: str, number: int, suffix: str) -> HttpResponse:
    """Give one slip for the file, once the slips were counted."""
    found = load_slip(load_council(request, code), number)
    council = found.seat.council
    if refusal := may_read_slip(request.user, found).reasons:
        return _forbidden(request, refusal)
    if council.is_sealed or found.locked_at is None:
        return _forbidden(request, (_("Phiếu in được sau khi kiểm phiếu, nếu thành viên đã khóa."),))
    at = moment(request)
    return file_answer(lambda: slip_document(found, produced_at=at), f"phieu-{council.code}-{found.pk}", suffix)


def _forbidden(request: ActingRequest, reasons: tuple[str, ...]) -> HttpResponse:
    reason = Decision(allowed=False, reasons=reasons).sentence()
    return render(request, "403.html", {"reason": reason}, status=FORBIDDEN)
