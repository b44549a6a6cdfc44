"""Walk a sorted list by keys: any page costs the same, and rows added meanwhile shift nothing."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.db import models
from django.db.models import F, Q

from khcn.kernel.records.refs import LARGEST_NUMBER

PAGE = 50
NOTHING = b"\\u0000"
"""How JSON writes the one character that no text of PostgreSQL holds."""


@dataclass(frozen=True)
class Page:
    """Some rows of a list and the keys of what lies before and after them; empty where nothing does."""

    rows: list[Any]
    before: str
    after: str


def page_of(rows: Any, sort: str, *, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """Return the page after or before a key, or the first one.

    `sort`: a stored column, with `-` for falling; rows without a value come last.
    Raises: BadRequest, if a key was not made here.
    """
    column, falling = sort.removeprefix("-"), sort.startswith("-")
    field = rows.model._meta.get_field(column)
    backwards = bool(before)
    key = _read_key(before or after, field)
    wanted = rows.order_by(*_order(column, falling=falling, backwards=backwards))
    if key is not None:
        wanted = wanted.filter(_beyond(column, key, falling=falling, backwards=backwards))
    found = list(wanted[: size + 1])
    more = len(found) > size
    found = found[:size][::-1] if backwards else found[:size]
    if not found:
        return Page([], "", "")
    return Page(
        found,
        before=_key(found[0], column) if (more if backwards else key is not None) else "",
        after=_key(found[-1], column) if (backwards or more) else "",
    )


def _order(column: str, *, falling: bool, backwards: bool) -> tuple[Any, str]:
    down = falling != backwards
    name = F(column)
    # Rows without a value are last when walking forwards, hence first when walking back.
    options = {"nulls_first": True} if backwards else {"nulls_last": True}
    return (name.desc(**options) if down else name.asc(**options)), ("-pk" if down else "pk")


def _beyond(column: str, key: tuple[Any, int], *, falling: bool, backwards: bool) -> Q:
    value, pk = key
    sign = "lt" if falling != backwards else "gt"
    nothing = Q(**{f"{column}__isnull": True})
    if value is None:
        same = nothing & Q(**{f"pk__{sign}": pk})
        return same | ~nothing if backwards else same
    beyond = Q(**{f"{column}__{sign}": value}) | Q(**{column: value, f"pk__{sign}": pk})
    return beyond if backwards else beyond | nothing


def _key(row: Any, column: str) -> str:
    value = row._meta.get_field(column).value_to_string(row) if getattr(row, column) is not None else None
    return base64.urlsafe_b64encode(json.dumps([value, row.pk]).encode()).decode().rstrip("=")


def _read_key(text: str, field: models.Field[Any, Any]) -> tuple[Any, int] | None:
    if not text:
        return None
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).replace(NOTHING, b""))
        found = (None if value is None else field.to_python(value)), min(max(int(pk), 0), LARGEST_NUMBER)
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError, ValidationError) as error:
        raise BadRequest("Liên kết đến trang này của danh sách không còn đúng. Mở lại danh sách từ đầu.") from error
    return found
