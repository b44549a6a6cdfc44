"""Find a mark of State secrecy in a table: in its name, any line, beside its cells, in a column of degrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from khcn.kernel.files.reading import secrecy_level, secrecy_of_name
from khcn.kernel.files.reading.cleaning import clean_text
from khcn.kernel.files.reading.secrecy import LEVELS
from khcn.kernel.text.folding import search_key

LINES_AT_ONCE = 5_000
LINES_OF_HEADINGS = 30
TOP = 25  # lines at the top of a page, in which «Mật» alone in small letters is a mark as well
DEGREE_HEADINGS = frozenset({"do mat", "muc do mat", "do bao mat"})

Rows = Sequence[Sequence[Any]]


def secrecy_of_table(rows: Rows, beside: str, filename: str) -> str | None:
    """Return the first mark found, or None. `beside`: what the file says elsewhere than in these rows, as lines."""
    return (
        secrecy_of_name(filename)
        or secrecy_level(clean_text(beside))
        or next((level for lines in _pieces(rows) if (level := secrecy_level(clean_text(lines)))), None)
        or _said_by_a_column(rows)
    )


def _pieces(rows: Rows) -> Iterator[str]:
    for start in range(0, len(rows), LINES_AT_ONCE):
        # A heading cut off from its second half would look like a mark: one line of the piece before stands above.
        piece = rows[max(0, start - 1) : start + LINES_AT_ONCE]
        lines = "\n".join("\t".join(cell for cell in row if isinstance(cell, str)) for row in piece)
        yield "-\n" * TOP + lines if start else lines


def _said_by_a_column(rows: Rows) -> str | None:
    """Return the highest degree in a column headed «Độ mật»."""
    for number, row in enumerate(rows[:LINES_OF_HEADINGS]):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and search_key(cell) in DEGREE_HEADINGS:
                below = {str(other[place]).strip().upper() for other in rows[number + 1 :] if place < len(other)}
                if level := next((level for level in LEVELS if level in below), None):
                    return level
    return None
