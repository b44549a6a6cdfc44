"""The report on the conclusions as whoever holds a link reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from khcn.governance.following_up import counts_of, follow_lines
from khcn.governance.models import WorkingSession
from khcn.governance.permissions import may_share_follow_up
from khcn.governance.printing import CAPTION, HEADINGS, subject_of, summary_of
from khcn.governance.selectors import Onlooker
from khcn.governance.waiting import stuck_first, waiting_rows_of
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.sharing.registry import Shareable
from khcn.kernel.sharing.selectors import newest_address
from khcn.language.words import words as _


def closed_to_all(session: WorkingSession) -> str:
    """Return why the report may not be read without an account; nothing where it may."""
    if session.confidentiality == Confidentiality.CONFIDENTIAL:
        return _("{code} có phạm vi hạn chế, không mở cho người cầm mã được. Bỏ hạn chế trước, nếu được phép.").format(
            code=session.code
        )
    return ""


def show_follow_up(request: HttpRequest, session: WorkingSession) -> HttpResponse:
    """Show what became of the conclusions: nothing confidential, no lateness that was not released."""
    today = request.today  # type: ignore[attr-defined]  # set by the middleware
    values = follow_up_values(session, Onlooker(request.user, holds_key=True), today)
    return render(request, "governance/follow_up.html", values | {"holds_key": True, "layout": "ui/public.html"})


def follow_up_values(session: WorkingSession, onlooker: Onlooker, today: date) -> dict[str, Any]:
    """Return what the page of the report shows to the onlooker, whoever that is."""
    lines = stuck_first(follow_lines(session, onlooker, today), session.held_on)
    return {
        "session": session,
        "lines": lines,
        "rows": waiting_rows_of(lines, session.held_on, today),
        "counts": counts_of(lines),
        "headings": HEADINGS,
        "caption": CAPTION,
        "title": subject_of(session),
        "summary": summary_of(lines, today),
        "address": report_address(session, today),
        "today": today,
    }


def report_address(session: WorkingSession, today: date) -> str:
    """Return the address that the report's QR code opens: the newest link, else the page for those who sign in."""
    path = reverse("governance:follow-up", args=[session.code])
    return newest_address(session, today) or f"{settings.PUBLIC_URL}{path}"


def shared_follow_up() -> Shareable:
    """Return how sessions are read by links."""
    label = _("báo cáo thực hiện kết luận")
    return Shareable(WorkingSession.REGISTER, label, may_share_follow_up, closed_to_all, show_follow_up)
