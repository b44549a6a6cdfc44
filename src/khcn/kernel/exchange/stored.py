"""Read stored columns of many records without making records of them; what is worked out of a record is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from khcn.kernel.exchange.values import field_of, shower_of
from khcn.kernel.records.registry import Column, Register


def is_stored(register: Register, column: Column) -> bool:
    """Tell whether the column is a field of the record itself that leads to no other."""
    field = field_of(register.model, column.name)
    return field is not None and field.remote_field is None


def stored_cells(register: Register, rows: Any, columns: Sequence[Column]) -> dict[int, list[Any]]:
    """Return key → what the cells of the columns show, for the records of a queryset."""
    showers = [shower_of(register, column) for column in columns]
    found = rows.values_list("pk", *(column.name for column in columns))
    return {values[0]: [show(value) for show, value in zip(showers, values[1:], strict=True)] for values in found}
