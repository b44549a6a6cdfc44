"""Tell the history of a record in sentences."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.records.changes import Change
from khcn.kernel.records.tracked import Tracked
from khcn.language.words import words as _


@dataclass(frozen=True)
class FieldChange:
    """One field that changed: its label, old and new value as people read them."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class HistoryEntry:
    """One change as it touched one row."""

    at: datetime
    actor: str
    label: str
    why: str
    subject: str
    known_from: datetime | None
    fields: tuple[FieldChange, ...]


EVERYBODY: Any = object()
"""A reader from whom nothing is kept: the system itself."""
UNKNOWN = _("hồ sơ không thuộc phạm vi bạn được xem")
NOTHING = "—"
VIETNAMESE_MARKS = str.maketrans(",.", ".,")
QUIET_FIELDS = frozenset({"id", "code", "office"})


def history_of(
    row: Tracked, parts: Iterable[str] = (), state_label: Callable[[str], str] = str, *, reader: Any = EVERYBODY
) -> list[HistoryEntry]:
    """Return the history of a row and of its parts, newest first.

    `parts`: names of reverse relations whose rows belong to the record. `state_label`: gives a state's name, which
    only the workflow of the register knows. `reader`: who reads; other records that they may not know of stay unnamed.
    """
    words = _Words(state_label, reader)
    entries = _entries(type(row), [row.pk], "", words)
    for name in parts:
        part, column = part_relation(row, name)
        ids = set(part.Version._base_manager.filter(**{column: row.pk}).values_list("id", flat=True))
        entries += _entries(part, ids, str(part._meta.verbose_name), words)
    # Several entries of one act share its instant: the later one still goes on top.
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def part_relation(row: Tracked, name: str) -> tuple[Any, str]:
    """Return the model of the parts under that reverse relation, and their column that holds the record's number."""
    relation: Any = row._meta.get_field(name)
    return relation.related_model, relation.field.attname


@dataclass(frozen=True)
class _Words:
    """How states are called, and who reads."""

    state_label: Callable[[str], str]
    reader: Any

    def named(self, rows: dict[Any, Any]) -> dict[Any, str]:
        """Return the words for related rows; one that the reader may not know of is only said to be one.

        A confidential one is not even that.
        """
        model = next((type(row) for row in rows.values()), None)
        if self.reader is EVERYBODY or model is None or not hasattr(model.objects.all(), "visible_to"):
            return {key: str(row) for key, row in rows.items()}
        known = set(model.objects.visible_to(self.reader).filter(pk__in=rows).values_list("pk", flat=True))
        kept = {key: NOTHING if _is_confidential(row) else UNKNOWN for key, row in rows.items()}
        return {key: str(row) if key in known else kept[key] for key, row in rows.items()}


def _entries(model: type[Tracked], ids: Iterable[int], subject: str, words: _Words) -> list[HistoryEntry]:
    versions = list(model.Version._base_manager.filter(id__in=ids).order_by("id", "recorded_from"))
    changes = Change.objects.in_bulk({version.change_id for version in versions})
    names = _Names(model, versions, words)
    entries: list[HistoryEntry] = []
    previous: Any = None
    for version in versions:
        before = previous if previous is not None and previous.id == version.id else None
        change = changes[version.change_id]
        entries.append(
            HistoryEntry(
                at=change.at,
                actor=change.actor_name,
                label=_(change.verb_label),
                why=change.why,
                subject=subject,
                known_from=change.known_from,
                fields=tuple(names.differences(before, version)) if before is not None else (),
            ),
        )
        previous = version
    return entries


class _Names:
    """Turns stored values into what people read, with one query per related table."""

    def __init__(self, model: type[models.Model], versions: list[Any], words: _Words) -> None:
        self.state_label = words.state_label
        self.fields = [
            f
            for f in model._meta.local_concrete_fields
            if f.name not in QUIET_FIELDS and not getattr(f, "derived", False)
        ]
        self.related: dict[str, dict[Any, str]] = {}
        for field in self.fields:
            if field.remote_field is not None:
                keys = {getattr(version, field.attname) for version in versions} - {None}
                rows = field.remote_field.model._base_manager.in_bulk(keys)
                self.related[field.attname] = words.named(rows)

    def differences(self, before: Any, after: Any) -> Iterable[FieldChange]:
        for field in self.fields:
            old, new = getattr(before, field.attname), getattr(after, field.attname)
            if old != new:
                told = FieldChange(str(field.verbose_name), self.words(field, old), self.words(field, new))
                if told.old != told.new or field.attname not in self.related:  # of what is kept back nothing is told
                    yield told

    def words(self, field: models.Field[Any, Any], value: Any) -> str:
        if value in (None, ""):
            return NOTHING
        if field.name == "state":
            return self.state_label(str(value))
        if field.attname in self.related:
            return self.related[field.attname].get(value, str(value))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return plain_words(value)


def _is_confidential(row: Any) -> bool:
    return bool(getattr(row, "confidentiality", "") == Confidentiality.CONFIDENTIAL)


def plain_words(value: Any) -> str:
    """Return a stored value as people read it."""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return _("{local:%H:%M} ngày {day}/{month}/{year}").format(
            local=local, day=local.day, month=local.month, year=local.year
        )
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}".translate(VIETNAMESE_MARKS)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
