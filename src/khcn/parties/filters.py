"""Filters that the registers of parties share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from khcn.kernel.identity.selectors import acting_day
from khcn.kernel.records.registry import RecordFilter
from khcn.language.words import words as _

FIRST_FIGURE_YEAR = 2010
OWN = "minh"
Keep = Callable[[Any, str], Any]


def by_column(column: str) -> Keep:
    """Return what keeps the rows whose column holds the chosen value."""
    return lambda rows, value: rows.filter(**{column: value})


def reader_of(rows: Any) -> Any:
    """Return for whom the rows of a list were chosen, None where nobody was named."""
    return getattr(rows.query, "seen_by", None)


def years_of(user: Any) -> list[int]:
    """Return the years that yearly figures may be asked for, the latest first; up to the year the user acts in."""
    day = acting_day(user)
    return list(range(day.year, FIRST_FIGURE_YEAR - 1, -1)) if day is not None else []


YEAR = RecordFilter(
    "nam", _("Năm"), lambda user: [(str(year), str(year)) for year in years_of(user)], by_column("year")
)


def _of_own_office(rows: Any, _value: str) -> Any:
    return rows.filter(office_id=getattr(reader_of(rows), "office_id", None))


OWN_OFFICE = RecordFilter("so", _("Sổ của"), lambda _user: [(OWN, _("Sở mình"))], _of_own_office)
