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
    UnreadableFile,
    UnrecognisedType,
)
from khcn.kernel.files.reading.kinds import Kind
from khcn.kernel.files.reading.limits import Limits
from khcn.kernel.files.reading.secrecy import secrecy_level
from khcn.kernel.files.reading.syllables import looks_vietnamese

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
    "UnreadableFile",
    "UnrecognisedType",
    "looks_vietnamese",
    "read_document",
    "read_pasted",
    "require_vietnamese",
    "secrecy_level",
]
