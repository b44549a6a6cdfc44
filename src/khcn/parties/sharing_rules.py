"""Pure reckoning of shared equipment: hours of a span, the fee by the hour, use by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

HOUR_SECONDS = 3600
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Use:
    """One booking that held its equipment.

    `starts_at`: in local time; its year is the year of the booking. `user`: what tells its user from others.
    `hours_used`, `fee_vnd`: None until they are recorded.
    """

    starts_at: datetime
    user: object
    hours_booked: Decimal
    hours_used: Decimal | None = None
    fee_vnd: int | None = None


@dataclass
class YearOfUse:
    """The use of a piece of equipment in a year; a booking counts in the year in which it starts."""

    year: int
    bookings: int = 0
    hours_booked: Decimal = Decimal(0)
    hours_used: Decimal = Decimal(0)
    fees_vnd: int = 0
    users: set[object] = field(default_factory=set)


def hours_between(starts_at: datetime, ends_at: datetime) -> Decimal:
    """Return the hours of a span, to the hundredth."""
    seconds = Decimal((ends_at - starts_at).total_seconds())
    return (seconds / HOUR_SECONDS).quantize(HUNDREDTH, ROUND_HALF_UP)


def fee_by_hours(hours: Decimal, fee_per_hour_vnd: int) -> int:
    """Return what so many hours cost, in whole đồng, half a đồng upwards."""
    return int((hours * fee_per_hour_vnd).quantize(Decimal(1), ROUND_HALF_UP))


def meet(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Tell whether two spans share an instant; one that ends as the other begins does not."""
    return first[0] < second[1] and second[0] < first[1]


def use_by_year(uses: Iterable[Use]) -> list[YearOfUse]:
    """Return the use of each year that has any, the latest first."""
    years: dict[int, YearOfUse] = {}
    for one in uses:
        year = years.setdefault(one.starts_at.year, YearOfUse(one.starts_at.year))
        year.bookings += 1
        year.hours_booked += one.hours_booked
        year.hours_used += one.hours_used or 0
        year.fees_vnd += one.fee_vnd or 0
        year.users.add(one.user)
    return [years[year] for year in sorted(years, reverse=True)]
