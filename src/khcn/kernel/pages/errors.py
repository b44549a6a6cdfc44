"""Answer failures with a page that says what to do and an id to quote."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.records.tracked import ChangedMeanwhile
from khcn.language.words import words as _

CONFLICT = 409
logger = logging.getLogger(__name__)


class RefusalMiddleware:
    """Turns a refusal that no view answered into the page of 403, with its reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer `NotPermitted` and `ChangedMeanwhile`; leave everything else to others."""
        if isinstance(exception, ChangedMeanwhile):
            return _answer(request, CONFLICT, str(exception))
        return forbidden(request, exception) if isinstance(exception, NotPermitted) else None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Tell that the request could not be understood, and why where that is known (handler400)."""
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    if isinstance(exception, RequestDataTooBig):
        megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_048_576
        reason = _("Nội dung gửi lên dài quá {megabytes} MB. Chia nhỏ, hoặc gửi dưới dạng tệp đính kèm.").format(
            megabytes=megabytes
        )
    return _answer(request, 400, reason)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Tell that the page is not the person's, with the reason where there is one (handler403)."""
    return _answer(request, 403, str(exception) if isinstance(exception, NotPermitted | PermissionDenied) else "")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django names it)
    """Tell that there is no such page; records one may not know of look the same (handler404)."""
    return _answer(request, 404, "")


def server_error(request: HttpRequest) -> HttpResponse:
    """Tell that the fault is ours; the id is in the log beside the trace (handler500)."""
    return _answer(request, 500, "")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell that the form was too old or came from elsewhere; what was typed is kept by the browser."""
    logger.info("csrf check failed: %s", reason)
    return _answer(
        request, 403, _("Phiên làm việc đã hết hạn hoặc biểu mẫu mở quá lâu. Quay lại, tải lại trang rồi gửi lại.")
    )


def _answer(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    error_id = uuid.uuid4().hex[:8].upper()
    log = logger.error if status == 500 else logger.info  # noqa: PLR2004 (the status of a fault)
    log("answered %s, id %s", status, error_id, extra={"path": request.path})
    values: dict[str, Any] = {"error_id": error_id, "reason": reason, "home_url": "/"}
    page = "pages/errors/400.html" if status in (400, CONFLICT) else f"{status}.html"
    return render(request, page, values, status=status)
