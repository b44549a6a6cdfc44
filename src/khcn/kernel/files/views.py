"""Files over HTTP: download by those who see the record, upload by those who may."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from khcn.kernel.files.intake import LARGEST
from khcn.kernel.files.models import AttachmentKind
from khcn.kernel.files.permissions import may_attach
from khcn.kernel.files.reading.errors import EmptyFile, FileTooLarge, UnreadableFile
from khcn.kernel.files.reading.limits import MEGABYTE
from khcn.kernel.files.selectors import visible_attachment
from khcn.kernel.files.services import attach
from khcn.kernel.files.uploads import TOO_LARGE, InMemoryUpload
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import UnknownRegister
from khcn.kernel.records.registry import register as register_of
from khcn.language.words import words as _

logger = logging.getLogger(__name__)

UPLOADED_KINDS = (AttachmentKind.ORIGINAL, AttachmentKind.SIGNED, AttachmentKind.PHOTO)


@require_GET
def download(request: HttpRequest, number: int, filename: str) -> HttpResponseBase:
    """Send a file to who may know of its record; to others it does not exist. The name in the address is for people."""
    del filename
    found = visible_attachment(number, request.user)
    if found is None:
        raise Http404(_("Không có tệp này, hoặc bạn không được xem hồ sơ chứa nó."))
    try:
        content = found.stored.path.open("rb")
    except FileNotFoundError:
        logger.exception("stored file is missing on disk", extra={"sha256": found.stored.sha256})
        raise Http404(
            _("Tệp không còn trong kho lưu trữ; báo quản trị hệ thống để khôi phục từ bản sao lưu.")
        ) from None
    answer = FileResponse(content, as_attachment=True, filename=found.filename, content_type=found.stored.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@csrf_exempt
@require_POST
@login_required
def upload(request: HttpRequest, register: str, code: str) -> HttpResponse:
    """Receive a file for a record in memory only; the token is checked by the inner view, once the handler is set."""
    request.upload_handlers = [InMemoryUpload(request)]
    return _checked_upload(request, register=register, code=code)


@csrf_protect
def _checked_upload(request: HttpRequest, *, register: str, code: str) -> HttpResponse:
    record = _record(request, register, code)
    decision = may_attach(request.user, record)
    if not decision:
        return render(request, "403.html", {"reason": decision.sentence()}, status=403)
    try:
        given = _given(request)
        attached = attach(
            record=record,
            data=given.read(),
            filename=given.name or "",
            actor=request.user,
            on=request.today,  # type: ignore[attr-defined]  # set by the middleware
            kind=_kind(request),
            title=request.POST.get("title", "")[:300],
        )
    except UnreadableFile as refusal:
        return render(
            request,
            "files/refused.html",
            {"record": record, "reason": str(refusal), "back": _back(request)},
            status=422,
        )
    messages.success(
        request, _("Đã đính kèm «{filename}» vào {record}.").format(filename=attached.filename, record=record)
    )
    return redirect(_back(request))


def _record(request: HttpRequest, register: str, code: str) -> Record:
    try:
        rows: Any = register_of(register).visible_to(request.user)
    except UnknownRegister as unknown:
        raise Http404(str(unknown)) from None
    found: Record | None = rows.filter(code=code, office_id=request.user.office_id).first()  # type: ignore[union-attr]  # signed in
    if found is None:
        raise Http404(_("Không có hồ sơ {code}.").format(code=code))
    return found


def _given(request: HttpRequest) -> UploadedFile[bytes]:
    given = request.FILES.get("file")
    if request.META.get(TOO_LARGE):
        raise FileTooLarge(_("tệp nặng quá {value} MB").format(value=LARGEST // MEGABYTE))
    if not isinstance(given, UploadedFile):
        raise EmptyFile(_("chưa chọn tệp nào"))
    return given


def _kind(request: HttpRequest) -> AttachmentKind:
    asked = request.POST.get("kind", "")
    return AttachmentKind(asked) if asked in UPLOADED_KINDS else AttachmentKind.ORIGINAL


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    return (
        asked
        if url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
        else "/"
    )
