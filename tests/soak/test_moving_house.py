"""The department's data moves to another machine, and to another database, and nothing about it changes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

pytestmark = [
    pytest.mark.skipif(not os.environ.get("KHCN_SOAK"), reason="chạy dài; dùng `make soak`"),
    pytest.mark.timeout(900),
]
KHCN = [sys.executable, "-m", "khcn.config.command"]
ADDRESS = os.environ.get("KHCN_SOAK_DATABASE_URL", "")
ATTACH = """
from django.utils import timezone; from khcn.kernel.files.services import attach
from khcn.kernel.records.registry import register
record = register("programme").model.objects.first()
attach(record=record, data=b"noi dung kem theo", filename="a.txt", actor=None, on=timezone.localdate())
"""
EXPORTS = """
import json, hashlib; from datetime import datetime
from khcn.kernel.exchange.exporting import export_rows; from khcn.kernel.records.registry import registers
from khcn.kernel.records.changes import Change
found, middle = {}, Change.objects.order_by("at").values_list("at", flat=True)[Change.objects.count() // 2]
for one in registers():
    for kind in ("csv", "json"):
        for instant in (None, middle):
            rows = one.model.objects.as_of(instant).order_by("code", "pk")
            pieces = b"".join(export_rows(one, rows, list(one.columns), kind))
            found[f"{one.key} {kind} {instant}"] = [rows.count(), hashlib.sha256(pieces).hexdigest()]
print("FOUND" + json.dumps(found))
"""


def khcn(place, *words, check=True):
    return subprocess.run(
        [*KHCN, *words], env=os.environ | place, check=check, capture_output=True, encoding="utf-8", timeout=600
    )


def machine(folder: Path, address: str = "") -> dict[str, str]:
    return {"KHCN_DATA_DIR": str(folder), "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "khcn.config.settings"}


def exports(place):
    return json.loads(khcn(place, "manage", "shell", "-v", "0", "-c", EXPORTS).stdout.partition("FOUND")[2])


def faults(place, *words):
    done = khcn(place, "doctor", "--json", *words, check=False)
    said = json.loads(done.stdout)
    assert done.returncode == (0 if said["well"] else 1), done.stderr
    return {
        check["check"]: [f"{finding['where']}: {finding['what']}" for finding in check["findings"]]
        for check in said["checks"]
        if check["level"] == "fault"
    }


@pytest.fixture
def new_database():
    """Return the address of a PostgreSQL database made for this test; empty for SQLite."""
    if not ADDRESS:
        yield ""
        return
    address = urlsplit(ADDRESS)
    name = f"khcn_moved_{os.getpid()}"
    with psycopg.connect(address.geturl(), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield address._replace(path=f"/{name}").geturl()
    with psycopg.connect(address.geturl(), autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_department_moves_to_an_empty_machine_and_every_register_is_the_same(tmp_path, new_database):
    """
    1. A department works on the embedded database, with a file on a programme; the doctor finds nothing wrong.
    2. It is backed up, and restored into an empty machine: the same database, or PostgreSQL.
    3. Every register exports to the same bytes, of today and of the past; the doctor finds nothing wrong there.
    4. A second restore over it is refused, and names what is there.
    5. From the new machine a backup leads back to the embedded database, and still nothing differs.
    6. Someone writes past the product there, to a row, to history and to a file: the doctor names each.
    """
    old, new, back = (machine(tmp_path / name) for name in ("old", "new", "back"))
    new["DATABASE_URL"] = new_database
    khcn(old, "demo")
    khcn(old, "manage", "shell", "-v", "0", "-c", ATTACH)
    assert faults(old, "--files", "all") == {}
    before = exports(old)
    assert sum(count for count, _ in before.values()) > 500

    khcn(old, "backup", str(tmp_path / "first"))
    khcn(new, "restore", str(tmp_path / "first"))
    assert exports(new) == before
    assert faults(new, "--files", "all") == {}
    again = khcn(new, "restore", str(tmp_path / "first"), check=False)
    assert (again.returncode, "records_change" in again.stderr or "identity_office" in again.stderr) == (1, True)

    khcn(new, "backup", str(tmp_path / "second"))
    khcn(back, "restore", str(tmp_path / "second"))
    assert exports(back) == before

    with sqlite3.connect(tmp_path / "back" / "khcn.sqlite3") as database:
        database.execute(
            "DELETE FROM records_change WHERE id = (SELECT MIN(change_id) FROM policies_programme_version)"
        )
        database.execute("UPDATE policies_programme SET title = 'đã sửa lén' WHERE id = 1")
    next((tmp_path / "back" / "files").glob("??/??/*")).write_bytes(b"NOI DUNG KEM THEO")
    found = faults(back, "--files", "all")
    assert {"database-file", "rows-unlike-version", "stored-files"} <= found.keys()
    assert any("records_change" in line for line in found["database-file"])
    assert "«title»" in found["rows-unlike-version"][0]
    assert "đã bị thay đổi" in found["stored-files"][0]
