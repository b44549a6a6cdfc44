"""What of the database is kept, and how its values are written so that no database changes them."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

READ_AT_ONCE = 200
LEFT_OUT_APPS = frozenset({"sessions", "axes"})
"""Who is signed in and who mistyped a password is of this machine and this hour, not of the registers."""
LEFT_OUT = frozenset({"search.SearchOutbox", "search.IndexLease"})
"""The index is built anew after a restore, so nothing waits for it."""
MADE_BY_MIGRATE = frozenset({"contenttypes.ContentType", "auth.Permission"})
"""Rows that every prepared database has; a restore puts those of the backup in their place."""

_JSON_TEXT = "JSONField"
_MICROSECOND = timedelta(microseconds=1)
_WRITE: dict[str, Callable[[Any], Any]] = {
    "DecimalField": str,
    "DateField": date.isoformat,
    "DateTimeField": lambda value: value.astimezone(UTC).isoformat(),
    "TimeField": time.isoformat,
    "DurationField": lambda value: value // _MICROSECOND,
    "UUIDField": str,
    "BinaryField": lambda value: b64encode(bytes(value)).decode(),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "DecimalField": Decimal,
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "TimeField": time.fromisoformat,
    "DurationField": lambda value: value * _MICROSECOND,
    "UUIDField": UUID,
    "BinaryField": b64decode,
}


@dataclass(frozen=True)
class Column:
    """A column: its name in the database, the model's name for it, and the kind of its values."""

    name: str
    attname: str
    kind: str


def kept_models() -> list[type[models.Model]]:
    """Return the models whose rows a backup holds, what others refer to before what refers to it."""
    found = [model for model in apps.get_models(include_auto_created=True) if _is_kept(model)]
    placed: dict[type[models.Model], None] = {}
    for model in found:
        _place(model, set(found), placed, ())
    return list(placed)


def columns_of(model: type[models.Model]) -> tuple[Column, ...]:
    """Return the columns of a model's table, in the order of the model."""
    return tuple(
        Column(field.column, field.attname, _kind(field)) for field in model._meta.local_concrete_fields if field.column
    )


def plain(model: type[models.Model]) -> models.QuerySet[Any]:
    """Return all rows of a table, past the guards that registers put before them."""
    return models.QuerySet(model)


def lines_of(model: type[models.Model]) -> Iterator[bytes]:
    """Yield each row as one line of JSON, by primary key; only a few hundred rows are in memory at once.

    A line is the list of the values in the order of `columns_of`. JSON columns are the text of their JSON, so that
    JSON's own null is told from a column without value.
    """
    columns = columns_of(model)
    asked = [
        Cast(column.attname, models.TextField()) if column.kind == _JSON_TEXT else column.attname for column in columns
    ]
    writers = [_WRITE.get(column.kind) for column in columns]
    for row in plain(model).order_by("pk").values_list(*asked).iterator(chunk_size=READ_AT_ONCE):
        values = [
            value if write is None or value is None else write(value) for write, value in zip(writers, row, strict=True)
        ]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def row_of(line: bytes, columns: tuple[Column, ...]) -> list[Any]:
    """Read one line back.

    Raises: ValueError, if it is not such a line.
    """
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(columns):
        raise ValueError(f"dòng không có đúng {len(columns)} giá trị")
    readers = [_READ.get(column.kind) for column in columns]
    return [
        value if read is None or value is None else read(value) for read, value in zip(readers, values, strict=True)
    ]


def parameters_of(model: type[models.Model], connection: Any) -> list[Callable[[Any], Any]]:
    """Return for each column what makes of a value the parameter of an INSERT in this database."""
    return [_parameter(field, connection) for field in model._meta.local_concrete_fields]


def _parameter(field: models.Field[Any, Any], connection: Any) -> Callable[[Any], Any]:
    if _kind(field) == _JSON_TEXT:
        return _as_it_is  # already the text that the column holds
    return partial(field.get_db_prep_save, connection=connection)


def _as_it_is(value: Any) -> Any:
    return value


def _is_kept(model: type[models.Model]) -> bool:
    options = model._meta
    return (
        options.managed
        and not options.proxy
        and options.app_label not in LEFT_OUT_APPS
        and options.label not in LEFT_OUT
    )


def _place(
    model: type[models.Model],
    wanted: set[type[models.Model]],
    placed: dict[type[models.Model], None],
    under_way: tuple[type[models.Model], ...],
) -> None:
    if model in placed or model in under_way:  # circles are left to constraints, which are checked at the end
        return
    for field in model._meta.local_concrete_fields:
        target = field.remote_field.model if field.remote_field else None
        if target in wanted:
            _place(target, wanted, placed, (*under_way, model))
    placed[model] = None


def _kind(field: models.Field[Any, Any]) -> str:
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]  # a key has one, and no other field has a remote side
    return field.get_internal_type()
