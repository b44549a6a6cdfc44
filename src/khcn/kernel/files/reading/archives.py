"""Check a zip archive (a Word file is one) before anything in it is unpacked by a parser."""

import zipfile
from io import BytesIO

from khcn.kernel.files.reading.errors import DamagedFile, DangerousFile, EncryptedFile
from khcn.kernel.files.reading.limits import MEGABYTE, Limits
from khcn.language.words import words as _

_ENTRY_MARK = b"PK\x01\x02"
_ARCHIVE_ENDINGS = (".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".tar")
_ARCHIVE_MARKS = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_EMBEDDED = "word/embeddings/"  # spreadsheets behind charts live here; they are never opened
_XML_ENDINGS = (".xml", ".rels", ".vml")
_RATIO_MATTERS_FROM = 5 * MEGABYTE
_ENCRYPTED_FLAG = 0x1
_DECLARATION_LENGTH = 200
_ENTITY_MARKS = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


def check_archive(data: bytes, limits: Limits) -> list[str]:
    """Return the names in an archive after proving that it is safe to unpack and parse.

    Raises: DangerousFile (too many entries, too large or too dense once unpacked, archive in the archive, entities in
    XML); EncryptedFile; DamagedFile.
    """
    if data.count(_ENTRY_MARK) > limits.max_entries:
        raise DangerousFile(_("tệp nén chứa quá {max_entries} mục").format(max_entries=limits.max_entries))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_sizes(archive, data, limits)
            _check_contents(archive)
            return archive.namelist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError):
        raise DamagedFile(_("tệp nén bên trong bị hỏng")) from None
    except zipfile.zlib.error:  # type: ignore[attr-defined]
        raise DamagedFile(_("dữ liệu nén bên trong bị hỏng")) from None


def _check_sizes(archive: zipfile.ZipFile, data: bytes, limits: Limits) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise EncryptedFile(_("tệp có mật khẩu"))
    unpacked = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith(_XML_ENDINGS))
    if unpacked > limits.max_unpacked_bytes or xml > limits.max_xml_bytes:
        raise DangerousFile(_("tệp nén bung ra {unpacked} MB, quá mức cho phép").format(unpacked=unpacked // MEGABYTE))
    if unpacked > _RATIO_MATTERS_FROM and unpacked > limits.max_ratio * len(data):
        raise DangerousFile(
            _("tệp nén bung ra gấp hơn {max_ratio} lần, giống “bom nén”").format(max_ratio=limits.max_ratio)
        )


def _check_contents(archive: zipfile.ZipFile) -> None:
    """Read every entry once: sizes that lie and broken sums show here."""
    for entry in archive.infolist():
        name = entry.filename.lower()
        if entry.is_dir():
            continue
        content = archive.read(entry)
        nested = name.endswith(_ARCHIVE_ENDINGS) or content.startswith(_ARCHIVE_MARKS)
        if nested and not name.startswith(_EMBEDDED):
            raise DangerousFile(_("trong tệp nén lại có tệp nén"))
        if name.endswith(_XML_ENDINGS):
            _check_xml(content)


def _check_xml(content: bytes) -> None:
    if any(mark in content for mark in _ENTITY_MARKS):
        raise DangerousFile(_("XML bên trong có khai báo DTD hoặc thực thể"))
    if content.startswith(_UTF16_MARKS):
        return
    start = content.removeprefix(_BOM).lstrip()
    declaration = start[:_DECLARATION_LENGTH].lower()
    if start and not start.startswith(b"<"):
        raise DamagedFile(_("XML bên trong bị hỏng"))
    if b"encoding=" in declaration and not any(code in declaration for code in (b"utf-8", b"us-ascii", b"utf-16")):
        raise DangerousFile(_("XML bên trong dùng bảng mã lạ"))
