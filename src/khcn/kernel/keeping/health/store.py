"""Whether the stored files are on disk, unchanged, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, islice
from pathlib import Path

from django.conf import settings

from khcn.kernel.files.models import Attachment, StoredFile, path_of
from khcn.kernel.files.store import ARRIVING
from khcn.kernel.keeping.archive import digest_of
from khcn.kernel.keeping.health.findings import Asked, Finding, Level
from khcn.kernel.keeping.tables import READ_AT_ONCE

SAMPLE = 200
ARRIVING_FOR = timedelta(days=2)
FROM_BACKUP = "Chép lại tệp cùng tên từ thư mục «files» của một bản sao lưu."


def stored_files(asked: Asked) -> Iterator[Finding]:
    """Find stored files that are missing, have another size, or (of a sample, or all) other bytes."""
    every = 1 if asked.all_files else max(1, StoredFile.objects.count() // SAMPLE)
    first = asked.now.toordinal() % every  # another sample each day
    rows = StoredFile.objects.order_by("pk").values_list("pk", "sha256", "size")
    for place, (key, digest, size) in enumerate(rows.iterator(chunk_size=READ_AT_ONCE)):
        if fault := _fault(path_of(digest), size, digest if place % every == first else ""):
            yield Finding(_where(key, digest), fault, FROM_BACKUP)


def files_nobody_knows(asked: Asked) -> Iterator[Finding]:
    """Find files in the store's folder that no row names; young ones may just be arriving."""
    root = Path(settings.FILES_DIR)
    # What has no place in the store at all is rare, what has is looked up by the hundred.
    shallow = (path for pattern in ("*", "??/*") for path in root.glob(pattern) if path.is_file())
    paths = chain(shallow, (path for path in root.glob("??/??/*") if path.is_file()))
    while some := list(islice(paths, READ_AT_ONCE)):
        known = set(StoredFile.objects.filter(sha256__in=[p.name for p in some]).values_list("sha256", flat=True))
        for path in some:
            if path.name not in known or path_of(path.name) != path:
                yield _unknown(path, asked)
    for path in sorted((root / ARRIVING).glob("*")):
        if _age(path, asked) > ARRIVING_FOR:
            yield _unknown(path, asked)


def _unknown(path: Path, asked: Asked) -> Finding:
    young = _age(path, asked) < ARRIVING_FOR
    todo = "Nếu quá hai ngày mà còn, việc dọn kho hằng ngày không chạy: xem «khcn worker»."
    return Finding(str(path), "Tệp trong kho mà cơ sở dữ liệu không biết.", todo, Level.NOTE if young else Level.FAULT)


def _age(path: Path, asked: Asked) -> timedelta:
    try:
        return timedelta(seconds=asked.now.timestamp() - path.stat().st_mtime)
    except FileNotFoundError:  # it has found its place, or was swept away
        return timedelta()


def _fault(path: Path, size: int, digest: str) -> str:
    """Return what is wrong with a stored file; its bytes are read only if a digest is given."""
    try:
        found = path.stat().st_size
        if found != size:
            return f"Tệp trên đĩa có {found} byte, lẽ ra {size}."
        if digest and digest_of(path) != digest:
            return "Nội dung tệp trên đĩa đã bị thay đổi: không khớp dấu vân tay."
    except FileNotFoundError:
        return "Tệp không còn trên đĩa."
    except OSError as failure:
        return f"Không đọc được tệp: {failure.strerror or failure}."
    return ""


def _where(key: int, digest: str) -> str:
    on = Attachment.objects.filter(stored_id=key).values_list("register", "record_id", "filename").first()
    return f"{digest} «{on[2]}» của {on[0]}/{on[1]}" if on else digest
