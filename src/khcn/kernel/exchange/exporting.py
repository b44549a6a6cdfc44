"""Give a register as CSV, XLSX or JSON: exactly the rows and columns that were asked for."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import xlsxwriter

from khcn.kernel.exchange.stored import is_stored, stored_cells
from khcn.kernel.exchange.values import label_of, local, short_decimal, text_of, value_of, with_related
from khcn.kernel.records.registry import Column, Register

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
CHUNK = 500
PIECE = 64 * 1024
FIRST_SHEET_YEAR, LAST_SHEET_YEAR = 1900, 9999  # what spreadsheets know as days lies between; other days are texts
SIGNS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


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
        raise UnknownFormat(f"Không có định dạng «{file_format}». Chọn một trong: {', '.join(FORMATS)}.")
    keys = list(queryset.values_list("pk", flat=True))
    return writers[file_format](register, _Chosen(queryset, keys), columns)


def without_formula(value: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(SIGNS_OF_FORMULAS) else value


@dataclass(frozen=True)
class _Chosen:
    """The rows of an export: how they are read, and the keys of those that were chosen, in their order."""

    queryset: Any
    keys: Sequence[int]


def _rows(register: Register, chosen: _Chosen, columns: Sequence[Column]) -> Iterator[list[list[Any]]]:
    """Yield the rows' cells in slices; slices of keys, since what hangs on rows of the past must be past as well."""
    read = stored_cells if all(is_stored(register, column) for column in columns) else _cells
    for start in range(0, len(chosen.keys), CHUNK):
        wanted = chosen.keys[start : start + CHUNK]
        found = read(register, chosen.queryset.order_by().filter(pk__in=wanted), columns)
        yield [found[key] for key in wanted if key in found]


def _cells(register: Register, rows: Any, columns: Sequence[Column]) -> dict[int, list[Any]]:
    return {
        row.pk: [value_of(register, row, column) for column in columns] for row in with_related(register, rows, columns)
    }


def _csv(register: Register, chosen: _Chosen, columns: Sequence[Column]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    yield _csv_lines([[label_of(register, column) for column in columns]])
    for rows in _rows(register, chosen, columns):
        yield _csv_lines([[_csv_cell(value) for value in row] for row in rows])


def _csv_cell(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(SIGNS_OF_FORMULAS) else value
    if isinstance(value, int | float | Decimal):
        # No dots between thousands: spreadsheets of other languages would take them for decimals.
        return str(short_decimal(value) if isinstance(value, Decimal) else value).replace(".", ",")
    return text_of(value)


def _csv_lines(rows: Sequence[Sequence[str]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode()


def _xlsx(register: Register, chosen: _Chosen, columns: Sequence[Column]) -> Iterator[bytes]:
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
        every = chain.from_iterable(_rows(register, chosen, columns))
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


def _json(register: Register, chosen: _Chosen, columns: Sequence[Column]) -> Iterator[bytes]:
    as_of = getattr(chosen.queryset, "instant", None)
    head = {
        "register": register.key,
        "label": register.label,
        "as_of": as_of.isoformat() if as_of else None,
        "columns": [{"name": column.name, "label": label_of(register, column)} for column in columns],
    }
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [').encode()
    separator, names = "\n", [column.name for column in columns]
    for rows in _rows(register, chosen, columns):
        named = [dict(zip(names, map(_json_value, row), strict=True)) for row in rows]
        yield (separator + ",\n".join(json.dumps(row, ensure_ascii=False) for row in named)).encode()
        separator = ",\n"
    yield b"\n]}\n"


def _json_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
