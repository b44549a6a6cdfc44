"""Read printed documents back, the way a reader or another program would."""

import ctypes
import io
import os
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.document import Document as WordDocument
from pypdfium2 import raw

REPOSITORY = Path(__file__).resolve().parents[5]
TINOS_SOURCE = REPOSITORY / "frontend" / "node_modules" / "@fontsource" / "tinos" / "files"
SHARED = Path(os.environ.get("KHCN_SHARED", REPOSITORY.parent / "shared"))
POINTS_PER_MM = 72 / 25.4


def require(path: Path, reason: str) -> Path:
    """Return the path, or skip the test; on the build server its absence is a failure."""
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def pdf_pages(pdf: bytes) -> list[str]:
    """Return the text of each page, composed, with plain spaces."""
    return [_plain(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)]


def pdf_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Return width and height of each page in whole millimetres."""
    return [(round(w / POINTS_PER_MM), round(h / POINTS_PER_MM)) for w, h in _page_sizes(pdf)]


def pdf_fonts(pdf: bytes) -> set[str]:
    """Return the names of the faces that the characters of all pages are set in, without their subset prefix."""
    names = set()
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        names |= {_font_name(text, index) for index in range(text.count_chars())}
    return names - {""}


def pdf_box_mm(pdf: bytes, page: int, words: str) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of the words on a page, in millimetres from the sheet's upper left corner."""
    sheet = pypdfium2.PdfDocument(pdf)[page]
    text = sheet.get_textpage()
    found = text.search(words, match_case=True).get_next()
    boxes = [text.get_charbox(index) for index in range(found[0], found[0] + found[1])]
    height = sheet.get_height()
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return tuple(value / POINTS_PER_MM for value in (left, height - top, right, height - bottom))


def pdf_links(pdf: bytes) -> set[str]:
    """Return every address that the pages link to."""
    return {address for page in _pages(pdf) for address in _links(page)}


def word(docx: bytes) -> WordDocument:
    """Open a Word file."""
    return Document(io.BytesIO(docx))


def word_text(docx: bytes) -> str:
    """Return all text of the main part, one paragraph a line, with plain spaces."""
    lines = word(docx).element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    return "\n".join(_plain("".join(part.text or "\n" for part in line.xpath(".//w:t | .//w:br"))) for line in lines)


def word_part(docx: bytes, name: str) -> str:
    """Return the XML of one part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        return parts.read(name).decode("utf-8")


def _pages(pdf: bytes) -> Iterator[tuple[object, object]]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield document, page


def _page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    return [page.get_size() for page in pypdfium2.PdfDocument(pdf)]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ")


def _font_name(text: pypdfium2.PdfTextPage, index: int) -> str:
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    return buffer.value.decode().rpartition("+")[2]


def _links(at: tuple[object, object]) -> Iterator[str]:
    document, page = at
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, position, link):
        buffer = ctypes.create_string_buffer(4096)
        raw.FPDFAction_GetURIPath(document, raw.FPDFLink_GetAction(link), buffer, 4096)
        yield buffer.value.decode()
