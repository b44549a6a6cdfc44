"""The working calendar: read by everyone, corrected by administrators; what moved when it changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.calendar import CONFIDENCE_LABELS, CalendarError, Confidence
from khcn.kernel.obligations.correcting import DayNotCorrected, DaySaid, correct_day, moves_of_day
from khcn.kernel.obligations.permissions import may_correct_calendar
from khcn.kernel.obligations.recomputing import Move
from khcn.kernel.obligations.selectors import DueMoved, dues_moved
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.day_form import DAY_KINDS, DayForm
from khcn.kernel.records.registry import resolve
from khcn.language.words import words as _
from khcn.ui import formats

SHOWN = 20
"""Moves listed before an administrator confirms; the rest are counted."""
UNPROCESSABLE = 422


@require_GET
@login_required
def show_calendar(request: HttpRequest) -> HttpResponse:
    """Show the days of a year that are not what their weekday says."""
    values = calendar_values(request.GET.get("nam", ""), request.today)  # type: ignore[attr-defined]  # set by the middleware
    if may_correct_calendar(request.user):
        values["form"] = DayForm(today=request.today)  # type: ignore[attr-defined]  # as above
    return render(request, "pages/calendar.html", values)


@require_POST
@login_required
def change_day(request: HttpRequest) -> HttpResponse:
    """Show what changing a day would move; change it once that was confirmed."""
    if not may_correct_calendar(request.user):
        raise PermissionDenied(may_correct_calendar(request.user).sentence())
    form = DayForm(request.POST, today=request.today)  # type: ignore[attr-defined]  # set by the middleware
    if form.is_valid():
        try:
            return _previewed_or_done(request, form)
        except (DayNotCorrected, CalendarError, NotPermitted) as refusal:
            form.add_error(None, str(refusal))
    values = {**calendar_values("", request.today), "form": form}  # type: ignore[attr-defined]  # as above
    return render(request, "pages/calendar.html", values, status=UNPROCESSABLE)


@require_GET
@login_required
def show_moves(request: HttpRequest) -> HttpResponse:
    """Show which dates moved because the calendar or a rule changed, and why."""
    rows = [_moved_row(one) for one in dues_moved(request.user)]
    labels = (_("Việc, hồ sơ"), _("Hạn cũ"), _("Hạn mới"), _("Vì sao"), _("Lúc, người sửa"))
    return render(request, "pages/moves.html", {"rows": rows, "columns": [{"label": label} for label in labels]})


def calendar_values(asked: str, today: Any) -> dict[str, Any]:
    """Return what the calendar's page shows of a year: the one asked for, else today's."""
    calendar = work_calendar()
    years = sorted(calendar.years)
    year = int(asked) if asked in {str(one) for one in years} else min(max(today.year, years[0]), years[-1])
    days = calendar.special_days(today.replace(year=year, month=1, day=1), today.replace(year=year, month=12, day=31))
    return {
        "year": year,
        "tabs": [{"label": str(one), "url": f"?nam={one}", "active": one == year} for one in years],
        "rows": [{"cells": _day_cells(day)} for day in days],
        "columns": [{"label": label} for label in (_("Ngày"), _("Tên"), _("Loại"), _("Căn cứ"), _("Độ tin cậy"))],
        "unconfirmed": sum(not day.confirmed for day in days),
    }


def _previewed_or_done(request: HttpRequest, form: DayForm) -> HttpResponse:
    said, user = form.said(), request.user
    if request.POST.get("xac-nhan") == "1":
        moved = correct_day(said=said, actor=user, on=request.today)  # type: ignore[attr-defined]  # set by the middleware
        messages.success(
            request,
            _("Đã sửa ngày {day} trong lịch làm việc; {moved} việc đổi hạn.").format(
                day=formats.day(said.day), moved=moved
            ),
        )
        return redirect("moved-dues" if moved else "work-calendar")
    moves = moves_of_day(said)
    return render(request, "pages/calendar_preview.html", _preview(said, form, moves, user))


def _preview(said: DaySaid, form: DayForm, moves: list[Move], user: Any) -> dict[str, Any]:
    records = resolve({move.obligation.ref for move in moves[:SHOWN]}, user)
    rows = [
        {
            "cells": [
                {"text": _(move.obligation.action), "sub": str(records.get(move.obligation.ref, ""))},
                formats.day(move.before.effective_on),
                formats.day(move.after.effective_on),
            ]
        }
        for move in moves[:SHOWN]
    ]
    return {
        "said": said,
        "consequence": f"{said.reason.rstrip('.')}. {_effect(len(moves))}",
        "columns": [{"label": label} for label in (_("Việc, hồ sơ"), _("Hạn cũ"), _("Hạn mới"))],
        "rows": rows,
        "more": max(len(moves) - SHOWN, 0),
        "hidden": [*form.as_sent(), {"name": "xac-nhan", "value": "1"}],
    }


def _effect(moved: int) -> str:
    return (
        _("{moved} việc đang mở đổi hạn; người liên quan được báo.").format(moved=moved)
        if moved
        else _("Không việc nào đổi hạn.")
    )


def _moved_row(one: DueMoved) -> dict[str, Any]:
    url = record_url(one.record)
    when = formats.instant(timezone.localtime(one.at))
    subject = f"{one.record.code} · {one.record.title}"
    return {
        "url": url,
        "cells": [
            {"text": _(one.obligation.action), "url": url, "sub": subject},
            formats.day(one.before),
            formats.day(one.after),
            one.why,
            {"text": when, "sub": one.who},
        ],
    }


def _day_cells(day: Any) -> list[Any]:
    state = {"tone": "done", "label": CONFIDENCE_LABELS[day.confidence], "icon": "shield-check"}
    if day.confidence is Confidence.UNCHECKED or not day.confirmed:
        words = _("chưa có văn bản quyết định") if not day.confirmed else _("chưa đối chiếu văn bản")
        state = {"tone": "unchecked", "label": words, "icon": ""}
    return [formats.day(day.on), day.name, DAY_KINDS[str(day.kind)], day.legal_basis or None, {"state": state}]
