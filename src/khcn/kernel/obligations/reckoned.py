"""What a due date follows from, and whether it is still what follows; pure, without database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khcn.kernel.calendar import CalendarDay, Span, WorkCalendar, parse_limit, reckon


@dataclass(frozen=True)
class Terms:
    """All that a reckoned due date follows from."""

    started_on: date
    limit: str
    pauses: tuple[Span, ...] = ()
    rolls: bool = True


@dataclass(frozen=True)
class Dates:
    """When a period ends, and the last day on which the obligation is still met."""

    nominal_on: date | None
    effective_on: date | None


def dates_of(terms: Terms, calendar: WorkCalendar) -> Dates:
    """Return the dates that follow from the terms by the calendar.

    Raises: CalendarUnknown; InvalidLimit.
    """
    found = reckon(terms.started_on, parse_limit(terms.limit), calendar, terms.pauses, rolls=terms.rolls)
    return Dates(found.nominal, found.effective)


def calendar_with(calendar: WorkCalendar, day: CalendarDay) -> WorkCalendar:
    """Return the calendar with one day said anew.

    Raises: InvalidCalendar, for a day that cannot be of its kind.
    """
    others = [row for row in calendar.special_days(date.min, date.max) if row.on != day.on]
    return WorkCalendar([*others, day])


def calendar_without(calendar: WorkCalendar, day: date) -> WorkCalendar:
    """Return the calendar in which the day is what its weekday says."""
    return WorkCalendar(row for row in calendar.special_days(date.min, date.max) if row.on != day)
