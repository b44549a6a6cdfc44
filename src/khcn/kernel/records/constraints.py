"""Say in words which constraint of the database a record would break."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from khcn.language.words import words as _

# Said wherever naming the cause would tell of a record that the person may not know of; every unnamed refusal says it.
NOT_KEPT = _("Không ghi được với các giá trị này. Kiểm tra lại số và ngày; nếu đã đúng, nhờ lãnh đạo Sở kiểm tra.")


@dataclass(frozen=True)
class BrokenConstraint:
    """The fields that a constraint binds, and what is wrong with them, in Vietnamese."""

    names: tuple[str, ...]
    sentence: str


def broken_constraint(row: models.Model, reader: Any) -> BrokenConstraint | None:
    """Return the first constraint that the row, as it stands in memory, would break; None where it breaks none.

    `reader`: who is told. Of a record hidden from them only `NOT_KEPT` is said, and no field is named.
    """
    for constraint in row._meta.constraints:
        try:
            constraint.validate(type(row), row)
        except ValidationError:
            if isinstance(constraint, models.UniqueConstraint) and not _may_know(row, constraint, reader):
                return BrokenConstraint((), NOT_KEPT)
            return _words_of(type(row), constraint)
    return None


def _words_of(model: type[models.Model], constraint: models.BaseConstraint) -> BrokenConstraint:
    if isinstance(constraint, models.UniqueConstraint):
        names = tuple(name for name in _bound(constraint) if name != "office")
        return BrokenConstraint(
            names, _("Trùng {model} với một hồ sơ đã có trong sổ.").format(model=labels_of(model, names))
        )
    condition = constraint.condition if isinstance(constraint, models.CheckConstraint) else Q()
    names = tuple(dict.fromkeys(names_in(condition)))  # type: ignore[arg-type]  # the conditions here are Q
    return BrokenConstraint(
        names,
        _("{model} thiếu hoặc mâu thuẫn với nhau. Kiểm tra lại các mục này.").format(model=labels_of(model, names)),
    )


def _may_know(row: models.Model, constraint: models.UniqueConstraint, reader: Any) -> bool:
    """Tell whether the reader may know of the record that stands in the way; without certainty, no."""
    rows: Any = type(row).objects  # type: ignore[attr-defined]  # every tracked table has it
    same = {name: getattr(row, type(row)._meta.get_field(name).attname) for name in _bound(constraint)}  # type: ignore[union-attr]  # stored fields
    return bool(rows.visible_to(reader).filter(constraint.condition or Q(), **same).exclude(pk=row.pk).exists())


def _bound(constraint: models.UniqueConstraint) -> tuple[str, ...]:
    return tuple(constraint.fields) or tuple(name for part in constraint.expressions for name in _columns_of(part))


def _columns_of(expression: Any) -> list[str]:
    if isinstance(expression, F):
        return [str(expression.name)]  # type: ignore[attr-defined]  # not in the stubs
    return [name for part in expression.get_source_expressions() for name in _columns_of(part)]


def names_in(condition: Q) -> list[str]:
    """Return the fields that a condition speaks of, in its order."""
    names = []
    for child in condition.children:
        names += names_in(child) if isinstance(child, Q) else [str(child[0]).partition("__")[0]]  # type: ignore[index]  # a leaf is a pair
    return names


def labels_of(model: type[models.Model], names: Iterable[str]) -> str:
    """Return fields of a model as people call them."""
    return ", ".join(f"«{model._meta.get_field(name).verbose_name}»" for name in names)  # type: ignore[union-attr]  # a stored field
