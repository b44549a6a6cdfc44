"""Turn the bytes of an uploaded document, or pasted text, into clean Vietnamese text."""

from dataclasses import dataclass, replace

from khcn.kernel.files.reading.cleaning import clean_text
from khcn.kernel.files.reading.confinement import Extracted, extract_confined
from khcn.kernel.files.reading.decoding import UNICODE, decode_bytes, repair_old_font
from khcn.kernel.files.reading.errors import (
    EmptyFile,
    FileTooLarge,
    NoText,
    NotVietnamese,
    ScannedDocument,
    SecretDocument,
    UnreadableFile,
)
from khcn.kernel.files.reading.kinds import Kind, mismatch_warning, recognise
from khcn.kernel.files.reading.limits import MEGABYTE, Limits
from khcn.kernel.files.reading.secrecy import secrecy_level
from khcn.kernel.files.reading.secret_names import secrecy_of_name
from khcn.kernel.files.reading.syllables import has_letters, looks_vietnamese
from khcn.language.words import words as _

_PACKAGE = "khcn.kernel.files.reading"
_EXTRACTORS = {Kind.DOCX: "docx_text", Kind.PDF: "pdf_text", Kind.HTML: "html_text"}
DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class DocumentText:
    """Hold the text of a document and how it was got.

    `text`: NFC, lines ended by a line feed. `warnings`: Vietnamese sentences for the person who gave the file.
    `encoding`: "utf-8", "utf-16", "windows-1258", "tcvn3", "vni", "windows-1252" when unknown, or "unicode" where the
    format itself is Unicode.
    `pages`: number of pages of a PDF, else None.
    """

    text: str
    kind: Kind
    encoding: str
    warnings: tuple[str, ...] = ()
    pages: int | None = None

    @property
    def is_vietnamese(self) -> bool:
        """Say whether the text is Vietnamese written with its marks."""
        return looks_vietnamese(self.text)


def read_document(data: bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> DocumentText:
    """Return the text of an uploaded file: .txt, .docx, .pdf, .html.

    Nothing is written anywhere; Word, PDF and HTML are read in a confined child process.
    Raises: UnreadableFile, whose message names the file, the cause and the way out; SecretDocument, if it bears a mark
    of State secrecy: then nothing of it may be kept.
    """
    try:
        return _read(data, filename, limits)
    except UnreadableFile as refusal:
        refusal.filename = filename
        raise


def read_pasted(text: str, limits: Limits = DEFAULT_LIMITS) -> DocumentText:
    """Return pasted text in the same shape as a file. Raises: as `read_document`."""
    if not text.strip():
        raise EmptyFile(_("không có nội dung"))
    if len(text) > limits.max_characters:
        raise FileTooLarge(
            _("văn bản dài {text} ký tự, quá mức {max_characters} ký tự").format(
                text=len(text), max_characters=limits.max_characters
            )
        )
    return _finish(Extracted(text), Kind.PASTED)


def require_vietnamese(document: DocumentText, filename: str = "") -> DocumentText:
    """Return the document itself if it is Vietnamese. Raises: NotVietnamese."""
    if not document.is_vietnamese:
        raise NotVietnamese(_("nội dung không giống tiếng Việt có dấu"), filename)
    return document


def _read(data: bytes, filename: str, limits: Limits) -> DocumentText:
    if not data.strip(b" \t\r\n\x00"):
        raise EmptyFile(_("tệp trống"))
    if len(data) > limits.max_bytes:
        weight = f"{len(data) / MEGABYTE:.1f}".replace(".", ",")
        raise FileTooLarge(
            _("tệp nặng {weight} MB, quá mức {max_bytes:g} MB").format(
                weight=weight, max_bytes=limits.max_bytes / MEGABYTE
            )
        )
    # The name of a scan is all that can be read of it here.
    named_level = secrecy_of_name(filename)
    if named_level:
        raise SecretDocument(named_level)
    kind = recognise(data, filename)
    if kind is Kind.TEXT:
        decoded = decode_bytes(data, limits.max_characters)
        extracted = Extracted(decoded.text[: limits.max_characters], "", decoded.warnings, None, decoded.encoding)
    else:
        extracted = extract_confined(f"{_PACKAGE}.{_EXTRACTORS[kind]}", data, limits)
    extracted = replace(extracted, warnings=(*mismatch_warning(kind, filename), *extracted.warnings))
    return _finish(_tell_truncation(extracted, limits), kind)


def _tell_truncation(extracted: Extracted, limits: Limits) -> Extracted:
    if len(extracted.text) < limits.max_characters:
        return extracted
    warning = _("Văn bản quá dài: chỉ đọc {max_characters} ký tự đầu.").format(max_characters=limits.max_characters)
    return replace(extracted, warnings=(*extracted.warnings, warning))


def _no_text(kind: Kind) -> UnreadableFile:
    if kind is Kind.PDF:
        return ScannedDocument(_("tệp PDF không có lớp chữ (bản quét ảnh)"))
    return NoText(_("không có chữ nào"))


def _finish(extracted: Extracted, kind: Kind) -> DocumentText:
    """Repair old fonts, clean, and judge what came out. Raises: SecretDocument, ScannedDocument, NoText."""
    repaired = repair_old_font(extracted.text)
    text = clean_text(repaired.text)
    level = secrecy_level(text) or secrecy_level(clean_text(repair_old_font(extracted.margins).text))
    if level:
        raise SecretDocument(level)
    if not has_letters(text):
        raise _no_text(kind)
    warnings = [*extracted.warnings, *repaired.warnings]
    if not looks_vietnamese(text):
        warnings.append(_("Nội dung không giống tiếng Việt có dấu: kiểm tra lại bảng mã và ngôn ngữ."))
    encoding = extracted.encoding if repaired.encoding == UNICODE else repaired.encoding
    return DocumentText(text, kind, encoding, tuple(dict.fromkeys(warnings)), extracted.pages)
