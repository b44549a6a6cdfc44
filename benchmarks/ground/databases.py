"""Measure on every database at hand, each measurement in a process and on a database of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

INNER = "KHCN_BENCHMARK"


def databases() -> dict[str, str]:
    """Return name → address: SQLite always, PostgreSQL too where DATABASE_URL names one."""
    address = os.environ.get("DATABASE_URL", "")
    return {"SQLite": "", **({"PostgreSQL": address} if address.startswith("postgres") else {})}


def asked_inside() -> dict[str, Any] | None:
    """Return what this process was started to measure; None in the one that starts the others."""
    return json.loads(os.environ[INNER]) if INNER in os.environ else None


def measure_apart(script: str, address: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Run the script again on a fresh place, asked to measure; return what it printed as JSON on its last line."""
    with tempfile.TemporaryDirectory() as folder:
        place = {
            **os.environ,
            "KHCN_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "khcn.config.settings_test",
            "DATABASE_URL": address,
            INNER: json.dumps(asked),
        }
        done = subprocess.run([sys.executable, script], env=place, check=True, stdout=subprocess.PIPE, encoding="utf-8")  # noqa: S603
    return dict(json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def fresh_database() -> Iterator[Any]:
    """Start Django and give the connection of an empty database with all tables; it is gone afterwards."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=False)
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["KHCN_DATA_DIR"]) / "benchmark.sqlite3")
    connection.settings_dict["TEST"]["MIGRATE"] = False  # the tables as the models say, as in the tests
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield connection
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def analyse(connection: Any) -> None:
    """Let the database learn what its tables hold, as it does by itself in the long run."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
