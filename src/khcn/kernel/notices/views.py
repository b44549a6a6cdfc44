"""The page of notices."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from khcn.kernel.notices.models import Notice
from khcn.kernel.notices.selectors import notices_of, unread_count
from khcn.kernel.notices.services import mark_read

SHOWN = 100


@require_GET
@login_required
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show the person's latest notices, unread first."""
    found = {"notices": notices_of(request.user)[:SHOWN], "unread": unread_count(request.user)}
    return render(request, "notices/list.html", found)


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all of the person's notices as read."""
    mark_read(user=request.user, at=request.now)  # type: ignore[attr-defined]  # set by the middleware
    return redirect("notices")


@require_POST
@login_required
def open_notice(request: HttpRequest, number: int) -> HttpResponse:
    """Mark one notice as read and go where it leads; others' notices do not exist for this person."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=number)
    mark_read(user=request.user, at=request.now, notice=notice.pk)  # type: ignore[attr-defined]  # set by the middleware
    return redirect(notice.url or "notices")
