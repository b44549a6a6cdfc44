"""Make the rows of a table ready to draw: every key present, so that a template asks for nothing that is missing.

A missing key costs a template ten times what a present one does, and a register draws thousands of cells.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from khcn.ui import formats

COLUMN: dict[str, Any] = {"label": "", "num": False, "align": "", "sort_url": "", "sorted": "", "hint": ""}
ROW: dict[str, Any] = {"url": "", "id": None, "selected": False, "tone": "", "label": ""}
CELL: dict[str, Any] = {
    "text": None,
    "url": "",
    "sub": "",
    "state": None,
    "due": None,
    "figure": None,
    "num": False,
    "code": False,
}


def ready_columns(columns: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the columns with every key of `COLUMN` and the classes of their cells as `css`."""
    full = [{**COLUMN, **column} for column in columns]
    return [column | {"css": _css(column)} for column in full]


def ready_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with every key of `ROW`, their cells ready to draw, the first cell leading to the row's url.

    `columns`: as `ready_columns` returns them. Raises: ValueError when a row has more or fewer cells than columns.
    """
    return [{**ROW, **row, "cells": _cells(row["cells"], columns, row.get("url", ""))} for row in rows]


def written(value: Any, *, is_number: bool) -> str:
    """Return the plain value of a cell: with dots when its column holds numbers, so that a year stays a year."""
    if value is None:
        return formats.MISSING
    if isinstance(value, datetime):
        return formats.instant(timezone.localtime(value))
    if isinstance(value, date):
        return formats.day(value)
    if is_number and isinstance(value, (int, float, Decimal)):
        return formats.number(value)
    # Text made safe by a page stays safe only while it is not copied.
    return value if isinstance(value, str) else str(value)


def _cells(cells: Iterable[Any], columns: Iterable[Mapping[str, Any]], url: str) -> list[dict[str, Any]]:
    return [
        _cell(cell, column, url if place == 0 else "")
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True))
    ]


def _cell(given: Any, column: Mapping[str, Any], row_url: str) -> dict[str, Any]:
    cell = {**CELL, **given} if isinstance(given, dict) else {**CELL, "text": given}
    shows_more = cell["state"] or cell["due"] or cell["figure"]
    is_number = column["num"] or cell["num"]
    css = column["css"] if column["num"] or not cell["num"] else f"{column['css']} num"
    return cell | {
        "label": column["label"],
        "css": " ".join([css, *["table__title"] * bool(row_url), *["table__code"] * cell["code"]]).strip(),
        "text": "" if cell["text"] is None and shows_more else written(cell["text"], is_number=is_number),
        "row_url": "" if cell["url"] else row_url,
    }


def _css(column: Mapping[str, Any]) -> str:
    return " ".join(["num"] * bool(column["num"]) + [f"align-{column['align']}"] * bool(column["align"]))
