"""Give the papers of a council as Word or PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from khcn.councils.answering import FORBIDDEN, load_council, load_slip
from khcn.councils.permissions import may_read_slip, may_read_slips, may_run
from khcn.councils.printing import decision_document, minutes_document, slip_document
from khcn.kernel.access.decisions import Decision
from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.model import OfficialDocument
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.addresses import record_url
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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


def moment(request: ActingRequest) -> datetime:
    """Return the instant that a paper bears, to the second."""
    return request.now.replace(microsecond=0)


def file_answer(make: Callable[[], OfficialDocument], stem: str, suffix: str) -> HttpResponse:
    """Answer with the document as a file of that name, drawn in Vietnamese.

    Raises: BadRequest, for another kind of file than Word or PDF.
    """
    if suffix not in {"docx", "pdf"}:
        raise BadRequest(_("Văn bản có bản Word (docx) và bản PDF (pdf)."))
    content, kind = _written(make, suffix)
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{stem}.{suffix}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@drawn_in_source
def _written(make: Callable[[], OfficialDocument], suffix: str) -> tuple[bytes, str]:
    document = make()
    return (to_docx(document), DOCX) if suffix == "docx" else (to_pdf(document), "application/pdf")


def _forbidden(request: ActingRequest, reasons: tuple[str, ...]) -> HttpResponse:
    reason = Decision(allowed=False, reasons=reasons).sentence()
    return render(request, "403.html", {"reason": reason}, status=FORBIDDEN)
