"""The page on which faulty rows are mended: which cells it shows, and what was typed into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from khcn.kernel.exchange.models import StagedRow, Staging
from khcn.kernel.exchange.staging import columns_of, original_text
from khcn.kernel.exchange.suggesting import Suggester
from khcn.kernel.exchange.values import field_of, label_of
from khcn.kernel.records.registry import Column, Register

ROWS_A_PAGE = 20
LONGEST_LINE = 50
PREFIX = "o"
"""Of the names of inputs: o-<number of the row>-<place of the cell>."""


@dataclass(frozen=True)
class Cell:
    """One cell to mend: the input's name, what stands in it, what the file says if that is something else, and why."""

    name: str
    label: str
    text: str
    original: str
    reasons: tuple[str, ...]
    choices: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Tell whether the text needs more than one line."""
        return "\n" in self.text or "\n" in self.original or len(self.text) > LONGEST_LINE

    @property
    def is_mended(self) -> bool:
        """Tell whether the person wrote something else than the file says."""
        return self.text != self.original


@dataclass(frozen=True)
class Row:
    """One row to mend. `reasons`: what is wrong with the row as a whole."""

    number: int
    reasons: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class MendingPage:
    """Some faulty rows. `labels`: the headings of the cells; `after`: where the next begin, 0 where none do."""

    rows: tuple[Row, ...]
    labels: tuple[str, ...]
    after: int
    left: int


def mending_page(register: Register, staging: Staging, after: int) -> MendingPage:
    """Return the page of faulty rows that follow the one of that number."""
    faulty = staging.rows.filter(is_faulty=True, is_set_aside=False)
    found = list(faulty.filter(number__gt=after).order_by("number")[: ROWS_A_PAGE + 1])
    shown = found[:ROWS_A_PAGE]
    columns = _shown_columns(register, staging, shown)
    choices = {place: tuple(_choices(register, column)) for place, column in columns.items()}
    rows = tuple(_row(register, row, columns, choices) for row in shown)
    labels = tuple(label_of(register, column) for column in columns.values())
    return MendingPage(rows, labels, shown[-1].number if len(found) > len(shown) else 0, faulty.count())


def _shown_columns(register: Register, staging: Staging, rows: list[StagedRow]) -> dict[int, Column]:
    """Return the columns in which something is wrong, with the title; all, where a row is wrong as a whole.

    A required column that the sheet lacks has no cell: its fault is one of the row.
    """
    columns = columns_of(register, staging)
    at_fault = {name for row in rows for name, _ in row.faults} | {
        name for row in rows for name in _mended(row, columns)
    }
    if "" in at_fault:
        return columns
    return {place: one for place, one in columns.items() if one.name in at_fault or one.name == "title"}


def _mended(row: StagedRow, columns: Mapping[int, Column]) -> list[str]:
    return [columns[int(place)].name for place in row.mended if int(place) in columns]


def _choices(register: Register, column: Column) -> list[str]:
    field = field_of(register.model, column.name)
    if field is None or field.remote_field is not None or not (field.choices or column.name == "state"):
        return []
    return Suggester(register, column, None).choices


def _row(
    register: Register, row: StagedRow, columns: Mapping[int, Column], choices: Mapping[int, tuple[str, ...]]
) -> Row:
    names = {column.name for column in columns.values()}
    cells = tuple(
        Cell(
            name=f"{PREFIX}-{row.number}-{place}",
            label=label_of(register, column),
            text=row.mended.get(str(place), original_text(row, place)),
            original=original_text(row, place),
            reasons=tuple(_brief(reason, choices[place]) for name, reason in row.faults if name == column.name),
            choices=choices[place],
        )
        for place, column in columns.items()
    )
    return Row(row.number, tuple(reason for name, reason in row.faults if name not in names), cells)


def _brief(reason: str, choices: tuple[str, ...]) -> str:
    """Return the reason without the list of choices where these can be chosen beside it."""
    return reason.partition(": ")[0] if choices else reason


def typed_of(said: Mapping[str, Any]) -> dict[int, dict[int, str]]:
    """Return what was typed: number of a row → place of a cell → text; what is no cell is passed over."""
    typed: dict[int, dict[int, str]] = {}
    for name in said:
        prefix, _, rest = name.partition("-")
        number, _, place = rest.partition("-")
        if prefix == PREFIX and number.isdecimal() and place.isdecimal() and len(rest) < len("1234567-1234"):
            typed.setdefault(int(number), {})[int(place)] = str(said[name])
    return typed


def numbers_of(values: list[str]) -> list[int]:
    """Return the row numbers among the values."""
    return [int(value) for value in values if value.isdecimal() and len(value) < len("12345678")]
