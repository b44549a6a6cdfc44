"""How figures are said in a report: the words people use, and the exact number beside them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

ROUND_FROM = 20
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Return a small number as parts of a paper are numbered: 4 is IV."""
    said = ""
    for value, sign in ROMAN:
        while number >= value:
            said, number = said + sign, number - value
    return said


def number_words(value: Decimal | None) -> str:
    """Return a number as it is printed, with dots for thousands and a comma for decimals; «…» where unknown."""
    if value is None:
        return "…"
    plain = f"{value.normalize():,f}" if value != value.to_integral_value() else f"{int(value):,}"
    return plain.replace(",", " ").replace(".", ",").replace(" ", ".")


def signed_words(value: Decimal | None) -> str:
    """Return a difference with its sign, nothing as 0."""
    if value is None:
        return "—"
    sign = {True: "+", False: "−"}[value > 0] if value else ""
    return f"{sign}{number_words(abs(value))}"


def rounded_words(value: Decimal) -> str:
    """Return «trên 60 (63)» for 63: the round words that reports use, never without the exact number."""
    tens = int(value) // 10 * 10
    if value < ROUND_FROM or value == tens:
        return number_words(value)
    return f"trên {number_words(Decimal(tens))} ({number_words(value)})"


def percent_words(done: Decimal | None, planned: Decimal | None) -> str:
    """Return done as a percentage of planned with one decimal, or «—»."""
    if done is None or not planned:
        return "—"
    return f"{number_words((done * 100 / planned).quantize(Decimal('0.1'), ROUND_HALF_UP))} %"
