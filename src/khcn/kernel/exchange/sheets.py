"""Read the cells of a spreadsheet in a confined child process: a small file may claim more cells than a machine has."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, SheetMetadata, SheetVisibleEnum

from khcn.kernel.exchange.hidden_parts import warnings_of_hidden
from khcn.kernel.files.reading.confinement import Extracted, answer, extract_confined
from khcn.kernel.files.reading.errors import DamagedFile, FileTooLarge
from khcn.kernel.files.reading.limits import Limits
from khcn.kernel.files.spreadsheets import lines_beside
from khcn.language.words import words as _

MOST_CELLS = 8_000_000
Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Cells:
    """The rows of one sheet, and what else the workbook says, as lines, where a mark may stand.

    `names`: of the sheets with content, those that the workbook shows before those it hides; `sheet`: the place among
    them of the one that was read. `warnings`: in Vietnamese.
    """

    rows: Rows
    beside: str
    names: tuple[str, ...] = ()
    sheet: int = 0
    warnings: tuple[str, ...] = ()


def read_cells(data: bytes, limits: Limits, sheet: int = 0) -> Cells:
    """Return the cells of a sheet with content, the first if no other is asked for.

    They are texts, numbers, yes or no, days and instants. `sheet`: its place among those with content.

    Raises: UnreadableFile; DangerousFile, if reading exceeds its time.
    """
    extracted = extract_confined(__name__, f"{sheet}\n".encode() + data, limits)
    said = json.loads(extracted.text)
    rows = tuple(tuple(decoded_cell(cell) for cell in row) for row in said["rows"])
    return Cells(rows, extracted.margins, tuple(said["names"]), said["sheet"], extracted.warnings)


def _extract(said: bytes, _limits: Limits) -> Extracted:
    wanted, _newline, data = said.partition(b"\n")
    try:
        rows, names, beside = _sheets(CalamineWorkbook.from_filelike(io.BytesIO(data)), int(wanted))
        place = min(int(wanted), max(0, len(names) - 1))
        warnings: tuple[str, ...] = ()
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = archive.namelist()
            beside.extend(lines_beside(data, members))
            warnings = warnings_of_hidden(data, names[place].name, rows) if names else ()
    except FileTooLarge:
        raise
    except Exception as failure:
        raise DamagedFile(_("bảng tính bị hỏng, có mật khẩu hoặc không đúng định dạng")) from failure
    cells = [[encoded_cell(cell) for cell in row] for row in rows]
    answered = {"rows": cells, "names": [_shown_name(one) for one in names], "sheet": place}
    return Extracted(json.dumps(answered), "\n".join(beside), warnings)


def _sheets(book: CalamineWorkbook, wanted: int) -> tuple[list[list[Any]], list[SheetMetadata], list[str]]:
    """Return the rows of the wanted sheet, the sheets with content, and the names and texts beside it."""
    chosen: list[list[Any]] = []
    names: list[SheetMetadata] = []
    beside: list[str] = []
    for about in sorted(book.sheets_metadata, key=_is_hidden):
        beside.append(about.name)
        rows = _rows(book.get_sheet_by_name(about.name))
        if any(cell != "" for row in rows for cell in row):
            names.append(about)
            if len(names) - 1 == wanted:
                chosen = rows
                continue
        beside.extend("\t".join(cell for cell in row if isinstance(cell, str)) for row in rows)
    return chosen, names, beside


def _is_hidden(about: SheetMetadata) -> bool:
    return bool(about.visible != SheetVisibleEnum.Visible)


def _shown_name(about: SheetMetadata) -> str:
    return _("{name} (đang ẩn)").format(name=about.name) if _is_hidden(about) else str(about.name)


def _rows(sheet: Any) -> list[list[Any]]:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise FileTooLarge(_("bảng có quá nhiều ô"))
    return list(sheet.to_python(skip_empty_area=False))


def encoded_cell(cell: Any) -> Any:
    """Return a cell as JSON can hold it."""
    if isinstance(cell, datetime):
        return {"at": cell.isoformat()}
    if isinstance(cell, date):
        return {"on": cell.isoformat()}
    return str(cell) if isinstance(cell, time | timedelta) else cell


def decoded_cell(cell: Any) -> Any:
    """Return the cell that `encoded_cell` was given."""
    if not isinstance(cell, dict):
        return cell
    return datetime.fromisoformat(cell["at"]) if "at" in cell else date.fromisoformat(cell["on"])


if __name__ == "__main__":
    answer(_extract)
