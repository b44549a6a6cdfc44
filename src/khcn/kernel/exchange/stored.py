"""Read stored columns of many records without making records of them; what is worked out of a record is none."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import models

from khcn.kernel.exchange.values import field_of, or_nothing, shower_of
from khcn.kernel.records.registry import Column, Register

TEXTS = frozenset({str, type(None)})


def is_stored(register: Register, column: Column) -> bool:
    """Tell whether the column is a field of the record itself: one plain value that leads to no other record."""
    field = field_of(register.model, column.name)
    return field is not None and field.remote_field is None and not isinstance(field, models.JSONField)


def stored_slices(register: Register, rows: Any, columns: Sequence[Column], size: int) -> Iterator[list[Sequence[Any]]]:
    """Yield what the cells of a queryset show, so many rows at a time, column by column."""
    showers = [shower_of(register, column) for column in columns]
    found = rows.values_list(*(column.name for column in columns)).iterator(chunk_size=size)
    while piece := list(islice(found, size)):
        yield [_shown(show, values) for show, values in zip(showers, zip(*piece, strict=True), strict=True)]


def _shown(show: Callable[[Any], Any], values: Sequence[Any]) -> list[Any]:
    """Return what cells show; texts that need no other words, as names and codes are, pass without a call for each."""
    if show is or_nothing and TEXTS.issuperset(map(type, values)):
        return [value or None for value in values]
    return each_once(show, values)


def each_once(work: Callable[[Any], Any], values: Sequence[Hashable]) -> list[Any]:
    """Return what the work makes of each value, done once for equal ones: columns repeat themselves."""
    made = {value: work(value) for value in set(values)}
    return [made[value] for value in values]
