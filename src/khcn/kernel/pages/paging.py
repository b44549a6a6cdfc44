"""Walk a sorted list by keys: any page costs the same, and rows added meanwhile shift nothing."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.db import models
from django.db.models import Q

from khcn.kernel.records.refs import LARGEST_NUMBER
from khcn.language.words import words as _

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
    found: list[Any] = []
    bare = rows.prefetch_related(None)
    for stretch in _stretches(bare, column, key, falling=falling, backwards=backwards):
        found += stretch[: size + 1 - len(found)]
        if len(found) > size:
            break
    models.prefetch_related_objects(found, *rows._prefetch_related_lookups)  # noqa: SLF001 (once for both stretches)
    more = len(found) > size
    found = found[:size][::-1] if backwards else found[:size]
    if not found:
        return Page([], "", "")
    return Page(
        found,
        before=_key(found[0], column) if (more if backwards else key is not None) else "",
        after=_key(found[-1], column) if (backwards or more) else "",
    )


def _stretches(rows: Any, column: str, key: tuple[Any, int] | None, *, falling: bool, backwards: bool) -> Iterator[Any]:
    """Yield what lies beyond the key in the direction of the walk: rows with a value, then those without.

    Walking back the order is the other way round. Each stretch alone is what a plain index on (column, id) serves from
    the key on; both in one condition would be read from the beginning of the list.
    """
    nullable, down = rows.model._meta.get_field(column).null, falling != backwards
    entry, sign = f"{'-' if down else ''}pk", "lt" if down else "gt"
    valued = rows.order_by(f"{'-' if down else ''}{column}", entry)
    blank = rows.order_by(entry).filter(**{f"{column}__isnull": True})
    valued = valued.filter(**{f"{column}__isnull": False}) if nullable else valued
    value, pk = key or (None, 0)
    if key is not None and value is None:
        blank = blank.filter(**{f"pk__{sign}": pk})
    if value is not None:
        valued = valued.filter(_beyond(column, (value, pk), sign))
    if not nullable:
        yield valued
        return
    first, last = (blank, valued) if backwards else (valued, blank)
    # From a row of the second stretch nothing of the first lies ahead.
    if key is None or (value is None) == backwards:
        yield first
    yield last


def _beyond(column: str, key: tuple[Any, int], sign: str) -> Q:
    value, pk = key
    # The first condition alone says where an index is to be entered; the second is exact.
    return Q(**{f"{column}__{sign}e": value}) & (
        Q(**{f"{column}__{sign}": value}) | Q(**{column: value, f"pk__{sign}": pk})
    )


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
        raise BadRequest(_("Liên kết đến trang này của danh sách không còn đúng. Mở lại danh sách từ đầu.")) from error
    return found
