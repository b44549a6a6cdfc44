"""Periods of reports: which days a figure speaks of. The cut-off is a rulebook value."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from khcn.language.words import words as _

MONTH = "month"
QUARTER = "quarter"
SIX_MONTH = "six-month"
NINE_MONTH = "nine-month"
YEAR = "year"
STATISTICS_YEAR = "statistics-year"

PERIOD_LABELS = {
    SIX_MONTH: _("6 tháng đầu năm {year}"),
    NINE_MONTH: _("9 tháng đầu năm {year}"),
    YEAR: _("năm {year}"),
    STATISTICS_YEAR: _("năm {year} (thống kê, năm dương lịch)"),
}
"""The kinds of which a year has one."""
PARTS = {MONTH: 12, QUARTER: 4}
"""The kinds of which a year has several, and how many."""
QUARTERS = ("I", "II", "III", "IV")
KINDS = (MONTH, QUARTER, SIX_MONTH, NINE_MONTH, YEAR, STATISTICS_YEAR)
KIND_LABELS = {
    MONTH: _("Tháng"),
    QUARTER: _("Quý"),
    SIX_MONTH: _("6 tháng đầu năm"),
    NINE_MONTH: _("9 tháng đầu năm"),
    YEAR: _("Cả năm"),
    STATISTICS_YEAR: _("Thống kê theo năm dương lịch"),
}
MONTHS_IN_A_QUARTER = 3
MONTHS_IN_A_YEAR = 12


class UnknownPeriod(ValueError):
    """No period is so called; the message says what is."""


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included, that a report of the kind and year speaks of.

    `part`: which month (1 to 12) or which quarter (1 to 4) of the year; 0 where a year has one period of the kind.
    """

    kind: str
    year: int
    first: date
    last: date
    part: int = 0

    @property
    def key(self) -> str:
        """Return what tells the period from others of its year: "nine-month", "month-9"."""
        return key_of(self.kind, self.part)

    @property
    def label(self) -> str:
        """Return the period as reports say it."""
        return period_words(self.kind, self.year, self.part)

    @property
    def following(self) -> str:
        """Return the time a report on the period plans for, in words."""
        return following_words(self.kind, self.year, self.part)

    @property
    def days(self) -> str:
        """Return the cut-off days as people write them."""
        return " ".join(
            f"{word} {day.day}/{day.month}/{day.year}" for word, day in ((_("từ"), self.first), (_("đến"), self.last))
        )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def key_of(kind: str, part: int = 0) -> str:
    """Return what tells a period from others of its year."""
    return f"{kind}-{part}" if part else kind


def kind_and_part(key: str) -> tuple[str, int]:
    """Return the kind and the part that a key names.

    Raises: UnknownPeriod.
    """
    kind, _, part = key.rpartition("-")
    found = (kind, int(part)) if kind in PARTS and part.isascii() and part.isdecimal() else (key, 0)
    return checked_part(*found)


def checked_part(kind: str, part: int) -> tuple[str, int]:
    """Return kind and part if there is such a period.

    Raises: UnknownPeriod, saying which month or quarter is asked for.
    """
    if kind not in KINDS:
        raise UnknownPeriod(_("Không có kỳ «{kind}». Hiện có: {KINDS}.").format(kind=kind, KINDS=", ".join(KINDS)))
    last = PARTS.get(kind, 0)
    if last and not 1 <= part <= last:
        raise UnknownPeriod(
            _("Kỳ «{value}» cần số thứ tự từ 1 đến {last}.").format(value=KIND_LABELS[kind].lower(), last=last)
        )
    if part and not last:
        raise UnknownPeriod(
            _("Kỳ «{value}» mỗi năm chỉ có một; bỏ số tháng, số quý.").format(value=KIND_LABELS[kind].lower())
        )
    return kind, part


def period_words(kind: str, year: int, part: int = 0) -> str:
    """Return a period as reports say it: «tháng 9 năm 2021», «quý III năm 2021», «6 tháng đầu năm 2021»."""
    if kind == MONTH:
        return _("tháng {part} năm {year}").format(part=part, year=year)
    if kind == QUARTER:
        return _("quý {value} năm {year}").format(value=QUARTERS[part - 1], year=year)
    return PERIOD_LABELS[kind].format(year=year)


def following_words(kind: str, year: int, part: int = 0) -> str:
    """Return the time that a report on the period plans for."""
    if kind in PARTS:
        last = part == PARTS[kind]
        return period_words(kind, year + last, 1 if last else part + 1)
    planned = {
        SIX_MONTH: _("6 tháng cuối năm {year}").format(year=year),
        NINE_MONTH: _("quý IV năm {year}").format(year=year),
    }
    return planned.get(kind, _("năm {value}").format(value=year + 1))


def period_from_rule(kind: str, year: int, value: Any, part: int = 0) -> Period:
    """Return the period that a rule value describes.

    `value`: {"from": [year offset, month, day], "to": [year offset, month, day]}; for months and quarters
    {"from": [month offset, day], "to": [month offset, day]}, counted from the last month of the part. A day beyond
    the month's end is its end.
    Raises: UnknownPeriod.
    """
    checked_part(kind, part)
    first, last = (_of_part(kind, year, part, value[end]) if part else _day(year, value[end]) for end in ("from", "to"))
    return Period(kind, year, first, last, part)


def last_month_of(kind: str, part: int) -> int:
    """Return the last month that a period belongs to, 12 where a year has one period of the kind."""
    return {MONTH: part, QUARTER: part * MONTHS_IN_A_QUARTER}.get(kind, MONTHS_IN_A_YEAR)


def _of_part(kind: str, year: int, part: int, parts: list[int]) -> date:
    offset, day = parts
    years, month = divmod(last_month_of(kind, part) - 1 + offset, MONTHS_IN_A_YEAR)
    return _day(year, [years, month + 1, day])


def _day(year: int, parts: list[int]) -> date:
    offset, month, day = parts
    last = calendar.monthrange(year + offset, month)[1]
    return date(year + offset, month, min(day, last))


def year_earlier(period: Period) -> Period:
    """Return the same days one year earlier; a period that ends with February ends with February then too."""
    last = _earlier(period.last)
    if (period.last + timedelta(days=1)).day == 1:
        last = _day(period.last.year, [-1, period.last.month, 31])
    return Period(period.kind, period.year - 1, _earlier(period.first), last, period.part)


def _earlier(day: date) -> date:
    return _day(day.year, [-1, day.month, day.day])


def same_period_of_the_year_before(period: Period, value: Any) -> Period:
    """Return the same period one year earlier under the same rule."""
    return period_from_rule(period.kind, period.year - 1, value, period.part)
