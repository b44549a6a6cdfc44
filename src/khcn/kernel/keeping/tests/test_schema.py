"""An empty database gets its tables from the models; they are those that the migrations make, step by step."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest


def made_by(folder, *words):
    variables = os.environ | {"KHCN_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "khcn.config.settings"}
    variables.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-m", "khcn.config.command", *words], env=variables, check=True, timeout=280)  # noqa: S603 (our own command)
    return folder / "khcn.sqlite3"


def tables_of(path) -> dict[str, Any]:
    """Return of each table its columns, indexes, keys and checks, whatever the order in which they were made."""
    found = {}
    with closing(sqlite3.connect(path)) as database:
        for name, made in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = {row[1:] for row in database.execute(f"PRAGMA table_info({name})")}
            keys = {row[2:] for row in database.execute(f"PRAGMA foreign_key_list({name})")}
            indexes = set()
            for _seq, index, unique, origin, partial in database.execute(f"PRAGMA index_list({name})"):
                (said,) = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", [index]).fetchone()
                inside = tuple(row[2] for row in database.execute(f"PRAGMA index_info({index})"))
                indexes.add((said or inside, unique, origin, partial))
            found[name] = (columns, keys, indexes, made.count(" CHECK "))
    return found


@pytest.mark.timeout(280)
def test_the_models_make_the_tables_that_the_migrations_make(tmp_path):
    at_once = tables_of(made_by(tmp_path / "models", "prepare"))
    stepwise = tables_of(made_by(tmp_path / "migrations", "manage", "migrate", "-v", "0"))

    assert at_once.keys() == stepwise.keys()
    assert {name: (one, stepwise[name]) for name, one in at_once.items() if one != stepwise[name]} == {}


def test_a_second_run_finds_nothing_to_do(tmp_path):
    path = made_by(tmp_path, "prepare")
    steps = "SELECT app, name FROM django_migrations"
    with closing(sqlite3.connect(path)) as database:
        before = set(database.execute(steps))
    made_by(tmp_path, "prepare")

    with closing(sqlite3.connect(path)) as database:
        assert set(database.execute(steps)) == before
    assert ("councils", "0001_initial") in before
