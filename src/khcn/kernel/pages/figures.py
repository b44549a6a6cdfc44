"""How many records a list holds and what its numbers come to: counted to a cap, summed on demand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, FloatField, IntegerField, Max, Min, Sum

from khcn.kernel.exchange.values import field_of, label_of, short_decimal
from khcn.kernel.records.registry import Column, Register
from khcn.language.words import words as _
from khcn.ui import formats

MOST_COUNTED = 10_000
WHAT = _("hồ sơ")


@dataclass(frozen=True)
class Counted:
    """How many records there are; `more`: there are more than that, nobody counted them."""

    number: int
    more: bool = False

    def words(self) -> str:
        """Return the count as a list says it."""
        text = _("hơn {number} hồ sơ") if self.more else _("{number} hồ sơ")
        return text.format(number=formats.number(self.number))


def count_capped(rows: Any, most: int | None = None) -> Counted:
    """Count the records, no further than `most` (as far as a page counts, if not said)."""
    limit = MOST_COUNTED if most is None else most
    found = rows.order_by()[: limit + 1].count()
    return Counted(limit, more=True) if found > limit else Counted(found)


def count_all(rows: Any) -> Counted:
    """Count the records to the last one."""
    return Counted(rows.order_by().count())


def summed_columns(register: Register) -> list[Column]:
    """Return the columns whose values are quantities: stored, and said to be numeric or with decimals; no years."""
    return [column for column in register.columns if _is_quantity(register, column)]


def sums_of(register: Register, rows: Any) -> dict[str, Any]:
    """Return the count of the records, and for each numeric column its sum, least, most, and how many say it.

    `rows`: those that answer a list, which the reader may know of; nothing else enters. One query.
    """
    columns = summed_columns(register)
    asked: dict[str, Any] = {"so_ho_so": Count("pk")}
    for place, column in enumerate(columns):
        for name, measure in (("tong", Sum), ("nho", Min), ("lon", Max), ("ghi", Count)):
            asked[f"{name}_{place}"] = measure(column.name)
    found = rows.order_by().aggregate(**asked)
    return {
        "count_text": Counted(found["so_ho_so"]).words(),
        "items": [
            {
                "label": label_of(register, column),
                "sum": _written(found[f"tong_{place}"]),
                "least": _written(found[f"nho_{place}"]),
                "most": _written(found[f"lon_{place}"]),
                "known_text": Counted(found[f"ghi_{place}"]).words(),
            }
            for place, column in enumerate(columns)
        ],
    }


def _is_quantity(register: Register, column: Column) -> bool:
    field = field_of(register.model, column.name)
    if field is None or field.remote_field is not None or field.choices:
        return False
    return isinstance(field, DecimalField | FloatField) or (column.numeric and isinstance(field, IntegerField))


def _written(value: Any) -> str:
    return formats.number(short_decimal(value) if isinstance(value, Decimal) else value)
