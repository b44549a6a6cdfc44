"""Give a register as CSV, XLSX or JSON: exactly the rows and columns that were asked for."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any

import xlsxwriter

from khcn.kernel.exchange.stored import TEXTS, each_once, is_stored, stored_slices
from khcn.kernel.exchange.values import (
    completed,
    label_of,
    local,
    short_decimal,
    text_of,
    value_of,
    with_related,
)
from khcn.kernel.records.registry import Column, Register
from khcn.language.words import words as _

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
CHUNK = 500
SLICE = 2_000
"""Rows of stored columns that are read and written at a time; records with what hangs on them weigh more: CHUNK."""
PIECE = 64 * 1024
FIRST_SHEET_YEAR, LAST_SHEET_YEAR = 1900, 9999  # what spreadsheets know as days lies between; other days are texts
AS_JSON = json.JSONEncoder(ensure_ascii=False).encode
SIGNS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
FIRST_OF_FORMULAS = frozenset(SIGNS_OF_FORMULAS)


class UnknownFormat(Exception):
    """An export was asked for in a format that is not offered."""


def export_rows(register: Register, queryset: Any, columns: Sequence[Column], file_format: str) -> Iterator[bytes]:
    """Yield the pieces of a file with one row for each record of the queryset, in its order.

    Which rows these are is settled before the first piece: what cannot be asked of the database fails here, not in
    the middle of a file.
    Raises: UnknownFormat.
    """
    writers = {"csv": _csv, "xlsx": _xlsx, "json": _json}
    if file_format not in writers:
        raise UnknownFormat(
            _("Không có định dạng «{file_format}». Chọn một trong: {FORMATS}.").format(
                file_format=file_format, FORMATS=", ".join(FORMATS)
            )
        )
    stored = all(is_stored(register, column) for column in columns)
    slices = (stored_slices if stored else _worked_out)(register, queryset, columns, SLICE if stored else CHUNK)
    first = list(islice(slices, 1))
    known = getattr(queryset, "instant", None)
    return writers[file_format](register, columns, chain(first, slices), known)


def without_formula(value: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(SIGNS_OF_FORMULAS) else value


def _worked_out(
    register: Register, queryset: Any, columns: Sequence[Column], size: int
) -> Iterator[list[Sequence[Any]]]:
    """Yield the cells in slices of keys, since what hangs on rows of the past must be past as well."""
    keys = list(queryset.values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        wanted = keys[start : start + size]
        rows = completed(register, with_related(register, queryset.order_by().filter(pk__in=wanted), columns))
        found = {row.pk: [value_of(register, row, column) for column in columns] for row in rows}
        if found:
            yield list(zip(*(found[key] for key in wanted if key in found), strict=True))


Slices = Iterable[list[Sequence[Any]]]


def _csv(register: Register, columns: Sequence[Column], slices: Slices, _known: datetime | None) -> Iterator[bytes]:
    yield "\ufeff".encode()
    yield _csv_lines([[label_of(register, column) for column in columns]])
    for cells in slices:
        yield _csv_lines(zip(*map(_csv_column, cells), strict=True))


def _csv_column(values: Sequence[Any]) -> list[str]:
    """Return the cells of a column; texts, which seldom repeat themselves, without a call for each."""
    if TEXTS.issuperset(map(type, values)):
        return [f"'{text}" if text[:1] in FIRST_OF_FORMULAS else text for text in (value or "" for value in values)]
    return each_once(_csv_cell, values)


def _csv_cell(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(SIGNS_OF_FORMULAS) else value
    if isinstance(value, int | float | Decimal):
        # No dots between thousands: spreadsheets of other languages would take them for decimals.
        return str(short_decimal(value) if isinstance(value, Decimal) else value).replace(".", ",")
    return text_of(value)


def _csv_lines(rows: Iterable[Sequence[str]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode()


def _xlsx(register: Register, columns: Sequence[Column], slices: Slices, _known: datetime | None) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(
            file,
            {"constant_memory": True, "remove_timezone": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        sheet = book.add_worksheet(register.label_one[:31].translate(str.maketrans("[]:*?/\\", "       ")))
        styles = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
            "instant": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            "number": book.add_format({"num_format": "#,##0.###"}),
            "plain": book.add_format({"num_format": "0"}),
        }
        for place, column in enumerate(columns):
            sheet.set_column(place, place, 18 if place else 16)
            sheet.write_string(0, place, label_of(register, column), styles["head"])
        sheet.freeze_panes(1, 0)
        every = chain.from_iterable(zip(*cells, strict=True) for cells in slices)
        for number, row in enumerate(every, start=1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                _xlsx_cell(sheet, (number, place), value, column, styles)
        book.close()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _xlsx_cell(sheet: Any, at: tuple[int, int], value: Any, column: Column, styles: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, date) and not FIRST_SHEET_YEAR < value.year < LAST_SHEET_YEAR:
        sheet.write_string(*at, text_of(value))
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, local(value).replace(tzinfo=None), styles["instant"])
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, styles["day"])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(*at, value, styles["number" if column.numeric or isinstance(value, Decimal) else "plain"])
    else:
        sheet.write_string(*at, without_formula(str(value)))


def _json(register: Register, columns: Sequence[Column], slices: Slices, known: datetime | None) -> Iterator[bytes]:
    head = {
        "register": register.key,
        "label": register.label,
        "as_of": known.isoformat() if known else None,
        "columns": [{"name": column.name, "label": label_of(register, column)} for column in columns],
    }
    yield (AS_JSON(head)[:-1] + ', "rows": [').encode()
    separator, row = "\n", "{" + ", ".join(f'"{column.name}": %s' for column in columns) + "}"
    for cells in slices:
        texts = zip(*(each_once(_json_text, values) for values in cells), strict=True)
        yield (separator + ",\n".join(row % cell for cell in texts)).encode()
        separator = ",\n"
    yield b"\n]}\n"


def _json_text(value: Any) -> str:
    if isinstance(value, str):
        return AS_JSON(value)
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    return AS_JSON(value.isoformat() if isinstance(value, date) else value)
