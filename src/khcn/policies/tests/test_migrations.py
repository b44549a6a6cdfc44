"""Targets of one year each become targets with years, and go back, in a database of its own that migrations made."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

OLD, NEW = "0001_initial", "0004_bind_followed_targets"
KNOWN = ("2021-01-05 00:00:00", "2021-06-01 00:00:00", "9999-12-31 00:00:00")
TARGET = {"programme_id": 1, "text": "Nhãn hiệu được bảo hộ", "unit": "nhãn hiệu", "year": 2021}


def migrate(folder, name):
    variables = os.environ | {"KHCN_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "khcn.config.settings"}
    variables.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "khcn.config.command", "manage", "migrate", "policies", name, "-v", "0"]
    subprocess.run(command, env=variables, check=True, timeout=280)  # noqa: S603 (our own command)


def insert(database, table, **values):
    """Insert a row; what it must have and is not said is nothing: zero, or no words."""
    for _, name, kind, needed, default, key in database.execute(f"PRAGMA table_info({table})"):
        if needed and default is None and not key and name not in values:
            values[name] = 0 if kind.startswith(("integer", "smallint", "bigint", "bool", "decimal")) else ""
    places = ", ".join("?" * len(values))
    words = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})"  # noqa: S608 (the words of this test)
    database.execute(words, list(values.values()))


def rows(folder, question):
    with closing(sqlite3.connect(folder / "khcn.sqlite3")) as database:
        return database.execute(question).fetchall()


@pytest.fixture
def old(tmp_path):
    migrate(tmp_path, OLD)
    with closing(sqlite3.connect(tmp_path / "khcn.sqlite3")) as database, database:
        insert(database, "identity_office", id=1, code="TN")
        insert(database, "policies_programme", id=1, code="CTKH-2021-0001", office_id=1, confidentiality="confidential")
        for number, at in enumerate(KNOWN[:2], start=1):
            insert(database, "records_change", id=number, at=at)
        insert(database, "policies_programmetarget", id=7, value=20, **TARGET)
        insert(database, "policies_programmetarget", id=8, value=None, **TARGET | {"year": 2022})
        for change, (value, begins, ends) in enumerate(zip((10, 20), KNOWN, KNOWN[1:], strict=False), start=1):
            told = {"value": value, "recorded_from": begins, "recorded_to": ends, "change_id": change}
            insert(database, "policies_programmetarget_version", id=7, **TARGET, **told)
    return tmp_path


def test_old_targets_are_carried_over_with_their_history_and_back(old):
    migrate(old, NEW)

    of_seven = "SELECT year, value, recorded_from FROM policies_targetyear_version WHERE target_id = 7 ORDER BY 3"
    assert rows(old, "SELECT id, code, title, state, confidentiality FROM policies_programmetarget ORDER BY id") == [
        (7, "CTIEU-2021-0001", TARGET["text"], "followed", "confidential"),
        (8, "CTIEU-2022-0001", TARGET["text"], "followed", "confidential"),
    ]
    assert rows(old, "SELECT target_id, year, value FROM policies_targetyear ORDER BY 1") == [
        (7, 2021, 20),
        (8, 2022, None),
    ]
    assert rows(old, of_seven) == [(2021, 10, KNOWN[0]), (2021, 20, KNOWN[1])]
    assert rows(old, "SELECT DISTINCT title, code FROM policies_programmetarget_version") == [
        (TARGET["text"], "CTIEU-2021-0001")
    ]

    with closing(sqlite3.connect(old / "khcn.sqlite3")) as database, database:  # a year more than one row could say
        insert(database, "policies_targetyear", id=99, target_id=7, year=2025, value=50)
    migrate(old, OLD)

    assert rows(old, "SELECT text, year, value FROM policies_programmetarget ORDER BY year") == [
        (TARGET["text"], 2021, 20),
        (TARGET["text"], 2022, None),
        (TARGET["text"], 2025, 50),
    ]
    assert rows(
        old, "SELECT year, value FROM policies_programmetarget_version WHERE id = 7 ORDER BY recorded_from"
    ) == [
        (2021, 10),
        (2021, 20),
    ]
