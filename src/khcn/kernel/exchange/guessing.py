"""Guess which lines of a sheet are its headings, and which column of the register each of its columns means."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import Any

from khcn.kernel.exchange.cells import is_empty, reader_of, reads, text_cell
from khcn.kernel.exchange.headers import ROWS_LOOKED_AT, names_of
from khcn.kernel.exchange.values import field_of
from khcn.kernel.records.registry import Column, Register
from khcn.kernel.text.folding import search_key

Rows = Sequence[tuple[int, Sequence[Any]]]
"""Lines of a sheet: (number as people count, cells)."""
NOT_IMPORTED = frozenset({"stt", "tt", "so tt", "so thu tu", "ly do chua nhap"})
"""Headings that no register keeps: the number of the line, and what our own list of rows set aside adds."""
ALIKE = 0.55
WEIGHT_OF_VALUES = 0.3
VALUES_LOOKED_AT = 40
FEWEST_OF_KIND = 0.5
SHORTEST_INITIALS = 3
VOWELS = frozenset("aeiouy")
LONGEST_TITLE = 2  # a line with fewer texts is a title of the table, not its headings


@dataclass(frozen=True)
class Headings:
    """The lines of headings, first and last as people count, and the text over each column that has one.

    `lower`: of two lines, what the second says alone.
    """

    first: int
    last: int
    texts: dict[int, str]
    lower: dict[int, str]

    def words(self, place: int) -> list[str]:
        """Return what may be meant by the heading of a column, folded."""
        said = dict.fromkeys((self.texts[place], self.lower.get(place, "")))
        return [folded for text in said if (folded := search_key(text))]


def headings_at(rows: Rows, first: int, last: int) -> Headings:
    """Return the headings that stand in the lines: a merged one above counts for each of the columns below it."""
    lines = dict(rows)
    lower = lines.get(last, ())
    texts = {place: text_cell(cell) for place, cell in enumerate(lower) if not is_empty(cell)}
    alone = dict(texts)
    if first < last:
        upper = lines.get(first, ())
        over = ""
        for place in range(max(len(upper), len(lower))):
            above = text_cell(upper[place]) if place < len(upper) and not is_empty(upper[place]) else ""
            over = above or (over if place in texts else "")
            joined = f"{over} {texts.get(place, '')}".strip()
            if joined:
                texts[place] = joined
    return Headings(first, last, {place: " ".join(text.split()) for place, text in sorted(texts.items())}, alone)


def candidates(rows: Rows) -> list[Headings]:
    """Return every place where the headings may stand: one line, or two below each other."""
    top = [number for number, _ in islice(rows, ROWS_LOOKED_AT)]
    single = [headings_at(rows, number, number) for number in top]
    double = [headings_at(rows, one, two) for one, two in pairwise(top) if two == one + 1]
    return [one for one in (*single, *double) if one.texts]


def guess_headings(register: Register, rows: Rows) -> Headings:
    """Return the likeliest lines of headings: those most alike the register's; of equals the first, single one."""
    names = names_of(register)
    found = candidates(rows)
    if not found:
        return Headings(1, 1, {}, {})
    known: dict[str, tuple[str, float]] = {}

    def weight(one: Headings) -> tuple[float, int]:
        best: dict[str, float] = {}
        for text in (text for place in one.texts for text in one.words(place)):
            column, near = known.setdefault(text, _nearness(text, names))
            best[column] = max(best.get(column, 0.0), near)
        return round(sum(best.values()), 3), -(one.last - one.first)

    top = max(found, key=weight)
    if weight(top)[0]:
        return top
    wide = max(len(one.texts) for one in found)
    return next(one for one in found if len(one.texts) >= min(wide, LONGEST_TITLE))


def keys_of(headings: Headings) -> dict[int, str]:
    """Return by what each column is remembered: its heading without marks and case; a repeated one is numbered."""
    seen = Counter[str]()
    keys = {}
    for place, text in headings.texts.items():
        folded = search_key(text) or text
        seen[folded] += 1
        keys[place] = folded if seen[folded] == 1 else f"{folded} #{seen[folded]}"
    return keys


def fingerprint_of(headings: Headings) -> str:
    """Return the fingerprint of the set of headings, whatever their order."""
    return hashlib.sha256("\n".join(sorted(keys_of(headings).values())).encode()).hexdigest()


def suggest_columns(register: Register, headings: Headings, rows: Rows) -> dict[int, Column]:
    """Return the likeliest column of the register for each place, by the heading and by what stands below it.

    The order of the sheet's columns does not matter.
    """
    keys = keys_of(headings)
    body = [cells for number, cells in rows if number > headings.last][:VALUES_LOOKED_AT]
    names: dict[str, list[str]] = {}
    for folded, column in names_of(register).items():
        names.setdefault(column.name, []).append(folded)
    importable = {one.name: one for one in register.columns if one.importable}
    readers = {name: _kind_reader(register, one) for name, one in importable.items()}
    pairs = []
    for place, key in keys.items():
        if key in NOT_IMPORTED:
            continue
        cells = [row[place] for row in body if place < len(row) and not is_empty(row[place])]
        for order, name in enumerate(importable):
            weight = _weight(headings.words(place), names[name], _share(cells, readers[name]))
            if weight:
                pairs.append((-weight, order, key, place, name))
    return _best(pairs, importable)


def _weight(said: Sequence[str], names: Sequence[str], kind: float | None) -> float:
    """Return how well a heading and the values below it fit a column, 0 where they do not."""
    near = max((similarity(one, other) for one in said for other in names), default=0.0)
    fits = kind is None or kind >= FEWEST_OF_KIND or near == 1
    return near + WEIGHT_OF_VALUES * (kind or 0) if near >= ALIKE and fits else 0.0


def _best(pairs: list[tuple[float, int, str, int, str]], importable: Mapping[str, Column]) -> dict[int, Column]:
    chosen: dict[int, Column] = {}
    taken: set[str] = set()
    for _, _, _, place, name in sorted(pairs):
        if place not in chosen and name not in taken:
            chosen[place] = importable[name]
            taken.add(name)
    return chosen


def similarity(left: str, right: str) -> float:
    """Return how alike two folded names are, from 0 to 1: letter by letter, or word by word, or by initials."""
    if left == right:
        return 1.0
    one, two = set(left.split()), set(right.split())
    if not one or not two:
        return 0.0
    shared = len(one & two)
    words = 0.9 * shared / min(len(one), len(two)) * (0.75 + 0.25 * shared / max(len(one), len(two)))
    if min(len(one), len(two)) == 1:
        words *= 0.75  # a single common word such as «ngày» says little
    short = initials(left)
    same = 0.88 if len(short) >= SHORTEST_INITIALS and short == initials(right) else 0.0
    return max(SequenceMatcher(None, left, right).ratio(), words, same)


def initials(text: str) -> str:
    """Return the first letters of the words of a folded text, without «và»; abbreviations count with all letters.

    Every Vietnamese word has a vowel; what has none is an abbreviation.
    """
    words = [word for word in text.split() if word not in {"va", "cua"}]
    return "".join(word[0] if VOWELS & set(word) else word for word in words)


def _nearness(folded: str, names: Mapping[str, Column]) -> tuple[str, float]:
    if folded in names:
        return names[folded].name, 3.0
    near, best = max(((similarity(folded, name), name) for name in names), default=(0.0, ""))
    return (names[best].name, near) if near >= ALIKE else ("", 0.0)


def _kind_reader(register: Register, column: Column) -> Any:
    """Return how cells of the column are read, None where any text will do or lists of the office are asked."""
    field = field_of(register.model, column.name)
    if field is None or field.remote_field is not None:
        return None
    if not field.choices and field.get_internal_type() in {"CharField", "TextField", "EmailField", "URLField"}:
        return None
    return reader_of(register, column, None)


def _share(cells: Sequence[Any], reader: Any) -> float | None:
    """Return how many of the cells the column could read; None where that says nothing."""
    if reader is None or not cells:
        return None
    return sum(reads(reader, cell) for cell in cells) / len(cells)
