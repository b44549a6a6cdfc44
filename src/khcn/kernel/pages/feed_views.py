"""Subscribing to due dates in one's own calendar program, and the file that such programs fetch."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_POST, require_safe

from khcn.kernel.obligations.feeds import feed_items, feed_of, feeds_in_force, make_feed, revoke_feed
from khcn.kernel.obligations.models import FeedScope
from khcn.kernel.obligations.permissions import may_subscribe
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.pages.ical import calendar_file
from khcn.language.drawing import drawn_in_source
from khcn.language.words import words as _
from khcn.ui import formats

HELP = {
    FeedScope.PERSON: _("Mọi việc có hạn của bạn, của phòng bạn và của người bạn đang làm thay."),
    FeedScope.OFFICE: _("Mọi việc có hạn của cơ quan, trừ hồ sơ hạn chế mà bạn không được xem."),
}


@drawn_in_source
@require_safe
def show_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Send the file of a subscription to whoever knows its address; no session is needed."""
    feed = feed_of(secret, on=request.today)  # type: ignore[attr-defined]  # set by the middleware
    if feed is None:
        raise Http404
    name = f"{feed.get_scope_display()} · {feed.user.office.short_name if feed.user.office else 'KH&CN'}"
    body = calendar_file(feed_items(feed), name=name, calendar=work_calendar())
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Disposition"] = 'inline; filename="viec-den-han.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_GET
@login_required
def show_subscriptions(request: HttpRequest) -> HttpResponse:
    """Show which calendars the person subscribed to and offer the others."""
    return render(request, "pages/subscriptions.html", {"feeds": _feeds(request.user)})


@require_POST
@login_required
def subscribe(request: HttpRequest) -> HttpResponse:
    """Make a subscription and show its address, this once."""
    scope = _scope(request)
    secret = make_feed(user=request.user, scope=scope, at=request.now)  # type: ignore[arg-type, attr-defined]  # signed in; set by the middleware
    address = f"{settings.PUBLIC_URL}{reverse('calendar-feed', args=[secret])}"
    values = {"feeds": _feeds(request.user), "address": address, "made": FeedScope(scope).label}
    return render(request, "pages/subscriptions.html", values)


@require_POST
@login_required
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """End a subscription."""
    scope = _scope(request)
    if revoke_feed(user=request.user, scope=scope, at=request.now):  # type: ignore[arg-type, attr-defined]  # as above
        messages.success(
            request, _("Đã hủy lịch «{label}»; địa chỉ cũ không còn dùng được.").format(label=FeedScope(scope).label)
        )
    return redirect("subscriptions")


def _scope(request: HttpRequest) -> str:
    scope = request.POST.get("pham-vi", "")
    if scope not in FeedScope.values:
        raise Http404
    return scope


def _feeds(user: Any) -> list[dict[str, Any]]:
    """Return the scopes the person may subscribe to, each with when it was made."""
    known = feeds_in_force(user)
    return [
        {
            "scope": scope.value,
            "label": scope.label,
            "help": HELP[scope],
            "since": formats.instant(timezone.localtime(known[scope].created_at)) if scope in known else "",
        }
        for scope in FeedScope
        if may_subscribe(user, scope) or scope in known
    ]
