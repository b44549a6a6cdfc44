"""The office's working calendar, read from its table; the shipped one where the table is still empty."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.calendar import CalendarDay as Day
from khcn.kernel.calendar import Confidence, DayKind, WorkCalendar, load_shipped_calendar
from khcn.kernel.obligations.models import CalendarDay
from khcn.kernel.records.recording import recording
from khcn.language.words import words as _

_built: dict[int, WorkCalendar] = {}


def work_calendar() -> WorkCalendar:
    """Return the calendar in force; rebuilt only when a day was changed."""
    stamp = CalendarDay.Version._base_manager.order_by("-version_id").values_list("version_id", flat=True).first()
    if stamp is None:
        return load_shipped_calendar()
    if stamp not in _built:
        _built.clear()
        _built[stamp] = WorkCalendar(_day(row) for row in CalendarDay.objects.all())
    return _built[stamp]


def load_shipped_days(*, actor: Any = None) -> int:
    """Enter the shipped calendar days not yet in the table; edited ones stay. Returns how many were added."""
    known = set(CalendarDay.objects.values_list("day", flat=True))
    fresh = [row for row in load_shipped_calendar().special_days(date.min, date.max) if row.on not in known]
    with recording(actor=actor, verb="load-calendar", label=_("nạp lịch làm việc kèm theo phần mềm")):
        for row in fresh:
            CalendarDay(
                day=row.on,
                name=row.name,
                kind=row.kind,
                confirmed=row.confirmed,
                legal_basis=row.legal_basis,
                confidence=row.confidence,
            ).save()
    return len(fresh)


def _day(row: CalendarDay) -> Day:
    return Day(
        on=row.day,
        name=row.name,
        kind=DayKind(row.kind),
        confirmed=row.confirmed,
        legal_basis=row.legal_basis,
        confidence=Confidence(row.confidence),
        source="",
    )
