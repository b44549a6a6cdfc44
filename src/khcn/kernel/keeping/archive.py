"""What a backup looks like on disk: a folder with a manifest, one file per table, and the stored files by digest."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.json.sha256"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class BadArchive(Exception):
    """The folder is no whole backup; the message names what is wrong with which file."""


@dataclass(frozen=True)
class TableEntry:
    """One table of a backup: its rows, the digest of its file, its columns by kind, and the last number it gave."""

    rows: int
    sha256: str
    columns: tuple[tuple[str, str], ...]
    last_number: int


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    Digests whose bytes it lacks are in `lost_files`; in `swept_files`, where nothing refers to them and they were just
    being swept away.
    """

    version: str
    created_at: str
    vendor: str
    migrations: tuple[tuple[str, str], ...]
    tables: Mapping[str, TableEntry]
    files: int
    file_bytes: int
    lost_files: tuple[str, ...]
    swept_files: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Return how many rows the backup holds."""
        return sum(entry.rows for entry in self.tables.values())


def table_file(archive: Path, table: str) -> Path:
    """Return where the rows of a table stand."""
    return archive / "tables" / f"{table}.jsonl.gz"


def stored_file(archive: Path, digest: str) -> Path:
    """Return where the bytes with this digest stand.

    Raises: BadArchive, if it is no digest: such a name could lead out of the folder.
    """
    if not _DIGEST.fullmatch(digest):
        raise BadArchive(f"Bản sao lưu có tệp mang tên lạ «{digest}»: không phải dấu vân tay SHA-256.")
    return archive / "files" / digest[:2] / digest[2:4] / digest


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes. Raises: OSError."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a small file and force it to the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_manifest(archive: Path, manifest: Manifest) -> None:
    """Write the manifest and the digest that seals it, which `sha256sum --check` can read too."""
    data = json.dumps({"format": FORMAT} | asdict(manifest), ensure_ascii=False, indent=1).encode()
    write_whole(archive / MANIFEST, data)
    write_whole(archive / SEAL, f"{sha256(data).hexdigest()}  {MANIFEST}\n".encode())


def read_manifest(archive: Path) -> Manifest:
    """Return what the backup says of itself.

    Raises: BadArchive.
    """
    try:
        data = (archive / MANIFEST).read_bytes()
        seal = (archive / SEAL).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as failure:
        raise BadArchive(
            f"«{archive}» không phải một bản sao lưu trọn vẹn: không đọc được {MANIFEST} hoặc {SEAL}. "
            "Chọn thư mục do «khcn backup» tạo xong."
        ) from failure
    if seal[:1] != [sha256(data).hexdigest()]:
        raise BadArchive(f"{MANIFEST} đã bị thay đổi sau khi sao lưu: không khớp {SEAL}. Dùng bản sao lưu khác.")
    return _manifest(json.loads(data))


def lines(archive: Path, table: str) -> Iterator[bytes]:
    """Yield the lines of a table's file. Raises: BadArchive, if the file cannot be unpacked."""
    try:
        with gzip.open(table_file(archive, table)) as file:
            yield from file
    except (OSError, EOFError) as failure:
        raise BadArchive(f"Không đọc được tables/{table}.jsonl.gz của bản sao lưu: {failure}.") from failure


def _manifest(said: dict[str, Any]) -> Manifest:
    if said.pop("format", None) != FORMAT:
        raise BadArchive("Bản sao lưu thuộc một khuôn dạng khác. Khôi phục bằng phiên bản phần mềm đã tạo ra nó.")
    said["tables"] = {
        table: TableEntry(**(entry | {"columns": tuple((name, kind) for name, kind in entry["columns"])}))
        for table, entry in said["tables"].items()
    }
    said["migrations"] = tuple((app, name) for app, name in said["migrations"])
    said["lost_files"], said["swept_files"] = tuple(said["lost_files"]), tuple(said["swept_files"])
    return Manifest(**said)
