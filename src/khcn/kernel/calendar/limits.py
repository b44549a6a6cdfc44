"""Time limits as law words them, and the pauses that stop them.

Law says "ngày làm việc", "ngày" and "tháng"; the three are kept apart and never converted into one another.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from khcn.kernel.calendar.errors import InvalidDay, InvalidLimit, InvalidSpan
from khcn.language.words import words as _

LONGEST_LIMIT_YEARS = 100
_LIMIT = re.compile(r"\s*([0-9]{1,6})\s*(wd|d|m)\s*", re.IGNORECASE)
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_VIETNAMESE_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
WEEKDAYS = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"))


def _check(count: int, most: int, unit: str) -> None:
    if not 1 <= count <= most:
        raise InvalidLimit(
            _("Thời hạn {count} {unit} không dùng được: phải từ 1 đến {most} {unit}.").format(
                count=count, unit=unit, most=most
            )
        )


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """State a limit in working days ("ngày làm việc"). Raises: InvalidLimit."""

    days: int
    UNIT: ClassVar[str] = _("ngày làm việc")

    def __post_init__(self) -> None:
        _check(self.days, 250 * LONGEST_LIMIT_YEARS, self.UNIT)

    def __str__(self) -> str:
        return f"{self.days} {self.UNIT}"

    @property
    def code(self) -> str:
        """Return the text that `parse_limit` reads back."""
        return f"{self.days}wd"


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """State a limit in calendar days ("ngày"). Raises: InvalidLimit."""

    days: int
    UNIT: ClassVar[str] = _("ngày")

    def __post_init__(self) -> None:
        _check(self.days, 365 * LONGEST_LIMIT_YEARS, self.UNIT)

    def __str__(self) -> str:
        return f"{self.days} {self.UNIT}"

    @property
    def code(self) -> str:
        """Return the text that `parse_limit` reads back."""
        return f"{self.days}d"


@dataclass(frozen=True, slots=True)
class Months:
    """State a limit in months ("tháng"). Raises: InvalidLimit."""

    months: int
    UNIT: ClassVar[str] = _("tháng")

    def __post_init__(self) -> None:
        _check(self.months, 12 * LONGEST_LIMIT_YEARS, self.UNIT)

    def __str__(self) -> str:
        return f"{self.months} {self.UNIT}"

    @property
    def code(self) -> str:
        """Return the text that `parse_limit` reads back."""
        return f"{self.months}m"


Limit = WorkingDays | CalendarDays | Months
_KINDS: dict[str, type[WorkingDays | CalendarDays | Months]] = {"wd": WorkingDays, "d": CalendarDays, "m": Months}


def parse_limit(text: str) -> Limit:
    """Read a limit written as `5wd` (working days), `10d` (calendar days) or `2m` (months).

    Raises: InvalidLimit.
    """
    found = _LIMIT.fullmatch(text)
    if found is None:
        raise InvalidLimit(
            _("Không hiểu thời hạn “{text}”. Viết 5wd (5 ngày làm việc), 10d (10 ngày) hoặc 2m (2 tháng).").format(
                text=text
            )
        )
    return _KINDS[found[2].lower()](int(found[1]))


def parse_day(text: str) -> date:
    """Read a day written as 2026-11-20 or as 20/11/2026. Raises: InvalidDay."""
    stripped = text.strip()
    if found := _ISO_DAY.fullmatch(stripped):
        year, month, day = found.groups()
    elif found := _VIETNAMESE_DAY.fullmatch(stripped):
        day, month, year = found.groups()
    else:
        raise InvalidDay(_("Không hiểu ngày “{text}”. Viết dạng 2026-11-20 hoặc 20/11/2026.").format(text=text))
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise InvalidDay(
            _("Không có ngày “{text}” trong lịch. Kiểm tra lại ngày, tháng, năm.").format(text=text)
        ) from error


def day_in_words(day: date) -> str:
    """Write a day with its weekday, as "Thứ Hai, 30/11/2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Hold the first and the last day of a pause.

    The clock stands still from `first` to the day before `last` and runs again on `last`: a same-day pause counts zero.
    Raises: InvalidSpan, if `last` precedes `first`.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidSpan(
                _(
                    "Khoảng tạm dừng {value} không đúng: ngày kết thúc trước ngày bắt đầu. Đổi lại thứ tự hai ngày."
                ).format(value=self)
            )

    def __str__(self) -> str:
        return f"{self.first:%d/%m/%Y}–{self.last:%d/%m/%Y}"

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read a pause written as `2026-12-01..2026-12-03`. Raises: InvalidSpan, InvalidDay."""
        first, dots, last = text.partition("..")
        if not dots:
            raise InvalidSpan(
                _(
                    "Không hiểu khoảng tạm dừng “{text}”. Viết ngày đầu, hai dấu chấm, ngày cuối: "
                    "2026-12-01..2026-12-03."
                ).format(text=text)
            )
        return cls(parse_day(first), parse_day(last))
