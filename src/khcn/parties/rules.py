"""Pure rules of roles over time."""

from __future__ import annotations

from datetime import date

Period = tuple[date | None, date | None]


def overlap(first: Period, second: Period) -> bool:
    """Tell whether two inclusive periods share a day; an empty end is open."""
    (from_1, to_1), (from_2, to_2) = first, second
    return (from_1 or date.min) <= (to_2 or date.max) and (from_2 or date.min) <= (to_1 or date.max)
