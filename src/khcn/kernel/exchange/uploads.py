"""Keep an uploaded workbook while another of its sheets may be wanted, by its fingerprint."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

DAY_SECONDS = 24 * 3600
FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def keep(data: bytes, now_seconds: float) -> str:
    """Store the bytes and return their fingerprint; what was left behind is cleared away with its staging."""
    folder = _folder()
    for old in folder.iterdir():
        if now_seconds - old.stat().st_mtime > settings.IMPORT_KEPT_DAYS * DAY_SECONDS:
            old.unlink(missing_ok=True)
    fingerprint = hashlib.sha256(data).hexdigest()
    with NamedTemporaryFile(dir=folder, delete=False) as arriving:
        arriving.write(data)
    Path(arriving.name).replace(folder / fingerprint)  # whole or not at all: half of it would be read as the file
    return fingerprint


def kept(fingerprint: str) -> bytes | None:
    """Return the bytes of that fingerprint, None when they are no longer kept."""
    path = _folder() / fingerprint
    return path.read_bytes() if FINGERPRINT.fullmatch(fingerprint) and path.exists() else None


def drop(fingerprint: str) -> None:
    """Forget the bytes of that fingerprint."""
    if FINGERPRINT.fullmatch(fingerprint):
        (_folder() / fingerprint).unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
