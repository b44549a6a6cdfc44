"""Pure rules of roles over time, of the age of a CV, and of yearly figures."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date

Period = tuple[date | None, date | None]


def overlap(first: Period, second: Period) -> bool:
    """Tell whether two inclusive periods share a day; an empty end is open."""
    (from_1, to_1), (from_2, to_2) = first, second
    return (from_1 or date.min) <= (to_2 or date.max) and (from_2 or date.min) <= (to_1 or date.max)


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, the last of the month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_within(item: str, whole: str) -> bool:
    """Tell whether an item of spending is the other or stands below it: 2.1.1 within 2.1, 2.1 within 2."""
    return item == whole or item.startswith(f"{whole}.")


def counted_twice(item: str, others: Collection[str]) -> list[str]:
    """Return the other items that hold the same money: a whole beside its part. `others` may name the item itself."""
    return sorted({one for one in others if one != item and (is_within(one, item) or is_within(item, one))})
