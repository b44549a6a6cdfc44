"""Find the built styles and scripts through the manifest that the front-end build writes."""

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from khcn.language.words import words as _

logger = logging.getLogger(__name__)

FOLDER = "ui/dist/"
MANIFEST = Path(__file__).parent / "static" / FOLDER / "manifest.json"


class UnknownEntry(LookupError):
    """The manifest has no such entry."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Paths of one entry, relative to the static root, in the order a page needs them."""

    styles: tuple[str, ...]
    scripts: tuple[str, ...]


def bundle(entry: str, manifest: Path = MANIFEST) -> Bundle | None:
    """Return the files of an entry such as `app`, or None when nothing has been built yet.

    A page without its bundle stays readable: it is plain HTML. Raises: UnknownEntry.
    """
    if not manifest.exists():
        logger.warning("front-end bundle is missing: run `make assets`")
        return None
    chunks = _read(manifest, manifest.stat().st_mtime_ns)
    chunk = next((c for c in chunks.values() if c.get("isEntry") and c.get("name") == entry), None)
    if chunk is None:
        raise UnknownEntry(
            _(
                "Gói giao diện không có mục “{entry}”: khai báo trong frontend/vite.config.js rồi chạy make assets."
            ).format(entry=entry)
        )
    return Bundle(tuple(_styles(chunk, chunks)), (FOLDER + chunk["file"],))


@lru_cache(maxsize=4)
def _read(manifest: Path, _changed_ns: int) -> dict[str, Any]:
    chunks: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    return chunks


def _styles(chunk: dict[str, Any], chunks: dict[str, Any]) -> list[str]:
    shared = [path for name in chunk.get("imports", ()) for path in _styles(chunks[name], chunks)]
    return list(dict.fromkeys(shared + [FOLDER + path for path in chunk.get("css", ())]))
