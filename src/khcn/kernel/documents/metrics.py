"""Measure how wide a text is when set in Times, for lines that must be as long as a text, or a part of it.

`times_widths.csv` holds advance widths in thousandths of the type size, read from the Times-metric face Tinos. Of the
marks on Vietnamese letters only the horn adds width.
"""

import csv
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

WIDTHS_FILE: Final = Path(__file__).with_name("times_widths.csv")
UNKNOWN_WIDTH: Final = 600
HORN: Final = "\u031b"


@cache
def _widths() -> dict[str, tuple[int, int]]:
    with WIDTHS_FILE.open(encoding="utf-8", newline="") as rows:
        return {
            chr(int(row["code_point"], 16)): (int(row["upright"]), int(row["bold"])) for row in csv.DictReader(rows)
        }


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in points of a text in one line, set in Times at `size` points."""
    total = sum(_width(character)[bold] for character in unicodedata.normalize("NFC", text))
    return total * size / 1000


def _width(character: str) -> tuple[int, int]:
    known = _widths()
    base = character if character in known else _without_tone(character)
    return known.get(base, (UNKNOWN_WIDTH, UNKNOWN_WIDTH))


def _without_tone(character: str) -> str:
    # The horn of ơ and ư widens the letter; every other mark stands above or below it.
    parts = unicodedata.normalize("NFD", character)
    return unicodedata.normalize("NFC", parts[0] + (HORN if HORN in parts else ""))
