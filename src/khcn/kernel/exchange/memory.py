"""Remember, for a whole office, how columns and values of its spreadsheets were matched; and forget it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from khcn.kernel.exchange.cells import is_empty, reader_of, reads
from khcn.kernel.exchange.guessing import Headings, Rows, candidates, fingerprint_of, keys_of
from khcn.kernel.exchange.lookups import Lookups
from khcn.kernel.exchange.models import ColumnMatching, ValueMatch
from khcn.kernel.identity.models import Office
from khcn.kernel.records.registry import Column, Register
from khcn.kernel.text.folding import search_key

LONGEST = 500
KEPT_WORDS = 200


def remember_columns(
    register: Register, office: Office, headings: Headings, columns: Mapping[int, str], *, actor: Any, at: datetime
) -> ColumnMatching:
    """Remember which column each heading of the set means. `columns`: place of a cell → name, for what is imported."""
    keys = keys_of(headings)
    said = {key[:KEPT_WORDS]: columns.get(place, "") for place, key in keys.items()}
    found, _ = ColumnMatching.objects.update_or_create(
        office=office,
        register=register.key,
        headings=fingerprint_of(headings),
        defaults={"columns": said, "matched_by": actor, "matched_at": at},
    )
    return found


def remembered_columns(
    register: Register, office: Office, rows: Rows
) -> tuple[Headings, dict[int, str], ColumnMatching] | None:
    """Return the headings in the lines that were matched before, how, and by whom; one query."""
    by_print = {fingerprint_of(one): one for one in reversed(candidates(rows))}
    found = (
        ColumnMatching.objects.filter(office=office, register=register.key, headings__in=by_print)
        .select_related("matched_by")
        .first()
    )
    if found is None:
        return None
    headings = by_print[found.headings]
    known = {column.name for column in register.columns if column.importable}
    said = {place: found.columns.get(key[:KEPT_WORDS], "") for place, key in keys_of(headings).items()}
    return headings, {place: name for place, name in said.items() if name in known}, found


def remember_values(
    register: Register, office: Office, said: Mapping[tuple[str, str], str], *, actor: Any, at: datetime
) -> None:
    """Remember what names that lists do not know mean. `said`: (name of the column, text of the file) → target."""
    for (column, text), target in said.items():
        ValueMatch.objects.update_or_create(
            office=office,
            register=register.key,
            column=column,
            folded=_folded(text),
            defaults={"text": text[:LONGEST], "target": target[:LONGEST], "matched_by": actor, "matched_at": at},
        )


def remembered_values(
    register: Register, columns: Iterable[Column], lookups: Lookups, only: Collection[int] = ()
) -> list[ValueMatch]:
    """Return what was remembered of values in the columns, as far as the person may know of what is meant.

    A target that the person cannot find is left out: it would tell them of something hidden, or is no more.
    `only`: keys of matches, all if none is named.
    """
    named = {column.name: column for column in columns}
    found = ValueMatch.objects.filter(office=lookups.office, register=register.key, column__in=named)
    if only:
        found = found.filter(pk__in=only)
    readers = {name: reader_of(register, column, lookups) for name, column in named.items()}
    return [match for match in found.select_related("matched_by") if reads(readers[match.column], match.target)]


class Meanings:
    """What cells of each column are read as instead of what they say."""

    def __init__(self, matches: Iterable[ValueMatch]) -> None:
        self._known: dict[str, dict[str, str]] = {}
        for match in matches:
            self._known.setdefault(match.column, {})[match.folded] = match.target

    def of(self, column: str, cell: Any) -> Any:
        """Return what the cell means: itself, where nothing else was said."""
        known = self._known.get(column)
        if not known or not isinstance(cell, str) or is_empty(cell):
            return cell
        return known.get(_folded(cell), cell)


def forget_columns(register: Register, office: Office, key: int) -> None:
    """Forget one way of matching columns."""
    ColumnMatching.objects.filter(office=office, register=register.key, pk=key).delete()


def forget_value(register: Register, office: Office, key: int) -> None:
    """Forget what one name was said to mean."""
    ValueMatch.objects.filter(office=office, register=register.key, pk=key).delete()


def _folded(text: str) -> str:
    return search_key(text)[:LONGEST]
