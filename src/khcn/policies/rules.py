"""How a value stands against a target: comparisons only, no threshold of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from khcn.kernel.text.numbers import parse_number
from khcn.language.words import words as _
from khcn.policies.states import Progress, TargetDirection

FIRST_YEAR, LAST_YEAR = 2000, 2100
YEAR_LINE = re.compile(r"\s*([0-9]{4})\s*[:=]?\s*(\S.*?)?\s*")
LARGEST = Decimal(10) ** 16
LINEAR = "linear"
"""The path by which a value is expected to go from the baseline to the target: evenly over the days between."""


@dataclass(frozen=True)
class Aim:
    """What is wanted by the end of a year, and where it began; `value` is None where the text gives no number."""

    direction: str
    value: Decimal | None
    year: int
    baseline: Decimal | None = None
    baseline_year: int | None = None

    @property
    def last_day(self) -> date:
        """Return the day by which the value is wanted."""
        return date(self.year, 12, 31)


@dataclass(frozen=True)
class Measured:
    """A value, the day up to which it speaks, and whether it speaks of the whole year."""

    value: Decimal
    on: date
    of_whole_year: bool = True


def wanted_years(text: str) -> dict[int, Decimal | None]:
    """Read what is wanted in each year, one a line or parted by semicolons; a year alone gives no number.

    Raises: ValueError, naming the part that cannot be read.
    """
    found: dict[int, Decimal | None] = {}
    for line in filter(str.strip, re.split(r"[;\n]", text)):
        year, number = _year_line(line)
        if year in found:
            raise ValueError(_("Năm {year} ghi hai lần. Giữ một dòng.").format(year=year))
        found[year] = number
    return found


def _year_line(line: str) -> tuple[int, Decimal | None]:
    wrong = ValueError(_("Không hiểu «{line}». Viết như 2025: 50, mỗi dòng một năm.").format(line=line.strip()))
    match = YEAR_LINE.fullmatch(line)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise wrong
    if match[2] is None:
        return int(match[1]), None
    try:
        number = parse_number(match[2])
    except ValueError:
        raise wrong from None
    if abs(number) >= LARGEST:
        raise wrong
    return int(match[1]), number


def meets(direction: str, value: Decimal, wanted: Decimal) -> bool:
    """Tell whether a value meets what is wanted."""
    return {
        TargetDirection.AT_LEAST: value >= wanted,
        TargetDirection.AT_MOST: value <= wanted,
        TargetDirection.EXACTLY: value == wanted,
    }[TargetDirection(direction)]


def expected_on(aim: Aim, on: date) -> Decimal | None:
    """Return the value that the even path from the end of the baseline's year gives for a day; None without a path."""
    if aim.value is None or aim.baseline is None or aim.baseline_year is None or aim.baseline_year >= aim.year:
        return None
    first = date(aim.baseline_year, 12, 31)
    length = (aim.last_day - first).days
    gone = min(max((on - first).days, 0), length)
    return aim.baseline + (aim.value - aim.baseline) * gone / length


def progress(aim: Aim, found: Measured | None, *, today: date, path: str = "") -> Progress:
    """Return how the latest value stands.

    Within the year a value short of its target is only called on the way or behind where `path` is `LINEAR` and the
    target has a baseline; else it is left open.
    """
    if aim.value is None:
        return Progress.NO_NUMBER
    if found is None:
        return Progress.NO_VALUE
    if meets(aim.direction, found.value, aim.value):
        return Progress.REACHED
    if today > aim.last_day:
        return Progress.MISSED if found.of_whole_year else Progress.WAITING
    expected = expected_on(aim, found.on) if path == LINEAR and aim.direction != TargetDirection.EXACTLY else None
    if expected is None:
        return Progress.OPEN
    return Progress.ON_THE_WAY if meets(aim.direction, found.value, expected) else Progress.BEHIND
