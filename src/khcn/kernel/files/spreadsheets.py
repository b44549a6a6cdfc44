"""Read the words of an Excel sheet (.xlsx) for search, and look for marks of State secrecy in all that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from khcn.kernel.files.reading import DamagedFile, Limits, SecretDocument, secrecy_level, secrecy_of_name
from khcn.kernel.files.reading.archives import check_archive
from khcn.kernel.files.reading.properties import property_lines
from khcn.language.words import words as _

WORKBOOK = "xl/workbook.xml"
# What a sheet shows beside its cells: printed headers and footers, boxes and stamps, notes.
_BESIDE = re.compile(
    r"xl/(?:drawings|charts|diagrams|comments|threadedComments)[^/]*(?:/[^/]+)?\.(?:xml|vml)$|styles\.xml$"
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_MARGIN = re.compile(r"<(?:odd|even|first)(?:Header|Footer)>(.*?)</", re.DOTALL)
_MARGIN_CODE = re.compile(r"&(?:[LCRPNDTFAGBIUESXY]|\d+|\"[^\"]*\"|K[0-9A-F]{6})")
_PARAGRAPH = re.compile(r"</?(?:a:p|text:p|text|p|div)(?:\s[^>]*)?>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")


def is_spreadsheet(data: bytes) -> bool:
    """Tell whether the bytes are an Excel sheet, judged by what the archive holds."""
    return data.startswith(b"PK\x03\x04") and WORKBOOK.encode() in data


def read_spreadsheet(data: bytes, filename: str, limits: Limits) -> str:
    """Return the cells of all sheets as text: a line for a row, a tab between cells.

    Raises: DangerousFile, EncryptedFile, DamagedFile; SecretDocument, also for a mark in a header, a box or a note.
    """
    names = check_archive(data, limits)
    try:
        text = "\n".join(_rows(data))
    except (CalamineError, ValueError, OSError) as failure:
        raise DamagedFile(_("bảng tính Excel bị hỏng"), filename) from failure
    level = secrecy_of_name(filename) or secrecy_level(text) or secrecy_level("\n".join(lines_beside(data, names)))
    if level:
        raise SecretDocument(level, filename)
    return text[: limits.max_characters]


def _rows(data: bytes) -> Iterator[str]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for name in book.sheet_names:
        yield name
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=True):
            cells = [str(cell).strip() for cell in row]
            yield "\t".join(cells).strip()


def lines_beside(data: bytes, names: list[str]) -> Iterator[str]:
    """Yield what a workbook says beside its cells. `names`: of the archive's parts, which was checked.

    Printed headers and footers, boxes, stamps, notes, charts; and its properties, which no sheet shows.
    """
    yield from property_lines(data)
    with ZipFile(BytesIO(data)) as archive:
        for name in islice(names, 3_000):
            if _BESIDE.match(name):
                markup = archive.read(name).decode("utf-8", "replace")
                yield unescape(_TAG.sub("", _PARAGRAPH.sub("\n", markup)))
            elif _SHEET.match(name):
                for margin in _MARGIN.findall(archive.read(name).decode("utf-8", "replace")):
                    yield _MARGIN_CODE.sub("\n", unescape(margin))
