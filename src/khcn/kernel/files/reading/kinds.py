"""Tell what a file is by its content, and compare that with what its name says."""

import re
from enum import StrEnum
from pathlib import PurePath

from khcn.kernel.files.reading.decoding import is_binary
from khcn.kernel.files.reading.errors import DamagedFile, EncryptedFile, ExtensionMismatch, UnrecognisedType
from khcn.language.words import words as _


class Kind(StrEnum):
    """Name a kind of document that can be read."""

    TEXT = "txt"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    PASTED = "pasted"


KIND_LABELS = {
    Kind.TEXT: _("văn bản thuần"),
    Kind.DOCX: "Word (.docx)",
    Kind.PDF: "PDF",
    Kind.HTML: "trang web (.html)",
}
_EXTENSIONS = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.TEXT,
    ".csv": Kind.TEXT,
    ".docx": Kind.DOCX,
    ".pdf": Kind.PDF,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
}
_TEXTUAL = frozenset({Kind.TEXT, Kind.HTML})
_PDF_MARK = b"%PDF-"
_PDF_MARK_WITHIN = 1024
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
# Read in order; what they are is told to the person, with the way out in the remedy of the error.
_ZIP_CONTENTS = (
    (b"xl/workbook", _("bảng tính Excel")),
    (b"ppt/presentation", _("bài trình chiếu PowerPoint")),
    (b"mimetypeapplication/vnd.oasis", _("tài liệu OpenDocument (LibreOffice)")),
    (b"META-INF/", _("tệp nén (zip, jar)")),
)
_OTHER_MARKS = (
    (b"{\\rtf", _("tài liệu RTF")),
    (b"\xff\xd8\xff", _("ảnh JPEG; ảnh cần nhận dạng chữ (OCR) trước")),
    (b"\x89PNG", _("ảnh PNG; ảnh cần nhận dạng chữ (OCR) trước")),
    (b"GIF8", _("ảnh GIF; ảnh cần nhận dạng chữ (OCR) trước")),
    (b"II*\x00", _("ảnh TIFF; ảnh cần nhận dạng chữ (OCR) trước")),
    (b"MM\x00*", _("ảnh TIFF; ảnh cần nhận dạng chữ (OCR) trước")),
    (b"BM", _("ảnh BMP; ảnh cần nhận dạng chữ (OCR) trước")),
    (b"Rar!", _("tệp nén RAR")),
    (b"7z\xbc\xaf\x27\x1c", _("tệp nén 7z")),
    (b"\x1f\x8b", _("tệp nén gzip")),
    (b"MZ", _("chương trình Windows")),
    (b"\x7fELF", _("chương trình Linux")),
)
_SHORT_MARKS = frozenset({b"BM", b"MZ"})  # two letters also begin ordinary text
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,4000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(rb"</?(?:html|body|div|p|table|span|h[1-6]|article|br)\b[^>]{0,500}>", re.IGNORECASE)
_HTML_LOOK = 20_000


def recognise(data: bytes, filename: str) -> Kind:
    """Return the kind of a file by its content.

    Raises: UnrecognisedType, saying what the content is where that is known; ExtensionMismatch; DamagedFile;
    EncryptedFile.
    """
    kind = _by_content(data, filename)
    suffix = PurePath(filename).suffix
    named = _EXTENSIONS.get(suffix.lower())
    if not named or named is kind or {named, kind} <= _TEXTUAL:
        return kind
    if kind in _TEXTUAL and is_binary(data):
        raise DamagedFile(
            _("đuôi tệp là “{suffix}” nhưng nội dung không phải {kind_labels}").format(
                suffix=suffix, kind_labels=KIND_LABELS[named]
            )
        )
    raise ExtensionMismatch(
        _("đuôi tệp là “{suffix}” nhưng nội dung là {kind_labels}").format(suffix=suffix, kind_labels=KIND_LABELS[kind])
    )


def mismatch_warning(kind: Kind, filename: str) -> tuple[str, ...]:
    """Return a warning when a text file holds a web page or the reverse: it is read as what it is."""
    named = _EXTENSIONS.get(PurePath(filename).suffix.lower())
    if not named or named is kind:
        return ()
    return (
        _("Đuôi tệp là “{suffix}” nhưng nội dung là {kind_labels}: đã đọc theo nội dung.").format(
            suffix=PurePath(filename).suffix, kind_labels=KIND_LABELS[kind]
        ),
    )


def _by_content(data: bytes, filename: str) -> Kind:
    if _PDF_MARK in data[:_PDF_MARK_WITHIN]:
        return Kind.PDF
    if data.startswith(_ZIP_MARKS):
        return _by_zip(data, filename)
    if data.startswith(_OLE_MARK):
        raise _ole(data)
    for mark, label in _OTHER_MARKS:
        if data.startswith(mark) and (mark not in _SHORT_MARKS or b"\x00" in data[:_PDF_MARK_WITHIN]):
            raise UnrecognisedType(_("nội dung là {label}").format(label=label))
    return Kind.HTML if _is_html(data, filename) else Kind.TEXT


def _by_zip(data: bytes, filename: str) -> Kind:
    if b"word/vbaProject" in data:
        raise UnrecognisedType(_("nội dung là tài liệu Word có macro (.docm)"))
    if b"word/" in data:
        return Kind.DOCX
    label = next((label for mark, label in _ZIP_CONTENTS if mark in data), _("tệp nén zip"))
    if label == _("tệp nén zip") and filename.lower().endswith(".docx"):
        raise DamagedFile(_("tệp Word bị hỏng: bên trong không có nội dung văn bản"))
    raise UnrecognisedType(_("nội dung là {label}").format(label=label))


def _ole(data: bytes) -> EncryptedFile | UnrecognisedType:
    if _ENCRYPTED_OFFICE in data:
        return EncryptedFile(_("tài liệu Office có mật khẩu"))
    return UnrecognisedType(_("nội dung là tài liệu Office đời cũ (.doc, .xls, .ppt)"))


def _is_html(data: bytes, filename: str) -> bool:
    start = data[:_HTML_LOOK].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    named_html = _EXTENSIONS.get(PurePath(filename).suffix.lower()) is Kind.HTML
    return bool(_HTML_START.match(start)) or (named_html and bool(_HTML_TAG.search(start)))
