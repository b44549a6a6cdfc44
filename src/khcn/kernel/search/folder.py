"""The folder of the index: generations, of which one is current, changed by one rename."""

from __future__ import annotations

import json
import os
import shutil
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from khcn.kernel.search.engine import IndexMissing, TantivyIndex
from khcn.kernel.search.queries import SCHEMA_VERSION
from khcn.language.words import words as _

POINTER = "current.json"


def current_index() -> TantivyIndex:
    """Return the index in use. Raises: IndexMissing, also for an index of another version of the product."""
    root = Path(settings.SEARCH_DIR)
    try:
        said = json.loads((root / POINTER).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as failure:
        raise IndexMissing(_("Chưa có chỉ mục tìm kiếm. Lập bằng lệnh «khcn reindex».")) from failure
    if said.get("schema") != SCHEMA_VERSION or not (root / said["generation"] / "meta.json").exists():
        raise IndexMissing(_("Chỉ mục tìm kiếm thuộc phiên bản khác. Lập lại bằng lệnh «khcn reindex»."))
    return _opened(root / said["generation"])


def new_generation() -> TantivyIndex:
    """Make an empty index beside the one in use; what an earlier attempt left there goes."""
    root = Path(settings.SEARCH_DIR)
    number = 1 + max((int(path.name.removeprefix("gen-")) for path in root.glob("gen-*")), default=0)
    return TantivyIndex.create(root / f"gen-{number:06d}")


def swap(fresh: TantivyIndex) -> None:
    """Make the fresh index the one in use and remove the others; readers that hold one open finish with it."""
    root = Path(settings.SEARCH_DIR)
    waiting = root / f"{POINTER}.new"
    with waiting.open("w", encoding="utf-8") as file:
        json.dump({"generation": fresh.folder.name, "schema": SCHEMA_VERSION}, file)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(root / POINTER)
    for old in root.glob("gen-*"):
        if old != fresh.folder:
            shutil.rmtree(old, ignore_errors=True)


@lru_cache(maxsize=2)
def _opened(folder: Path) -> TantivyIndex:
    return TantivyIndex(folder)
