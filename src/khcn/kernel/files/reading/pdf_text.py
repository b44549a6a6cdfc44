"""Take the text layer out of a PDF."""

import ctypes
import re
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from khcn.kernel.files.reading.confinement import Extracted, answer
from khcn.kernel.files.reading.errors import DamagedFile, EncryptedFile, FileTooLarge
from khcn.kernel.files.reading.limits import Limits
from khcn.kernel.files.reading.properties import packet_lines
from khcn.kernel.files.reading.syllables import has_letters
from khcn.language.words import words as _

_MOST_NOTES = 500
_LONGEST_NOTE_BYTES = 4_000
_PAGES_NAMED = 10


def extract_pdf(data: bytes, limits: Limits) -> Extracted:
    """Return the text of all pages, none when all are scans; stamps, notes and properties go to `margins`.

    Raises: EncryptedFile; DamagedFile; FileTooLarge, over the number of pages.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise EncryptedFile(_("tệp PDF có mật khẩu")) from None
        raise DamagedFile(_("tệp PDF bị hỏng")) from None
    if count == 0:
        raise DamagedFile(_("tệp PDF không có trang nào"))
    if count > limits.max_pages:
        raise FileTooLarge(
            _("tệp PDF có {count} trang, quá mức {max_pages} trang").format(count=count, max_pages=limits.max_pages)
        )
    extracted = _read_pages(document, count, limits)
    return replace(extracted, margins="\n".join([extracted.margins, *_said_of(document), *packet_lines(data)]))


def _said_of(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the properties of a document, each whole and divided at its commas."""
    values = document.get_metadata_dict(skip_empty=True).values()
    return [line for value in values for line in (value, *re.split("[;,]", value))]


def _read_pages(document: pypdfium2.PdfDocument, count: int, limits: Limits) -> Extracted:
    texts: list[str] = []
    notes: list[str] = []
    left = limits.max_characters
    for index in range(count):
        text, page_notes = _read_page(document, index)
        texts.append(text[:left])
        notes.extend(page_notes)
        left -= len(texts[-1])
    empty = [index + 1 for index, text in enumerate(texts) if not has_letters(text)]
    return Extracted(
        text="\n\n".join(texts),
        margins="\n".join(notes),
        warnings=(_empty_pages_warning(empty),) if 0 < len(empty) < count else (),
        pages=count,
    )


def _read_page(document: pypdfium2.PdfDocument, index: int) -> tuple[str, list[str]]:
    try:
        page = document[index]
        return page.get_textpage().get_text_range(), _notes(page)
    except (pypdfium2.PdfiumError, ValueError, UnicodeDecodeError):
        raise DamagedFile(_("trang {index} của tệp PDF bị hỏng").format(index=index + 1)) from None


def _notes(page: pypdfium2.PdfPage) -> list[str]:
    """Return the contents of the annotations of a page: typed stamps, boxes, comments."""
    notes: list[str] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        buffer = ctypes.create_string_buffer(_LONGEST_NOTE_BYTES)
        as_wide = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
        length = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", as_wide, _LONGEST_NOTE_BYTES)
        raw.FPDFPage_CloseAnnot(annotation)
        if 0 < length <= _LONGEST_NOTE_BYTES:
            notes.append(buffer.raw[:length].decode("utf-16-le", errors="replace").rstrip("\x00"))
    return notes


def _empty_pages_warning(pages: list[int]) -> str:
    named = ", ".join(map(str, pages[:_PAGES_NAMED])) + (" …" if len(pages) > _PAGES_NAMED else "")
    return _("{pages} trang không có lớp chữ (trang {named}): nội dung các trang này chưa được đọc.").format(
        pages=len(pages), named=named
    )


if __name__ == "__main__":
    answer(extract_pdf)
