"""Periods of reports: which days a figure speaks of. The cut-off is a rulebook value."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

NINE_MONTH = "nine-month"
SIX_MONTH = "six-month"
YEAR = "year"
STATISTICS_YEAR = "statistics-year"

PERIOD_LABELS = {
    NINE_MONTH: "9 tháng đầu năm {year}",
    SIX_MONTH: "6 tháng đầu năm {year}",
    YEAR: "năm {year}",
    STATISTICS_YEAR: "năm {year} (thống kê, năm dương lịch)",
}


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included, that a report of the kind and year speaks of."""

    kind: str
    year: int
    first: date
    last: date

    @property
    def label(self) -> str:
        """Return the period as reports say it."""
        return PERIOD_LABELS[self.kind].format(year=self.year)

    @property
    def days(self) -> str:
        """Return the cut-off days as people write them."""
        return " ".join(
            f"{word} {day.day}/{day.month}/{day.year}" for word, day in (("từ", self.first), ("đến", self.last))
        )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def period_from_rule(kind: str, year: int, value: Any) -> Period:
    """Return the period that a rule value describes.

    `value`: {"from": [year offset, month, day], "to": [year offset, month, day]}; a day beyond the month's end
    is its end.
    """
    return Period(kind, year, _day(year, value["from"]), _day(year, value["to"]))


def _day(year: int, parts: list[int]) -> date:
    offset, month, day = parts
    last = calendar.monthrange(year + offset, month)[1]
    return date(year + offset, month, min(day, last))


def year_earlier(period: Period) -> Period:
    """Return the same days one year earlier; 29 February becomes the 28th."""
    return Period(period.kind, period.year - 1, _earlier(period.first), _earlier(period.last))


def _earlier(day: date) -> date:
    return _day(day.year, [-1, day.month, day.day])


def same_period_of_the_year_before(period: Period, value: Any) -> Period:
    """Return the same period one year earlier under the same rule."""
    return period_from_rule(period.kind, period.year - 1, value)
