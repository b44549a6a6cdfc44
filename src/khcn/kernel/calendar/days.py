"""The working calendar: which days are worked, and why the others are not."""

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from khcn.kernel.calendar.errors import CalendarUnknown, InvalidCalendar
from khcn.kernel.calendar.limits import WEEKDAYS
from khcn.language.words import words as _

SATURDAY = 5
FIRST_MONTH, LAST_MONTH, LAST_DAY = 1, 12, 31


class DayKind(StrEnum):
    """Name what makes a day differ from an ordinary weekday or weekend."""

    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    SWAP_OFF = "swap_off"
    SWAP_WORK = "swap_work"


class Confidence(StrEnum):
    """Say how far a row was compared with the text that decrees it."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNCHECKED = "unchecked"


CONFIDENCE_LABELS = {
    Confidence.VERIFIED: _("đã đối chiếu văn bản"),
    Confidence.SECONDARY: _("theo nguồn thứ cấp"),
    Confidence.UNCHECKED: _("chưa đối chiếu văn bản"),
}


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """Describe one special day: a row of the table of holidays and swaps."""

    on: date
    name: str
    kind: DayKind
    confirmed: bool = True
    legal_basis: str = ""
    confidence: Confidence = Confidence.UNCHECKED
    source: str = ""

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> "CalendarDay":
        """Read a row with the columns of `days.csv`. Raises: InvalidCalendar."""
        try:
            return cls(
                on=date.fromisoformat(row["date"]),
                name=row["name_vi"],
                kind=DayKind(row["kind"]),
                confirmed={"yes": True, "no": False}[row["confirmed"]],
                legal_basis=row["legal_basis"],
                confidence=Confidence(row["confidence"]),
                source=row["source"],
            )
        except (KeyError, ValueError) as error:
            raise InvalidCalendar(
                _("Dòng ngày nghỉ {row} không đúng: kiểm tra cột {error}.").format(row=dict(row), error=error)
            ) from error


@dataclass(frozen=True, slots=True)
class DayOff:
    """Pair a day that is not worked with its Vietnamese reason."""

    on: date
    reason: str


class WorkCalendar:
    """Answer for each day of the years it knows whether it is worked; never changes once built.

    `days`: the special days; all other Mondays to Fridays are worked. The years known are those that have a row.
    Raises: InvalidCalendar, if a day is given twice or a working swap falls on a weekday.
    """

    __slots__ = ("_off", "_off_days", "_special", "_unconfirmed", "_working", "_years")

    def __init__(self, days: Iterable[CalendarDay]) -> None:
        special: dict[date, CalendarDay] = {}
        for row in days:
            if row.on in special:
                raise InvalidCalendar(
                    _("Ngày {on:%d/%m/%Y} có hai dòng trong bảng ngày nghỉ. Giữ lại một dòng.").format(on=row.on)
                )
            if row.kind is DayKind.SWAP_WORK and row.on.weekday() < SATURDAY:
                raise InvalidCalendar(
                    _("Ngày làm bù {on:%d/%m/%Y} không rơi vào cuối tuần. Kiểm tra lại ngày.").format(on=row.on)
                )
            special[row.on] = row
        self._special = special
        self._years = frozenset(day.year for day in special)
        self._unconfirmed = tuple(sorted(day for day, row in special.items() if not row.confirmed))
        working: list[date] = []
        off: list[DayOff] = []
        for day in _days_of(self._years):
            reason = self._reason(day)
            if reason is None:
                working.append(day)
            else:
                off.append(DayOff(day, reason))
        self._working = tuple(working)
        self._off = tuple(off)
        self._off_days = tuple(entry.on for entry in off)

    def _reason(self, day: date) -> str | None:
        row = self._special.get(day)
        if row is not None:
            return None if row.kind is DayKind.SWAP_WORK else row.name
        return WEEKDAYS[day.weekday()] if day.weekday() >= SATURDAY else None

    @property
    def years(self) -> frozenset[int]:
        """Return the years whose days are in the table."""
        return self._years

    @property
    def working_days(self) -> tuple[date, ...]:
        """Return all working days of the known years, in order."""
        return self._working

    def knows(self, year: int) -> bool:
        """Say whether the table covers the year."""
        return year in self._years

    def require(self, first: date, last: date) -> None:
        """Raise CalendarUnknown unless every year from `first` to `last` is known."""
        for year in range(first.year, last.year + 1):
            if year not in self._years:
                raise self.unknown(year)

    def unknown(self, year: int) -> CalendarUnknown:
        """Return the error that says the year is missing and which years are there."""
        years = sorted(self._years)
        return CalendarUnknown(year, f"{years[0]}–{years[-1]}" if years else _("không năm nào"))

    def is_working(self, day: date) -> bool:
        """Say whether the day is worked. Raises: CalendarUnknown."""
        return self.reason_off(day) is None

    def reason_off(self, day: date) -> str | None:
        """Return why the day is not worked, in Vietnamese, or None when it is worked. Raises: CalendarUnknown."""
        self.require(day, day)
        return self._reason(day)

    def confirmed(self, day: date) -> bool:
        """Say whether the status of the day is settled by a decision. Raises: CalendarUnknown."""
        self.require(day, day)
        row = self._special.get(day)
        return row is None or row.confirmed

    def special_day(self, day: date) -> CalendarDay | None:
        """Return the row of the day, if it has one."""
        return self._special.get(day)

    def days_off(self, first: date, last: date) -> tuple[DayOff, ...]:
        """Return the known days not worked from `first` to `last`, both included."""
        return self._off[bisect_left(self._off_days, first) : bisect_right(self._off_days, last)]

    def unconfirmed_days(self, first: date, last: date) -> tuple[date, ...]:
        """Return the days from `first` to `last`, both included, whose status awaits a decision."""
        return self._unconfirmed[bisect_left(self._unconfirmed, first) : bisect_right(self._unconfirmed, last)]

    def special_days(self, first: date, last: date) -> tuple[CalendarDay, ...]:
        """Return the rows of the table from `first` to `last`, both included, in order."""
        return tuple(self._special[day] for day in sorted(self._special) if first <= day <= last)


def _days_of(years: frozenset[int]) -> Iterable[date]:
    for year in sorted(years):
        first = date(year, FIRST_MONTH, 1)
        length = (date(year, LAST_MONTH, LAST_DAY) - first).days + 1
        yield from (first + timedelta(days=offset) for offset in range(length))


@cache
def load_shipped_calendar() -> WorkCalendar:
    """Return the calendar shipped with the product: Viet Nam, 2015–2027, built once."""
    with files("khcn.kernel.calendar").joinpath("days.csv").open("r", encoding="utf-8") as table:
        return WorkCalendar(CalendarDay.from_row(row) for row in csv.DictReader(table))
