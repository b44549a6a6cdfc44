"""Tell what happened to many records between two instants, in few queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import models

from khcn.kernel.records.changes import Change
from khcn.kernel.records.history import QUIET_FIELDS, FieldChange, plain_words
from khcn.kernel.records.tracked import Tracked

KEPT_BACK = ""
"""Stands for a related row, which may be a record that the reader may not know of."""


@dataclass(frozen=True)
class Happening:
    """One change between the two instants. `subject`: the part it touched, empty for the record; `entered`: it is new.

    `fields` tell old and new values; of related rows only that they changed.
    """

    at: datetime
    actor: str
    label: str
    why: str
    subject: str
    entered: bool
    fields: tuple[FieldChange, ...]


def between(
    model: type[Tracked],
    ids: Collection[int],
    *,
    after: datetime,
    until: datetime,
    parts: Iterable[str] = (),
    state_label: Callable[[str], str] = str,
) -> dict[int, list[Happening]]:
    """Return, by record, what became known after the one instant and until the other, oldest first.

    `parts`: names of reverse relations whose rows belong to the record. Two queries for the records, two for each part.
    """
    found: dict[int, list[Happening]] = {}
    told = [(model, "id", "")]
    for name in parts:
        relation: Any = model._meta.get_field(name)
        part = relation.related_model
        told.append((part, relation.field.attname, str(part._meta.verbose_name)))
    for table, column, subject in told:
        rows = table.Version._base_manager.filter(
            **{f"{column}__in": ids}, recorded_from__lte=until, recorded_to__gt=after
        )
        versions = list(rows.order_by("id", "recorded_from"))
        names = _Words(table, state_label)
        for owner, happening in _told(versions, column, subject, after, names):
            found.setdefault(owner, []).append(happening)
    return {key: sorted(rows, key=lambda row: row.at) for key, rows in found.items()}


def _told(
    versions: list[Any], column: str, subject: str, after: datetime, words: _Words
) -> Iterator[tuple[int, Happening]]:
    fresh = [version for version in versions if version.recorded_from > after]
    changes = Change.objects.in_bulk({version.change_id for version in fresh})
    for _, rows in groupby(versions, key=lambda version: version.id):
        previous: Any = None
        for version in rows:
            if version.recorded_from > after:
                change = changes[version.change_id]
                fields = tuple(words.differences(previous, version)) if previous is not None else ()
                told = (change.at, change.actor_name, change.verb_label, change.why, subject, previous is None, fields)
                yield getattr(version, column), Happening(*told)
            previous = version


class _Words:
    """Turns what differs between two versions into words, without a query."""

    def __init__(self, model: type[models.Model], state_label: Callable[[str], str]) -> None:
        self.state_label = state_label
        fields = model._meta.local_concrete_fields
        self.fields = [f for f in fields if f.name not in QUIET_FIELDS and not getattr(f, "derived", False)]

    def differences(self, before: Any, after: Any) -> Iterator[FieldChange]:
        for field in self.fields:
            old, new = getattr(before, field.attname), getattr(after, field.attname)
            if old != new:
                yield FieldChange(str(field.verbose_name), self.said(field, old), self.said(field, new))

    def said(self, field: models.Field[Any, Any], value: Any) -> str:
        if field.remote_field is not None:
            return KEPT_BACK
        if value in (None, ""):
            return "—"
        if field.name == "state":
            return self.state_label(str(value))
        return str(dict(field.flatchoices).get(value, value)) if field.choices else plain_words(value)
