"""Insert many rows of one table: column by column, each value made ready for the database once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.db import connections, models, router


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, whose own key is a number, and give them their keys, ascending in their order.

    Nothing else is done: guards, codes and history are the caller's. Expressions are no values here.
    """
    model = type(rows[0])
    for row, key in zip(rows, _take_keys(model, len(rows)), strict=True):
        row._prepare_related_fields_for_save("bulk_create")  # type: ignore[attr-defined]  # noqa: SLF001 (Django's own check of related rows)
        row.pk = key
    insert_columns(model, {field.name: _values(field, rows) for field in model._meta.local_concrete_fields})
    for row in rows:
        row._state.adding, row._state.db = False, router.db_for_write(model)


def insert_columns(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows that are given as columns. `columns`: field name → its value in each row; others take no default."""
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    names = ", ".join(quote(field.column) for field in fields)
    ready = [_ready(connection, field, values) for field, values in zip(fields, columns.values(), strict=True)]
    into, rows = f"{quote(model._meta.db_table)} ({names})", zip(*ready, strict=True)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            signs = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {into} VALUES ({signs})", list(rows))  # noqa: S608 (quoted names of our own tables)


def _take_keys(model: type[models.Model], count: int) -> Iterable[int]:
    """Take keys that no other row has had or will have.

    The embedded database has one writer at a time: the keys after the last one given are ours until the transaction
    ends. The other gives each from its sequence.
    """
    connection = connections[router.db_for_write(model)]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchone()[0]
            return range(last + 1, last + count + 1)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [connection.ops.quote_name(table), count],
        )
        return sorted(key for (key,) in cursor.fetchall())


def _values(field: Any, rows: Sequence[models.Model]) -> Sequence[Any]:
    if type(field).pre_save is models.Field.pre_save:
        return list(map(attrgetter(field.attname), rows))
    return [field.pre_save(row, add=True) for row in rows]


def _ready(connection: Any, field: Any, values: Sequence[Any]) -> Sequence[Any]:
    """Return the values as the database takes them; most columns repeat a few."""
    if isinstance(field, models.JSONField):  # has values that are equal and not the same: true and 1
        return [field.get_db_prep_save(value, connection) for value in values]
    made = {value: field.get_db_prep_save(value, connection) for value in set(values)}
    return [made[value] for value in values]
