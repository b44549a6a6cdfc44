"""Bring a backup back into an empty installation: all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, models, transaction

from khcn.kernel.files.models import StoredFile, path_of
from khcn.kernel.files.store import ARRIVING, MODE
from khcn.kernel.keeping.archive import BadArchive, Manifest, digest_of, lines, read_manifest, stored_file, table_file
from khcn.kernel.keeping.backup import PIECE, Tell, copy_verified, force_folder
from khcn.kernel.keeping.numbering import go_on_after, last_number
from khcn.kernel.keeping.schema import bring_up_to_date, known_steps, pending_steps
from khcn.kernel.keeping.tables import MADE_BY_MIGRATE, columns_of, kept_models, parameters_of, plain, row_of

ROWS_AT_ONCE = 1_000
BYTES_AT_ONCE = 4 * 1024 * 1024
NAMED = 5
EXACT_DIGITS = 15
"""How many digits of a decimal the embedded database keeps exactly."""


class RestoreRefused(Exception):
    """Nothing was written; the message says why and what to do."""


def restore_backup(archive: Path, *, tell: Tell) -> Manifest:
    """Check a backup, prepare the empty database, and load everything in one transaction, keys and numbers kept.

    The search index is not part of a backup: the caller has it built anew.
    Raises: BadArchive, if the backup is damaged; RestoreRefused, if the database is not empty, belongs to another
    version of the product, or cannot hold a value. Then no row and no file was left.
    """
    archive = archive.absolute()
    manifest = read_manifest(archive)
    tell(f"Kiểm tra bản sao lưu lập lúc {manifest.created_at}…")
    _compare_versions(manifest)
    _verify_tables(archive, manifest)
    _verify_files(archive, manifest)
    _refuse_unless_empty()
    _refuse_full_disk(manifest)
    if pending_steps():
        tell("Tạo các bảng…")
        bring_up_to_date()
    placed: list[Path] = []
    try:
        with transaction.atomic(durable=True):
            _load_everything(archive, manifest, tell)
            _place_files(archive, manifest, placed)
            tell(f"  tệp đính kèm: {manifest.files} tệp, {manifest.file_bytes / PIECE:.1f} MB")
    except BaseException:
        for path in placed:
            path.unlink(missing_ok=True)
        raise
    finally:
        ContentType.objects.clear_cache()
    return manifest


def rows_there() -> dict[str, int]:
    """Return how many rows each table holds that a prepared but empty database does not have."""
    existing = set(connection.introspection.table_names())
    counted = {
        model._meta.db_table: plain(model).count()
        for model in kept_models()
        if model._meta.label not in MADE_BY_MIGRATE and model._meta.db_table in existing
    }
    return {table: count for table, count in counted.items() if count}


def _compare_versions(manifest: Manifest) -> None:
    theirs, ours = set(manifest.migrations), set(known_steps())
    if theirs == ours:
        return
    said = []
    if unknown := sorted(theirs - ours):
        said.append(f"bản sao lưu có {_steps(unknown)} mà phần mềm này không có")
    if missing := sorted(ours - theirs):
        said.append(f"phần mềm này có {_steps(missing)} mà bản sao lưu không có")
    raise RestoreRefused(
        f"Bản sao lưu thuộc phiên bản khác ({manifest.version or 'không rõ'}): {'; '.join(said)}. "
        "Cài đúng phiên bản ấy, khôi phục, rồi mới nâng cấp."
    )


def _steps(found: list[tuple[str, str]]) -> str:
    named = ", ".join(f"{app}.{name}" for app, name in found[:NAMED])
    return f"các bước {named}" + (f" và {len(found) - NAMED} bước khác" if len(found) > NAMED else "")


def _verify_tables(archive: Path, manifest: Manifest) -> None:
    known = {model._meta.db_table: model for model in kept_models()}
    if different := sorted(known.keys() ^ manifest.tables.keys()):
        raise RestoreRefused(f"Bản sao lưu và phần mềm không cùng các bảng: {', '.join(different)}.")
    for table, entry in manifest.tables.items():
        if entry.columns != tuple((column.name, column.kind) for column in columns_of(known[table])):
            raise RestoreRefused(f"Bảng «{table}» của bản sao lưu có các cột khác với phần mềm này.")
        path = table_file(archive, table)
        if not path.is_file():
            raise BadArchive(f"Bản sao lưu thiếu tệp tables/{path.name}. Dùng bản sao lưu khác.")
        if digest_of(path) != entry.sha256:
            raise BadArchive(f"Tệp tables/{path.name} đã bị thay đổi sau khi sao lưu. Dùng bản sao lưu khác.")


def _verify_files(archive: Path, manifest: Manifest) -> None:
    for digest in _digests(archive, manifest):
        path = stored_file(archive, digest)
        if not path.is_file():
            raise BadArchive(f"Bản sao lưu thiếu tệp đính kèm {path.relative_to(archive)}. Dùng bản sao lưu khác.")
        if digest_of(path) != digest:
            raise BadArchive(f"Tệp {path.relative_to(archive)} đã bị thay đổi sau khi sao lưu. Dùng bản sao lưu khác.")


def _digests(archive: Path, manifest: Manifest) -> Iterator[str]:
    columns = columns_of(StoredFile)
    place = next(number for number, column in enumerate(columns) if column.attname == "sha256")
    lacking = {*manifest.lost_files, *manifest.swept_files}
    for line in lines(archive, StoredFile._meta.db_table):
        digest = str(row_of(line, columns)[place])
        if digest not in lacking:
            yield digest


def _refuse_unless_empty() -> None:
    if there := rows_there():
        named = ", ".join(f"{table} ({count} dòng)" for table, count in list(there.items())[:NAMED])
        more = f" và {len(there) - NAMED} bảng khác" if len(there) > NAMED else ""
        raise RestoreRefused(
            f"Chỉ khôi phục vào cơ sở dữ liệu trống; ở đây đã có {named}{more}. "
            "Đặt DATABASE_URL hoặc KHCN_DATA_DIR tới một nơi mới rồi chạy lại; không cần «khcn prepare» trước."
        )


def _refuse_full_disk(manifest: Manifest) -> None:
    Path(settings.FILES_DIR).mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.FILES_DIR).free
    if manifest.file_bytes >= free:
        raise RestoreRefused(
            f"Đĩa của «{settings.FILES_DIR}» còn {free // PIECE} MB, các tệp đính kèm cần "
            f"{manifest.file_bytes // PIECE} MB. Dọn đĩa hoặc đặt KHCN_DATA_DIR ở đĩa khác."
        )


def _load_everything(archive: Path, manifest: Manifest, tell: Tell) -> None:
    _refuse_unless_empty()  # again, now that nobody else can have written in between
    kept = kept_models()
    with connection.cursor() as cursor:
        for model in reversed(kept):
            if model._meta.label in MADE_BY_MIGRATE:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 (our name)
    for model in kept:
        _load(archive, model, manifest.tables[model._meta.db_table].rows)
        if rows := manifest.tables[model._meta.db_table].rows:
            tell(f"  {model._meta.db_table}: {rows} dòng")
    for model in kept:
        go_on_after(model, max(manifest.tables[model._meta.db_table].last_number, last_number(model)))
    try:
        connection.check_constraints()
    except DatabaseError as failure:
        raise RestoreRefused(f"Bản sao lưu có dòng trỏ tới dòng không tồn tại: {failure}") from failure


def _load(archive: Path, model: type[models.Model], expected: int) -> None:
    table, columns, loaded = model._meta.db_table, columns_of(model), 0
    made = parameters_of(model, connection)
    for batch in _batches(lines(archive, table)):
        try:
            rows = [
                [make(_exact(value)) for make, value in zip(made, row_of(line, columns), strict=True)] for line in batch
            ]
            _insert(model, rows)
        except (DatabaseError, ValueError) as failure:
            raise RestoreRefused(
                f"Bảng «{table}», trong các dòng {loaded + 1}–{loaded + len(batch)} của bản sao lưu có giá trị "
                f"không ghi được vào cơ sở dữ liệu này: {failure}"
            ) from failure
        loaded += len(batch)
    if loaded != expected:
        raise BadArchive(f"Tệp tables/{table}.jsonl.gz có {loaded} dòng, lẽ ra {expected}. Dùng bản sao lưu khác.")


def _batches(found: Iterator[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in found:
        batch.append(line)
        size += len(line)
        if len(batch) == ROWS_AT_ONCE or size > BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _insert(model: type[models.Model], rows: list[list[Any]]) -> None:
    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)
    names = ", ".join(quoted(column.name) for column in columns_of(model))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copying:
                for row in rows:
                    copying.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 (our own names)


def _exact(value: Any) -> Any:
    if (
        isinstance(value, Decimal)
        and connection.vendor == "sqlite"
        and len(value.normalize().as_tuple().digits) > EXACT_DIGITS
    ):
        raise ValueError(f"SQLite không giữ được chính xác số {value}; dùng PostgreSQL.")
    return value


def _place_files(archive: Path, manifest: Manifest, placed: list[Path]) -> None:
    waiting = Path(settings.FILES_DIR) / ARRIVING
    for digest in _digests(archive, manifest):
        place = path_of(digest)
        if place.is_file() and digest_of(place) == digest:
            continue
        arriving = waiting / digest
        if copy_verified(stored_file(archive, digest), arriving, digest) is None:
            raise BadArchive(f"Tệp đính kèm {digest} của bản sao lưu bị thay đổi trong khi khôi phục.")
        arriving.chmod(MODE)
        place.parent.mkdir(parents=True, exist_ok=True)
        arriving.replace(place)
        placed.append(place)
        force_folder(place.parent)
