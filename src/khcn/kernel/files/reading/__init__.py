"""Bytes of a document → clean Vietnamese text: pure, without database, safe on hostile input."""

from khcn.kernel.files.reading.document import DocumentText, read_document, read_pasted, require_vietnamese
from khcn.kernel.files.reading.errors import (
    DamagedFile,
    DangerousFile,
    EmptyFile,
    EncryptedFile,
    ExtensionMismatch,
    FileTooLarge,
    NoText,
    NotVietnamese,
    ScannedDocument,
    SecretDocument,
    SecretText,
    UnreadableFile,
    UnrecognisedType,
)
from khcn.kernel.files.reading.kinds import Kind
from khcn.kernel.files.reading.limits import Limits
from khcn.kernel.files.reading.secrecy import secrecy_level
from khcn.kernel.files.reading.secret_names import secrecy_of_name
from khcn.kernel.files.reading.syllables import looks_vietnamese
from khcn.kernel.files.reading.typed import refuse_secret_text, refuse_secret_title

__all__ = [
    "DamagedFile",
    "DangerousFile",
    "DocumentText",
    "EmptyFile",
    "EncryptedFile",
    "ExtensionMismatch",
    "FileTooLarge",
    "Kind",
    "Limits",
    "NoText",
    "NotVietnamese",
    "ScannedDocument",
    "SecretDocument",
    "SecretText",
    "UnreadableFile",
    "UnrecognisedType",
    "looks_vietnamese",
    "read_document",
    "read_pasted",
    "refuse_secret_text",
    "refuse_secret_title",
    "require_vietnamese",
    "secrecy_level",
    "secrecy_of_name",
]
