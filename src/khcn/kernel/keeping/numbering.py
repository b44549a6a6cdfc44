"""The last number that a table gave to a row: it may be higher than any row left, and must never be given again."""

from __future__ import annotations

from typing import Any

from django.db import connection, models


def last_number(model: type[models.Model]) -> int:
    """Return the last number given to a row of the table; 0 where none was, or where rows are not numbered."""
    key = _number_column(model)
    if key is None:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        else:
            name = _sequence(cursor, model, key)
            cursor.execute(f"SELECT last_value FROM {name} WHERE is_called")  # noqa: S608 (the database's own name)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def go_on_after(model: type[models.Model], number: int) -> None:
    """Let the table give numbers above this one from now on; 0 leaves it as it is."""
    key = _number_column(model)
    if key is None or number < 1:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
        else:
            cursor.execute("SELECT setval(%s, %s, true)", [_sequence(cursor, model, key), number])


def _number_column(model: type[models.Model]) -> str | None:
    key = model._meta.pk
    return key.column if isinstance(key, models.AutoField | models.BigAutoField | models.SmallAutoField) else None


def _sequence(cursor: Any, model: type[models.Model], key: str) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key])
    return str(cursor.fetchone()[0])
