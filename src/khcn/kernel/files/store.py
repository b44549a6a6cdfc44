"""Keep bytes on disk under the name of their digest: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from khcn.kernel.files.models import path_of

ARRIVING = "arriving"
MODE = 0o640
DIGEST_LENGTH = 64


def write_bytes(sha256: str, data: bytes) -> None:
    """Write the bytes beside their place, force them to the disk, and rename; a crash leaves no half file in place."""
    place = path_of(sha256)
    waiting = Path(settings.FILES_DIR) / ARRIVING
    waiting.mkdir(parents=True, exist_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=waiting, delete=False) as arriving:
        arriving.write(data)
        arriving.flush()
        os.fchmod(arriving.fileno(), MODE)
        os.fsync(arriving.fileno())
    Path(arriving.name).replace(place)
    _force_folder(place.parent)


def remove_bytes(sha256: str) -> None:
    """Remove the bytes with this digest, if they are there."""
    path_of(sha256).unlink(missing_ok=True)


def digests_before(oldest: float) -> Iterator[str]:
    """Yield the digests of the files on disk last written before the instant (seconds since 1970)."""
    for path in Path(settings.FILES_DIR).glob("??/??/*"):
        if len(path.name) == DIGEST_LENGTH and path.stat().st_mtime < oldest:
            yield path.name


def remove_unfinished(oldest: float) -> int:
    """Remove what a crash left half-written before the instant (seconds since 1970); returns how many files."""
    left = [path for path in (Path(settings.FILES_DIR) / ARRIVING).glob("*") if path.stat().st_mtime < oldest]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _force_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
