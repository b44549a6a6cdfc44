"""Judge an upload before anything of it is kept: kind by content, size, secrecy, words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from khcn.kernel.files.models import TextState
from khcn.kernel.files.reading.document import read_document
from khcn.kernel.files.reading.errors import (
    EmptyFile,
    ExtensionMismatch,
    FileTooLarge,
    NoText,
    ScannedDocument,
    SecretDocument,
)
from khcn.kernel.files.reading.kinds import Kind, recognise
from khcn.kernel.files.reading.limits import MEGABYTE, Limits
from khcn.kernel.files.reading.properties import packet_lines
from khcn.kernel.files.reading.secrecy import secrecy_level
from khcn.kernel.files.reading.secret_names import secrecy_of_name
from khcn.kernel.files.spreadsheets import is_spreadsheet, read_spreadsheet
from khcn.language.words import words as _

LIMITS = Limits()
LARGEST = LIMITS.max_bytes
MEDIA_TYPES = {
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.PDF: "application/pdf",
    Kind.HTML: "text/html",
}
PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png", (".png",)), (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg", ".jfif")))


SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Words:
    """The words of a file and how they were got, as `DocumentText` says it."""

    text: str
    kind: str
    encoding: str
    warnings: tuple[str, ...] = ()
    pages: int | None = None


@dataclass(frozen=True)
class Intake:
    """What an accepted upload is: its media type, what is known of its words, and the words themselves."""

    media_type: str
    text_state: TextState
    words: Words | None = None


def examine(data: bytes, filename: str) -> Intake:
    """Judge an upload; writes nothing anywhere.

    Raises: UnreadableFile of the kind that tells why it is refused; SecretDocument for a mark of State secrecy.
    """
    if not data:
        raise EmptyFile(_("tệp trống"), filename)
    if len(data) > LARGEST:
        raise FileTooLarge(_("tệp nặng quá {value} MB").format(value=LARGEST // MEGABYTE), filename)
    if level := secrecy_of_name(filename) or secrecy_level("\n".join(packet_lines(data))):
        raise SecretDocument(level, filename)
    return _picture(data, filename) or _spreadsheet(data, filename) or _document(data, filename)


def _picture(data: bytes, filename: str) -> Intake | None:
    for mark, media_type, extensions in PICTURES:
        if data.startswith(mark):
            extension = PurePath(filename).suffix.lower()
            if extension not in extensions:
                raise ExtensionMismatch(
                    _("đuôi tệp là “{value}” nhưng nội dung là ảnh").format(value=extension or _("trống")), filename
                )
            return Intake(media_type, TextState.IMAGE)
    return None


def _spreadsheet(data: bytes, filename: str) -> Intake | None:
    if not is_spreadsheet(data):
        return None
    extension = PurePath(filename).suffix.lower()
    if extension != ".xlsx":
        raise ExtensionMismatch(
            _("đuôi tệp là “{value}” nhưng nội dung là bảng tính Excel").format(value=extension or _("trống")), filename
        )
    text = read_spreadsheet(data, filename, LIMITS)
    if not any(char.isalpha() for char in text):
        return Intake(SPREADSHEET, TextState.EMPTY)
    return Intake(SPREADSHEET, TextState.READ, Words(text, "xlsx", "unicode"))


def _document(data: bytes, filename: str) -> Intake:
    try:
        words = read_document(data, filename)
    except ScannedDocument:
        return Intake(MEDIA_TYPES[recognise(data, filename)], TextState.SCANNED)
    except NoText:
        return Intake(MEDIA_TYPES[recognise(data, filename)], TextState.EMPTY)
    kept = Words(words.text, str(words.kind), words.encoding, words.warnings, words.pages)
    return Intake(MEDIA_TYPES[words.kind], TextState.READ, kept)
