"""What the columns of a register hold for one record, and how people read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Column, Register
from khcn.language.words import with_capital
from khcn.language.words import words as _
from khcn.ui import formats

AS_THEY_STAND = frozenset({str, int, float, Decimal, date, datetime, type(None)})
"""Nearly every cell is one of these; asking that first makes exports a third quicker."""


def field_of(model: type[models.Model], name: str) -> models.Field[Any, Any] | None:
    """Return the stored field of that name, None where the name is a property of the rows."""
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) and found.concrete else None


def label_of(register: Register, column: Column) -> str:
    """Return the heading of a column: its own words, or those of its field."""
    field = field_of(register.model, column.name)
    return with_capital(column.label or (cast("str", field.verbose_name) if field is not None else column.name))


def value_of(register: Register, row: Any, column: Column) -> Any:
    """Return what a cell shows: a text, a date, an instant, a number, or None; codes of states and choices as words."""
    value = getattr(row, column.name)
    return shower_of(register, column)(value() if callable(value) else value)


@lru_cache(maxsize=1024)
def shower_of(register: Register, column: Column) -> Callable[[Any], Any]:
    """Return what turns the stored value of a column into what a cell shows."""
    if column.write is not None:
        return column.write
    words: dict[Any, str] = {}
    field = field_of(register.model, column.name)
    if column.name == "state" and register.workflow is not None:
        words = {state: register.workflow.state_label(state) for state in register.workflow.info}
    elif field is not None and field.choices:
        words = dict(field.flatchoices)
    return partial(_shown, words) if words else or_nothing


def _shown(words: dict[Any, str], value: Any) -> Any:
    if value in (None, ""):
        return None
    return words[value] if value in words else plain(value)


def or_nothing(value: Any) -> Any:
    """Return a value that needs no other words as a cell shows it; an empty text is nothing."""
    return None if value in (None, "") else plain(value)


def plain(value: Any) -> Any:
    """Return a value as a cell may hold it: yes and no as words, related rows by their names."""
    if value.__class__ in AS_THEY_STAND:
        return value
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, Record):
        # Rows of files are passed on: what is confidential stands in them by its code, if the reader may know of it.
        return value.listed_name or None
    return value if isinstance(value, str | int | float | Decimal | date) else str(value)


def text_of(value: Any, column: Column | None = None) -> str:
    """Return a value as a person reads it; only columns said to be numeric get dots between thousands."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return formats.instant(local(value))
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Decimal):
        return formats.number(short_decimal(value))
    if isinstance(value, int) and column is not None and column.numeric:
        return formats.number(value)
    return str(value)


def local(value: datetime) -> datetime:
    """Return an instant in local time; at the very ends of the calendar, where there is none, as it stands."""
    try:
        return timezone.localtime(value) if timezone.is_aware(value) else value
    except OverflowError:
        return value


def short_decimal(value: Decimal) -> Decimal:
    """Return the number without the zeros that end its decimals."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def shown_columns(register: Register, names: Iterable[str] = ()) -> list[Column]:
    """Return the columns of those names, or those that lists show by default, in the register's order."""
    wanted = set(names)
    chosen = [column for column in register.columns if column.name in wanted]
    return chosen or [column for column in register.columns if column.wide]


def with_related(register: Register, queryset: Any, columns: Sequence[Column]) -> Any:
    """Fetch with the records whatever their columns name, so that the number of queries does not grow."""
    joined: set[str] = set()
    fetched: set[str] = set()
    fields = [field_of(register.model, column.name) for column in columns]
    joined.update(field.name for field in fields if field is not None and field.remote_field is not None)
    # What is no field is worked out of the record and of what hangs on it; fields alone need nothing more.
    worked_out = None in fields or any(column.write for column in columns)
    for path in register.related if worked_out else ():
        (joined if _is_forward(register.model, path) else fetched).add(path)
    queryset = queryset.select_related(*sorted(joined)) if joined else queryset
    return queryset.prefetch_related(*sorted(fetched)) if fetched else queryset


def completed(register: Register, rows: Iterable[Any]) -> list[Any]:
    """Return the rows with what the register's columns need beside them, asked for all of them at once."""
    found = list(rows)
    if register.read_rows is not None and found:
        register.read_rows(found)
    return found


def _is_forward(model: type[models.Model], path: str) -> bool:
    for name in path.split("__"):
        field = field_of(model, name)
        if field is None or field.remote_field is None:
            return False
        model = field.remote_field.model
    return True
