"""Plan backwards: when every earlier step must be over so that the last one is in time; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from khcn.kernel.calendar import Months, WorkCalendar, WorkingDays, add_months, parse_limit, subtract_working_days


@dataclass(frozen=True)
class PlannedStep:
    """One step and how long it takes, as the rulebook writes limits: `10wd`, `30d`, `2m`."""

    key: str
    label: str
    takes: str

    @property
    def takes_words(self) -> str:
        """Return how long it takes as people say it."""
        return str(parse_limit(self.takes))


@dataclass(frozen=True)
class LatestDay:
    """The last day on which a step may be over, and on which it must begin."""

    step: PlannedStep
    begin_on: date
    end_on: date

    def is_missed(self, today: date) -> bool:
        """Tell whether the step can no longer begin in time."""
        return today > self.begin_on


def latest_days(steps: Sequence[PlannedStep], due_on: date, calendar: WorkCalendar) -> list[LatestDay]:
    """Return the latest days of the steps in their order; the last of them is over on `due_on`.

    A step begins on the day on which the one before it is over.
    """
    found: list[LatestDay] = []
    end = due_on
    for step in reversed(steps):
        begin = _before(end, step.takes, calendar)
        found.append(LatestDay(step, begin, end))
        end = begin
    return found[::-1]


def _before(day: date, takes: str, calendar: WorkCalendar) -> date:
    limit = parse_limit(takes)
    if isinstance(limit, WorkingDays):
        return subtract_working_days(day, limit.days, calendar)
    if isinstance(limit, Months):
        return add_months(day, -limit.months)
    return day - timedelta(days=limit.days)
