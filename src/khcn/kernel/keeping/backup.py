"""Write a backup: one consistent reading of the database while people go on working, and the stored files."""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.db import connection, models, transaction
from django.db.models import Sum

from khcn.kernel.files.models import Attachment, StoredFile, path_of
from khcn.kernel.keeping.archive import Manifest, TableEntry, digest_of, stored_file, table_file, write_manifest
from khcn.kernel.keeping.numbering import last_number
from khcn.kernel.keeping.schema import applied_steps, pending_steps
from khcn.kernel.keeping.tables import READ_AT_ONCE, columns_of, kept_models, lines_of

PIECE = 1024 * 1024
PACKING = 4  # of gzip: twice as fast as its default for a tenth more bytes
TOLD_EVERY = 100_000
Tell = Callable[[str], None]


@dataclass
class _Copied:
    """What came of copying the stored files; the names are those of the manifest."""

    files: int = 0
    file_bytes: int = 0
    lost_files: list[str] = field(default_factory=list)
    swept_files: list[str] = field(default_factory=list)


class BackupRefused(Exception):
    """Nothing was written; the message says why and what to do."""


def make_backup(target: Path, *, at: datetime, tell: Tell) -> Manifest:
    """Write a backup into a folder that does not exist yet or is empty; until it is whole it has another name.

    Files that the store has lost or that were damaged there are named in `lost_files`; all else is whole.
    `tell`: called with lines about the progress.
    Raises: BackupRefused; OSError, if the disk fails. Then nothing is left.
    """
    target = target.absolute()
    _refuse(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}.unfinished-", dir=target.parent))
    try:
        with snapshot():
            _refuse_full_disk(target.parent)
            manifest = _write(unfinished, at, tell)
        write_manifest(unfinished, manifest)
        for folder in (unfinished / "tables", unfinished, target.parent):
            force_folder(folder)
        unfinished.rename(target)
        force_folder(target.parent)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return manifest


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything inside as of one moment, without holding up anyone who writes."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    if connection.in_atomic_block:  # already one reading
        yield
        return
    # Not atomic(): the embedded database is set to take the right to write at once, and keeps others waiting for it.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def force_folder(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_verified(source: Path, place: Path, digest: str) -> int | None:
    """Copy a file, force it to the disk, and return its size; None, with nothing left, if it is not what it should be.

    Not a hard link: damage to the one copy would then be damage to the other. Raises: OSError of the side written to.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    found, size = sha256(), 0
    try:
        reading = source.open("rb")
    except OSError:
        return None
    with reading, place.open("wb") as writing:
        while piece := reading.read(PIECE):
            found.update(piece)
            writing.write(piece)
            size += len(piece)
        writing.flush()
        os.fsync(writing.fileno())
    if found.hexdigest() == digest:
        return size
    place.unlink()
    return None


def product_version() -> str:
    """Return the version of the product as installed; empty where it runs from its source only."""
    try:
        return version("khcn")
    except PackageNotFoundError:
        return ""


def _refuse(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupRefused(f"Không ghi đè «{target}»: nơi này đã có dữ liệu. Chọn một thư mục mới hoặc còn trống.")
    if steps := pending_steps():
        raise BackupRefused(
            f"Cơ sở dữ liệu chưa theo kịp phần mềm, còn {len(steps)} bước (đầu tiên: {steps[0]}). "
            "Chạy «khcn prepare» rồi sao lưu lại, hoặc sao lưu bằng phiên bản phần mềm cũ."
        )


def _refuse_full_disk(folder: Path) -> None:
    needed = StoredFile.objects.aggregate(all=Sum("size"))["all"] or 0
    free = shutil.disk_usage(folder).free
    if needed >= free:
        raise BackupRefused(
            f"Đĩa của «{folder}» còn {free // PIECE} MB, riêng các tệp đính kèm đã cần {needed // PIECE} MB. "
            "Chọn đĩa khác."
        )


def _write(folder: Path, at: datetime, tell: Tell) -> Manifest:
    (folder / "tables").mkdir()
    (folder / "files").mkdir()
    tables = {model._meta.db_table: _write_table(folder, model, tell) for model in kept_models()}
    copied = _copy_files(folder, tell)
    return Manifest(
        version=product_version(),
        created_at=at.astimezone(UTC).isoformat(),
        vendor=connection.vendor,
        migrations=applied_steps(),
        tables=tables,
        **vars(copied),
    )


def _write_table(folder: Path, model: type[models.Model], tell: Tell) -> TableEntry:
    table = model._meta.db_table
    path, rows = table_file(folder, table), 0
    with path.open("wb") as raw:
        with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=PACKING, mtime=0) as file:
            for line in lines_of(model):
                file.write(line)
                rows += 1
                if rows % TOLD_EVERY == 0:
                    tell(f"  {table}: {rows} dòng…")
        raw.flush()
        os.fsync(raw.fileno())
    if rows:
        tell(f"  {table}: {rows} dòng")
    columns = tuple((column.name, column.kind) for column in columns_of(model))
    return TableEntry(rows=rows, sha256=digest_of(path), columns=columns, last_number=last_number(model))


def _copy_files(folder: Path, tell: Tell) -> _Copied:
    found = _Copied()
    stored = StoredFile.objects.order_by("pk").values_list("pk", "sha256").iterator(chunk_size=READ_AT_ONCE)
    for key, digest in stored:
        size = copy_verified(path_of(digest), stored_file(folder, digest), digest)
        if size is not None:
            found.files, found.file_bytes = found.files + 1, found.file_bytes + size
        elif Attachment.Version._base_manager.filter(stored_id=key).exists():
            tell(f"  MẤT hoặc HỎNG tệp {digest} trong kho.")
            found.lost_files.append(digest)
        else:
            found.swept_files.append(digest)
    tell(f"  tệp đính kèm: {found.files} tệp, {found.file_bytes / PIECE:.1f} MB")
    return found
