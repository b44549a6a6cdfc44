"""Plan backwards: when every earlier step must be over so that the last one is in time; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class MissedStep:
    """A step that was not over in time. `over_on`: when it was, None where it still is not; `late`: days too late."""

    step: PlannedStep
    end_on: date
    over_on: date | None
    late: int


def missed_step(days: Sequence[LatestDay], over: Mapping[str, date | None], today: date) -> MissedStep | None:
    """Return by which step the plan was missed, None where the last step that leaves a trace was over in time.

    `over`: for the steps that leave a trace, by key, when each was over. A step whose trace is missing, or younger than
    that of a later step, was taken without one; the first that was late, or is not over while none after it is, missed
    the plan.
    """
    known = [(one, over[one.step.key]) for one in days if one.step.key in over]
    if not known or _in_time(*known[-1]):
        return None
    late = [
        MissedStep(one.step, one.end_on, over_on, ((over_on or today) - one.end_on).days)
        for place, (one, over_on) in enumerate(known)
        if not _in_time(one, over_on) and _left_its_trace(over_on, [day for _one, day in known[place + 1 :]])
    ]
    return late[0]  # at least the last step, which none follows


def _left_its_trace(over_on: date | None, later: Sequence[date | None]) -> bool:
    """Tell whether a step is known to be over when it was: nothing after it was over, or nothing after it earlier."""
    days = [day for day in later if day is not None]
    return not days or (over_on is not None and over_on <= min(days))


def _in_time(one: LatestDay, over_on: date | None) -> bool:
    return over_on is not None and over_on <= one.end_on


def _before(day: date, takes: str, calendar: WorkCalendar) -> date:
    limit = parse_limit(takes)
    if isinstance(limit, WorkingDays):
        return subtract_working_days(day, limit.days, calendar)
    if isinstance(limit, Months):
        return add_months(day, -limit.months)
    return day - timedelta(days=limit.days)
