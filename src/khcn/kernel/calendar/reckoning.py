"""Reckon when a time limit ends, and explain it.

The day on which a period starts is not counted. A pause stops the clock from its first day to the day before its last;
overlapping pauses are merged. A period of days or months that ends on a day off ends on the next working day on which
the clock is not stopped, unless the rule says that it does not roll.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from khcn.kernel.calendar.days import WorkCalendar
from khcn.kernel.calendar.errors import InvalidLimit
from khcn.kernel.calendar.limits import CalendarDays, Limit, Months, Span, WorkingDays, day_in_words
from khcn.language.words import words as _

PAUSED = _("Tạm dừng")
ONE_DAY = timedelta(days=1)
MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Skipped:
    """Name a day that the clock passed over, and why."""

    date: date
    reason: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Hold a reckoned limit with everything needed to explain it.

    `nominal`: the day on which the period itself ends; `effective`: the last day on which the obligation is still met.
    `skipped`: in order; for working days every day not counted, for days and months those paused and those rolled over.
    `unconfirmed_days`: days that shaped the result and still await a decision.
    """

    nominal: date
    effective: date
    skipped: tuple[Skipped, ...]
    start: date
    limit: Limit
    pauses: tuple[Span, ...]
    unconfirmed_days: tuple[date, ...]

    def explain(self) -> list[str]:
        """Tell in Vietnamese sentences how the due day came about."""
        sentences = [
            _("Bắt đầu tính từ {start}; ngày này không tính vào thời hạn.").format(start=day_in_words(self.start)),
            _("Thời hạn: {limit}.").format(limit=self.limit),
        ]
        if self.pauses:
            spans = "; ".join(map(str, self.pauses))
            sentences.append(
                _("Tạm dừng: {spans} (dừng từ ngày đầu đến trước ngày cuối một ngày).").format(spans=spans)
            )
        if self.skipped:
            days = "; ".join(f"{entry.date:%d/%m/%Y} ({entry.reason})" for entry in self.skipped)
            sentences.append(_("Không tính {count} ngày: {days}.").format(count=len(self.skipped), days=days))
        if self.nominal != self.effective:
            reason = next(entry.reason for entry in self.skipped if entry.date == self.nominal)
            sentences.append(
                _(
                    "Thời hạn kết thúc vào {nominal:%d/%m/%Y} ({reason}), nên chuyển sang ngày làm việc tiếp theo."
                ).format(nominal=self.nominal, reason=reason)
            )
        sentences.append(_("Hạn: {effective}.").format(effective=day_in_words(self.effective)))
        if self.unconfirmed_days:
            days = ", ".join(f"{day:%d/%m/%Y}" for day in self.unconfirmed_days)
            sentences.append(
                _("Lưu ý: chưa có quyết định chính thức về ngày {days}; hạn có thể thay đổi.").format(days=days)
            )
        return sentences


def reckon(
    start: date, limit: Limit, calendar: WorkCalendar, pauses: Sequence[Span] = (), *, rolls: bool = True
) -> Reckoning:
    """Reckon the end of a limit that starts on `start`.

    `rolls`: whether a limit of days or months that ends on a day off moves to the next working day.
    Raises: CalendarUnknown, if a year that is needed is not in the calendar; InvalidLimit, past the year 9999.
    """
    if start == date.max:
        raise _too_far(start)
    stops = _stops(start, pauses)
    if isinstance(limit, WorkingDays):
        nominal = effective = _nth_working_day(start, limit.days, calendar, stops)
        read_from = start + ONE_DAY
    else:
        nominal = _end_of_days(start, limit, stops)
        effective = _roll(nominal, calendar, stops) if rolls else nominal
        read_from = nominal
    uses_calendar = rolls or isinstance(limit, WorkingDays)
    return Reckoning(
        nominal=nominal,
        effective=effective,
        skipped=_skipped(start, read_from if uses_calendar else effective, effective, calendar, stops),
        start=start,
        limit=limit,
        pauses=tuple(sorted(span for span in pauses if start < span.last and span.first <= effective)),
        unconfirmed_days=calendar.unconfirmed_days(read_from, effective) if uses_calendar else (),
    )


def due_on(
    start: date, limit: Limit, calendar: WorkCalendar, pauses: Sequence[Span] = (), *, rolls: bool = True
) -> date:
    """Return the last day on which the obligation is still met. Raises: as `reckon`."""
    return reckon(start, limit, calendar, pauses, rolls=rolls).effective


def add_months(day: date, months: int) -> date:
    """Move a day by whole months; a day the month lacks becomes its last (31/1 + 1 = 28/2 or 29/2).

    Raises: InvalidLimit, if the result leaves the calendar of the machine.
    """
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    year, month = index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1
    if not 1 <= year <= MAXYEAR:
        raise _too_far(day)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_working_days(day: date, count: int, calendar: WorkCalendar) -> date:
    """Return the `count`-th working day after `day`, which is not counted. Raises: CalendarUnknown, InvalidLimit."""
    return _nth_working_day(day, WorkingDays(count).days, calendar, ())


def subtract_working_days(day: date, count: int, calendar: WorkCalendar) -> date:
    """Return the `count`-th working day before `day`, which is not counted: the day for a reminder.

    Raises: CalendarUnknown, InvalidLimit.
    """
    position = bisect_left(calendar.working_days, day) - WorkingDays(count).days
    if position < 0:
        raise calendar.unknown(min(calendar.years, default=day.year) - 1)
    found = calendar.working_days[position]
    calendar.require(found, day)
    return found


def working_days_between(after: date, until: date, calendar: WorkCalendar) -> int:
    """Count the working days after `after` up to and including `until`; negative when `until` lies before.

    Raises: CalendarUnknown.
    """
    calendar.require(min(after, until), max(after, until))
    return bisect_right(calendar.working_days, until) - bisect_right(calendar.working_days, after)


def _stops(start: date, pauses: Sequence[Span]) -> tuple[tuple[date, date], ...]:
    """Return the days on which the clock stands, as merged closed intervals after the start."""
    merged: list[tuple[date, date]] = []
    for span in sorted(pauses):
        first = max(span.first, start + ONE_DAY)
        last = span.last
        if first >= last:
            continue
        last -= ONE_DAY
        if merged and first <= merged[-1][1] + ONE_DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


def _nth_working_day(start: date, count: int, calendar: WorkCalendar, stops: Sequence[tuple[date, date]]) -> date:
    days = calendar.working_days
    position = bisect_right(days, start) + count - 1
    for first, last in stops:
        if position < len(days) and days[position] < first:
            break
        position += bisect_right(days, last) - bisect_left(days, first)
    calendar.require(start + ONE_DAY, start + ONE_DAY)
    if position >= len(days):
        raise calendar.unknown(max(calendar.years, default=start.year) + 1)
    calendar.require(start + ONE_DAY, days[position])
    return days[position]


def _end_of_days(start: date, limit: CalendarDays | Months, stops: Sequence[tuple[date, date]]) -> date:
    try:
        end = add_months(start, limit.months) if isinstance(limit, Months) else start + timedelta(days=limit.days)
        for first, last in stops:
            if end < first:
                break
            end += last - first + ONE_DAY
    except OverflowError as error:
        raise _too_far(start) from error
    return end


def _roll(nominal: date, calendar: WorkCalendar, stops: Sequence[tuple[date, date]]) -> date:
    """Return the first working day from `nominal` on on which the clock is not stopped."""
    days = calendar.working_days
    calendar.require(nominal, nominal)
    position = bisect_left(days, nominal)
    for first, last in stops:
        if position < len(days) and first <= days[position] <= last:
            position = bisect_right(days, last)
    if position >= len(days):
        raise calendar.unknown(max(calendar.years) + 1)
    calendar.require(nominal, days[position])
    return days[position]


def _skipped(
    start: date, read_from: date, end: date, calendar: WorkCalendar, stops: Sequence[tuple[date, date]]
) -> tuple[Skipped, ...]:
    """List the days off from `read_from` and the paused days from `start` on, all before `end`."""
    if start >= end:
        return ()
    reasons: dict[date, str] = {}
    for first, last in stops:
        day = first
        while day <= last and day < end:
            reasons[day] = PAUSED
            day += ONE_DAY
    reasons.update((entry.on, entry.reason) for entry in calendar.days_off(read_from, end - ONE_DAY))
    return tuple(Skipped(day, reasons[day]) for day in sorted(reasons))


def _too_far(start: date) -> InvalidLimit:
    return InvalidLimit(
        _("Thời hạn tính từ ngày {start:%d/%m/%Y} vượt quá năm {maxyear}. Kiểm tra lại ngày và thời hạn.").format(
            start=start, maxyear=MAXYEAR
        )
    )
