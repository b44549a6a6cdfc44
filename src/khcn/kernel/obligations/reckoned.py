"""What a due date follows from, and whether it is still what follows; pure, without database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khcn.kernel.calendar import (
    CalendarDay,
    CalendarUnknown,
    Reckoning,
    Span,
    WorkCalendar,
    WorkingDays,
    parse_limit,
    reckon,
)


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
    found = reckoning_of(terms, calendar)
    return Dates(found.nominal, found.effective)


def reckoning_of(terms: Terms, calendar: WorkCalendar) -> Reckoning:
    """Return how the dates follow from the terms.

    A period of days or months that ends in a year whose days off nobody has decreed yet, as contracts of several years
    do, ends on the day itself; once that year is in the calendar the date is reckoned anew.
    Raises: CalendarUnknown, for working days of such a year; InvalidLimit.
    """
    limit = parse_limit(terms.limit)
    try:
        return reckon(terms.started_on, limit, calendar, terms.pauses, rolls=terms.rolls)
    except CalendarUnknown:
        if isinstance(limit, WorkingDays):
            raise
        return reckon(terms.started_on, limit, calendar, terms.pauses, rolls=False)


def calendar_with(calendar: WorkCalendar, day: CalendarDay) -> WorkCalendar:
    """Return the calendar with one day said anew.

    Raises: InvalidCalendar, for a day that cannot be of its kind.
    """
    others = [row for row in calendar.special_days(date.min, date.max) if row.on != day.on]
    return WorkCalendar([*others, day])


def calendar_without(calendar: WorkCalendar, day: date) -> WorkCalendar:
    """Return the calendar in which the day is what its weekday says."""
    return WorkCalendar(row for row in calendar.special_days(date.min, date.max) if row.on != day)
