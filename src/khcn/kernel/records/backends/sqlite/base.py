"""Django's SQLite backend with compilers that read as of an instant."""

import sqlite3
from datetime import date
from functools import lru_cache

from django.db.backends.sqlite3 import base, operations
from django.utils.dateparse import parse_date


@lru_cache(maxsize=8192)
def day_of(stored: bytes) -> date | None:
    """Return the day of a stored text; the same few thousand stand in all rows, so each is read once."""
    return parse_date(stored.decode())


sqlite3.register_converter("date", day_of)  # in the place of the one that Django's backend names


class DatabaseOperations(operations.DatabaseOperations):
    """Operations that use our compilers."""

    compiler_module = "khcn.kernel.records.backends.sqlite.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """The embedded database."""

    ops_class = DatabaseOperations
