"""Find the line of headings in a table and the column of the register each heading means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from khcn.kernel.exchange.tables import Table
from khcn.kernel.exchange.values import field_of, label_of
from khcn.kernel.records.registry import Column, Register
from khcn.kernel.text.folding import search_key
from khcn.language.words import joined
from khcn.language.words import words as _

ROWS_LOOKED_AT = 30


class HeadingsNotFound(Exception):
    """The table has no line of headings that the register knows, or lacks required ones."""


@dataclass(frozen=True)
class Sheet:
    """A table whose columns are understood.

    `columns`: place of a cell → column; `rows`: (row number as people count, cells), without empty lines.
    `ignored`: headings that are not imported. `heading`: the line of the headings, as people count.
    """

    columns: dict[int, Column]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    ignored: tuple[str, ...]
    heading: int = 1


def understand(register: Register, table: Table) -> Sheet:
    """Match the headings of a table, by label or field name, marks and case aside.

    Raises: HeadingsNotFound, naming what is expected.
    """
    names = names_of(register)
    places = [_matched(row, names) for row in table.rows[:ROWS_LOOKED_AT]]
    best = max(range(len(places)), key=lambda index: (len(places[index]), -index))
    columns = places[best]
    missing = [label_of(register, c) for c in required_columns(register) if c not in columns.values()]
    if not columns or missing:
        raise HeadingsNotFound(_complaint(register, missing))
    body = tuple(
        (number, row)
        for number, row in enumerate(table.rows[best + 1 :], start=best + 2)
        if any(str(cell).strip() for cell in row if cell is not None)
    )
    headings = {place: str(cell).strip() for place, cell in enumerate(table.rows[best])}
    ignored = tuple(text for place, text in headings.items() if text and place not in columns)
    return Sheet(columns, body, ignored, best + 1)


def required_columns(register: Register) -> list[Column]:
    """Return the columns without which nothing can be imported."""
    return [c for c in register.columns if c.importable and (c.required or c.name == "title")]


def names_of(register: Register) -> dict[str, Column]:
    """Return the importable columns by their folded labels and names; other words for them give way to these."""
    names: dict[str, Column] = {}
    importable = [column for column in register.columns if column.importable]
    for column in importable:
        field = field_of(register.model, column.name)
        for words in (label_of(register, column), column.name, str(field.verbose_name) if field is not None else ""):
            names.setdefault(search_key(words), column)
    for column in importable:
        for words in column.also:
            names.setdefault(search_key(words), column)
    names.pop("", None)
    return names


def _matched(row: tuple[Any, ...], names: dict[str, Column]) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for place, cell in enumerate(row):
        column = names.get(search_key(cell)) if isinstance(cell, str) else None
        if column is not None and column not in found.values():
            found[place] = column
    return found


def _complaint(register: Register, missing: list[str]) -> str:
    expected = joined(", ", [label_of(register, column) for column in register.columns if column.importable])
    lacking = (
        _("thiếu cột {value}").format(value=", ".join(f"«{name}»" for name in missing))
        if missing
        else _("không thấy dòng tiêu đề")
    )
    return _("Chưa nhập được vào sổ «{label}»: {lacking}. Dòng tiêu đề cần có các cột như: {expected}.").format(
        label=register.label, lacking=lacking, expected=expected
    )
