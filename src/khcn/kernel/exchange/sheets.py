"""Read the cells of a spreadsheet in a confined child process: a small file may claim more cells than a machine has."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook

from khcn.kernel.files.reading.confinement import Extracted, answer, extract_confined
from khcn.kernel.files.reading.errors import DamagedFile, FileTooLarge
from khcn.kernel.files.reading.limits import Limits
from khcn.kernel.files.spreadsheets import lines_beside

MOST_CELLS = 8_000_000
Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Cells:
    """The rows of the first sheet with content, and what else the workbook says, as lines, where a mark may stand."""

    rows: Rows
    beside: str


def read_cells(data: bytes, limits: Limits) -> Cells:
    """Return the cells of the first sheet with content: texts, numbers, yes or no, days and instants.

    Raises: UnreadableFile; DangerousFile, if reading exceeds its time.
    """
    extracted = extract_confined(__name__, data, limits)
    rows = tuple(tuple(_decoded(cell) for cell in row) for row in json.loads(extracted.text))
    return Cells(rows, extracted.margins)


def _extract(data: bytes, _limits: Limits) -> Extracted:
    try:
        first, beside = _sheets(CalamineWorkbook.from_filelike(io.BytesIO(data)))
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = archive.namelist()
            beside.extend(lines_beside(data, names))
    except FileTooLarge:
        raise
    except Exception as failure:
        raise DamagedFile("bảng tính bị hỏng, có mật khẩu hoặc không đúng định dạng") from failure
    return Extracted(json.dumps([[_encoded(cell) for cell in row] for row in first]), "\n".join(beside))


def _sheets(book: CalamineWorkbook) -> tuple[list[list[Any]], list[str]]:
    """Return the rows of the first sheet with content, and the names of the sheets with the texts of the others."""
    first: list[list[Any]] = []
    beside: list[str] = []
    for name in book.sheet_names:
        beside.append(name)
        rows = _rows(book.get_sheet_by_name(name))
        if first:
            beside.extend("\t".join(cell for cell in row if isinstance(cell, str)) for row in rows)
        elif any(cell != "" for row in rows for cell in row):
            first = rows
    return first, beside


def _rows(sheet: Any) -> list[list[Any]]:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise FileTooLarge("bảng có quá nhiều ô")
    return list(sheet.to_python(skip_empty_area=False))


def _encoded(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return {"at": cell.isoformat()}
    if isinstance(cell, date):
        return {"on": cell.isoformat()}
    return str(cell) if isinstance(cell, time | timedelta) else cell


def _decoded(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    return datetime.fromisoformat(cell["at"]) if "at" in cell else date.fromisoformat(cell["on"])


if __name__ == "__main__":
    answer(_extract)
