"""Reach what a request speaks of: a register that the person may import into, a staging of their own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from khcn.kernel.access.decisions import requires
from khcn.kernel.exchange.models import Staging
from khcn.kernel.exchange.permissions import may_import
from khcn.kernel.records.registry import Register, UnknownRegister, register
from khcn.language.words import words as _


def register_to_import(request: HttpRequest, key: str) -> Register:
    """Return the register of that key.

    Raises: Http404, if there is none; PermissionDenied, with the reason, if the person may not import into it.
    """
    try:
        found = register(key)
    except UnknownRegister as error:
        raise Http404(str(error)) from error
    user: Any = request.user
    decision = may_import(user, found) & requires(user.office_id, _("Tài khoản của bạn chưa thuộc cơ quan nào."))
    if not decision:
        raise PermissionDenied(decision.sentence())
    return found


def staging_to_import(request: HttpRequest, key: str, staging_key: int) -> tuple[Register, Staging]:
    """Return the register and the person's own staging for it.

    Raises: Http404, also for a staging of somebody else, or whose time is over; PermissionDenied.
    """
    found = register_to_import(request, key)
    staging = (
        Staging.objects.of(request.user, key)
        .filter(pk=staging_key, expires_at__gt=request.now)  # type: ignore[attr-defined]  # set by the middleware
        .select_related("office", "run")
        .first()
    )
    if staging is None:
        raise Http404(_("Không có lần nhập dở này; có thể đã hết hạn giữ hoặc đã bỏ."))
    return found, staging
