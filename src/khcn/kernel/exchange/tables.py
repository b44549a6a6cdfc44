"""Read XLSX, XLS, ODS and CSV files into plain tables, whatever their encoding or delimiter."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from dataclasses import dataclass
from typing import Any

from khcn.kernel.exchange.secrecy import secrecy_of_table
from khcn.kernel.exchange.sheets import Cells, read_cells
from khcn.kernel.files.reading import (
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    Limits,
    SecretDocument,
    UnreadableFile,
)
from khcn.kernel.files.reading.archives import check_archive
from khcn.kernel.files.reading.decoding import decode_bytes
from khcn.language.words import words as _

MOST_ROWS = 200_000
LIMITS = Limits(max_xml_bytes=150_000_000)
DELIMITERS = ";,\t|"
LINES_LOOKED_AT = 30
PASTED = _("phần dán từ bảng tính")
ZIP_MARK = b"PK\x03\x04"
OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """The cells of one sheet, its title lines included.

    `rows`: the first of them is row 1 as people count. `sha256`: of the file. `warnings`: in Vietnamese. `sheets`: the
    names of the sheets with content; `sheet`: the place among them of this one.
    """

    name: str
    sha256: str
    rows: tuple[tuple[Any, ...], ...]
    warnings: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: int = 0


def read_table(data: bytes, filename: str, sheet: int = 0) -> Table:
    """Read a sheet with content, the first if no other is asked for, or the whole CSV file.

    `sheet`: its place among those with content.
    Raises: UnreadableFile, which says what is wrong with the file and what to do; of these SecretDocument, for a mark
    of State secrecy in any of its sheets and lines, beside them, in its properties or its name.
    """
    if not data.strip():
        raise EmptyFile(_("tệp không có nội dung"), filename)
    if len(data) > LIMITS.max_bytes:
        raise FileTooLarge(_("tệp lớn hơn {value} MB").format(value=LIMITS.max_bytes // 1_000_000), filename)
    warnings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    beside = ""
    if data.startswith((ZIP_MARK, OLD_OFFICE_MARK)):
        cells = _read_sheet(data, filename, sheet)
        rows, beside, names, sheet, warnings = cells.rows, cells.beside, cells.names, cells.sheet, cells.warnings
    else:
        decoded = decode_bytes(data)
        rows, warnings, sheet = _read_csv(decoded.text), decoded.warnings, 0
    _refuse_unfit(rows, beside, filename)
    return Table(filename, hashlib.sha256(data).hexdigest(), rows, warnings, names, sheet)


def table_of_text(text: str) -> Table:
    """Return the cells of a text copied from a spreadsheet: one line a row, tabs between cells.

    Raises: EmptyFile; FileTooLarge; DamagedFile; SecretDocument, for a mark of State secrecy in any line.
    """
    rows = _split(text, "\t")
    _refuse_unfit(rows, "", PASTED)
    return Table(PASTED, hashlib.sha256(text.encode()).hexdigest(), rows)


def _refuse_unfit(rows: tuple[tuple[Any, ...], ...], beside: str, filename: str) -> None:
    if not any(any(cell not in (None, "") for cell in row) for row in rows):
        raise EmptyFile(_("bảng không có dòng nào"), filename)
    if len(rows) > MOST_ROWS:
        raise FileTooLarge(_("bảng có hơn {most_rows} dòng").format(most_rows=MOST_ROWS), filename)
    if level := secrecy_of_table(rows, beside, filename):
        raise SecretDocument(level, filename)


def _read_sheet(data: bytes, filename: str, sheet: int) -> Cells:
    if data.startswith(ZIP_MARK):
        check_archive(data, LIMITS)
    try:
        return read_cells(data, LIMITS, sheet)
    except UnreadableFile as refusal:
        refusal.filename = filename
        raise


def _read_csv(text: str) -> tuple[tuple[Any, ...], ...]:
    return _split(text, _delimiter([line for line in text.splitlines()[:LINES_LOOKED_AT] if line.strip()]))


def _split(text: str, delimiter: str) -> tuple[tuple[Any, ...], ...]:
    csv.field_size_limit(1_000_000)
    try:
        return tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as failure:
        raise DamagedFile(_("không tách được các cột ({failure})").format(failure=failure)) from failure


def _delimiter(lines: list[str]) -> str:
    """Return the sign that splits most lines into the same number of cells, more cells first."""

    def evenness(sign: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
        width, count = max(((w, c) for w, c in widths.items() if w > 1), key=lambda pair: pair[1], default=(0, 0))
        return count, width

    return max(DELIMITERS, key=evenness)
