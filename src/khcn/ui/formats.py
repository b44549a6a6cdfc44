"""Write dates, numbers and money as Vietnamese official papers do."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from khcn.language.words import words as _

MISSING = "—"

MONEY_UNITS = {
    "": (_("đồng"), 0),
    "nghìn": (_("nghìn đồng"), 3),
    "triệu": (_("triệu đồng"), 6),
    "tỷ": (_("tỷ đồng"), 9),
}

Number = int | float | Decimal


def number(value: Number | None, decimals: int | None = None) -> str:
    """Return a number with dots between thousands and a comma before decimals.

    `decimals`: how many to show, rounding half up; None keeps those the value has. A missing value gives a dash.
    """
    if value is None:
        return MISSING
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def money(value: Number | None, unit: str = "") -> str:
    """Return an amount of đồng in words of its unit: "" (đồng), "nghìn", "triệu" or "tỷ".

    Raises: KeyError for another unit.
    """
    if value is None:
        return MISSING
    word, exponent = MONEY_UNITS[unit]
    scaled = (Decimal(str(value)) / Decimal(10**exponent)).normalize()
    whole = scaled if scaled != scaled.to_integral_value() else scaled.quantize(Decimal(1))
    return f"{number(whole)} {word}"


def percent(value: Number | None, decimals: int | None = None) -> str:
    """Return a value that is already in per cent, with its sign."""
    return MISSING if value is None else f"{number(value, decimals)}%"


def day(value: date | None) -> str:
    """Return a day as `24/9/2021`, without leading zeros."""
    return MISSING if value is None else f"{value.day}/{value.month}/{value.year}"


def instant(value: datetime | None) -> str:
    """Return an instant as `14/9/2021 09:12`, in the time zone the value already has."""
    return MISSING if value is None else f"{day(value)} {value:%H:%M}"
