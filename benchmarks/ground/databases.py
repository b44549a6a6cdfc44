"""Measure on every database at hand, each measurement in a process and on a database of its own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

INNER = "KHCN_BENCHMARK"
Asking = Callable[..., Any]


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
        place = _place(folder, address, asked)
        done = subprocess.run([sys.executable, script], env=place, check=True, stdout=subprocess.PIPE, encoding="utf-8")  # noqa: S603 - our own
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _place(folder: str, address: str, asked: dict[str, Any]) -> dict[str, str]:
    return {
        **os.environ,
        "KHCN_DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "khcn.config.settings_test",
        "DATABASE_URL": address,
        INNER: json.dumps(asked),
    }


@contextmanager
def empty_place(address: str) -> Iterator[str]:
    """Give the address of an empty database beside that of the address, gone afterwards; of SQLite there is none."""
    if not address:
        yield address
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"khcn_benchmark_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            parts = urlsplit(address)
            yield urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, ""))
        finally:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def kept_apart(script: str, address: str, asked: dict[str, Any]) -> Iterator[Asking]:
    """Run the script again on a fresh place and give what asks it: several such, asked in turn, share the noise.

    What is asked are words that `answer_apart` there passes on; the first answer is waited for until all is filled.
    """
    with tempfile.TemporaryDirectory() as folder:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        with subprocess.Popen([sys.executable, script], env=_place(folder, address, asked), **pipes) as apart:  # noqa: S603 - our own

            def ask(*words: Any) -> Any:
                assert apart.stdin is not None
                assert apart.stdout is not None
                print(json.dumps(words), file=apart.stdin, flush=True)
                return json.loads(apart.stdout.readline())

            yield ask
            if apart.stdin is not None:
                apart.stdin.close()


def answer_apart(answer: Asking) -> None:
    """Answer what the process that started this one asks, until it asks no more."""
    for line in sys.stdin:
        print(json.dumps(answer(*json.loads(line))), flush=True)


@contextmanager
def fresh_database() -> Iterator[Any]:
    """Start Django and give the connection of an empty database with all tables; it is gone afterwards."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=False)
    own = f"khcn_benchmark_{os.getpid()}"  # several may be measured at a time
    if connection.vendor == "sqlite":
        own = str(Path(os.environ["KHCN_DATA_DIR"]) / f"{own}.sqlite3")
    connection.settings_dict["TEST"]["NAME"] = own
    connection.settings_dict["TEST"]["MIGRATE"] = False  # the tables as the models say, as in the tests
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield connection
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def analyse(connection: Any) -> None:
    """Let the database learn what its tables hold, as it does by itself, or the product every night."""
    from khcn.kernel.jobs.jobs import learn_tables

    if connection.vendor == "sqlite":
        learn_tables.func()
    else:
        connection.cursor().execute("VACUUM ANALYZE")


def medians(ask: Asking, ways: Sequence[str], repeats: int) -> dict[str, float]:
    """Ask the ways in turn so often, and return the median of each; the first round only warms up."""
    taken: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(repeats + 1):
        for way, times in taken.items():
            times.append(ask(way))
    return {way: statistics.median(times[1:]) for way, times in taken.items()}
