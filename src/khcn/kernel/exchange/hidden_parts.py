"""Find which rows and columns of a sheet its author hid: they are read like the others, and whoever imports is told."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any
from zipfile import ZipFile

from khcn.language.words import words as _

NAMED = 5
_PIECE = 1_000_000
_LONGEST_TAG = 10_000
_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_SAID = re.compile(r"""(?:^|[\s:])(\w+)\s*=\s*["']([^"']*)["']""")
_TAG = re.compile(rb"<(?:\w+:)?(row|col)\s([^>]*)>")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_NUMBER = re.compile(rb"""\b(r|min|max)\s*=\s*["'](\d+)["']""")
_LETTERS = 26


def warnings_of_hidden(data: bytes, sheet: str, cells: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    """Return what to tell about hidden rows and columns of that sheet, where something stands in them.

    `cells`: of the sheet from its first row and column on. Other formats than XLSX do not say what is hidden.
    """
    with ZipFile(io.BytesIO(data)) as archive:
        part = _part_of(archive, sheet)
        if part is None:
            return ()
        rows, columns = _hidden_in(archive, part)
    filled = {number for number, row in enumerate(cells, start=1) if any(cell != "" for cell in row)}
    rows = [one for one in rows if one in filled]
    columns = [one for one in columns if any(len(row) >= one and row[one - 1] != "" for row in cells)]
    told = []
    if rows:
        told.append(
            _(
                "Bảng có {count} dòng đang ẩn (dòng {rows}): các dòng này cũng được đọc và nhập như các dòng khác."
            ).format(count=len(rows), rows=_named(map(str, rows), len(rows)))
        )
    if columns:
        told.append(
            _("Bảng có cột đang ẩn ({columns}): các cột này cũng được đọc; cột nào không nhập thì bỏ chọn.").format(
                columns=_named(map(letters, columns), len(columns))
            )
        )
    return tuple(told)


def letters(number: int) -> str:
    """Return what a spreadsheet calls a column; 1 is A."""
    said = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        said = chr(ord("A") + rest) + said
    return said


def _named(said: Iterator[str], count: int) -> str:
    first = ", ".join(one for one, _number in zip(said, range(NAMED), strict=False))
    return f"{first}…" if count > NAMED else first


def _part_of(archive: ZipFile, sheet: str) -> str | None:
    """Return the part of the archive that holds the sheet of that name."""
    names = set(archive.namelist())
    if not {_BOOK, _LINKS} <= names:
        return None
    sheets = [dict(_SAID.findall(one)) for one in _SHEET.findall(archive.read(_BOOK).decode("utf-8", "replace"))]
    links = [dict(_SAID.findall(one)) for one in _LINK.findall(archive.read(_LINKS).decode("utf-8", "replace"))]
    key = next((one.get("id") for one in sheets if unescape(one.get("name", "")) == sheet), None)
    target = next((one.get("Target", "") for one in links if one.get("Id") == key), "")
    part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return part if part in names else None


def _hidden_in(archive: ZipFile, part: str) -> tuple[list[int], list[int]]:
    rows: list[int] = []
    columns: list[int] = []
    for kind, said in _tags(archive, part):
        if not _HIDDEN.search(said):
            continue
        numbers = {name: int(number) for name, number in _NUMBER.findall(said)}
        if kind == b"row" and b"r" in numbers:
            rows.append(numbers[b"r"])
        elif kind == b"col" and {b"min", b"max"} <= numbers.keys():
            # The whole rest of a sheet may be hidden, sixteen thousand columns in which nothing stands.
            columns.extend(range(numbers[b"min"], min(numbers[b"max"], numbers[b"min"] + 500) + 1))
    return rows, columns


def _tags(archive: ZipFile, part: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield the rows and columns that the part declares; the part is read in pieces, as it may be very long."""
    with archive.open(part) as stream:
        rest = b""
        while piece := stream.read(_PIECE):
            text = rest + piece
            end = text.rfind(b">") + 1
            yield from _TAG.findall(text[:end])
            rest = text[end:][-_LONGEST_TAG:]
