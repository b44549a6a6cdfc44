"""Read stored columns of many records without making records of them; what is worked out of a record is none."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import models

from khcn.kernel.exchange.values import field_of, shower_of
from khcn.kernel.records.registry import Column, Register


def is_stored(register: Register, column: Column) -> bool:
    """Tell whether the column is a field of the record itself: one plain value that leads to no other record."""
    field = field_of(register.model, column.name)
    return field is not None and field.remote_field is None and not isinstance(field, models.JSONField)


def stored_slices(register: Register, rows: Any, columns: Sequence[Column], size: int) -> Iterator[list[Sequence[Any]]]:
    """Yield what the cells of a queryset show, so many rows at a time, column by column."""
    showers = [shower_of(register, column) for column in columns]
    found = rows.values_list(*(column.name for column in columns)).iterator(chunk_size=size)
    while piece := list(islice(found, size)):
        yield [each_once(show, values) for show, values in zip(showers, zip(*piece, strict=True), strict=True)]


def each_once(work: Callable[[Any], Any], values: Sequence[Hashable]) -> list[Any]:
    """Return what the work makes of each value, done once for equal ones: columns repeat themselves."""
    made = {value: work(value) for value in set(values)}
    return [made[value] for value in values]
