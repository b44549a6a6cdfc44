"""Tell the history of a record in sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.records.changes import Change
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import resolve
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
    own = type(row).Version._base_manager.filter(id=row.pk).order_by("recorded_from")
    read: list[tuple[Any, list[Any], str]] = [(type(row), list(own), "")]
    relations = [part_relation(row, name) for name in parts]
    for (part, _column), versions in zip(relations, _versions_of(row, relations), strict=True):
        read.append((part, versions, str(part._meta.verbose_name)))
    changes = Change.objects.in_bulk({version.change_id for _model, versions, _subject in read for version in versions})
    entries = [one for model, versions, subject in read for one in _entries(model, versions, changes, subject, words)]
    # Several entries of one act share its instant: the later one still goes on top.
    return _gathered(sorted(entries, key=lambda entry: entry.at)[::-1])


def _gathered(entries: list[HistoryEntry]) -> list[HistoryEntry]:
    """Return the entries with parts of one kind that one act made told once, and no subject that the act names."""
    counts = Counter(entries)
    found = []
    for entry in dict.fromkeys(entries):
        subject = entry.subject
        if (count := counts[entry]) > 1 and subject:
            subject = f"{count} {subject}"
        elif subject and subject.casefold() in entry.label.casefold():
            subject = ""
        found.append(replace(entry, subject=subject))
    return found


@dataclass(frozen=True)
class _OnlyVersion:
    """The version of a part that was never changed: what it held is not told, so nothing of it is read."""

    id: int
    change_id: int


def _versions_of(row: Tracked, relations: list[tuple[Any, str]]) -> list[list[Any]]:
    """Return for each kind of parts the versions of those that belong to the row, also of those taken away or moved.

    One query finds all of them; only the kinds of which something was changed are read besides.
    """
    if not relations:
        return []
    found: list[list[tuple[int, int]]] = [[] for _relation in relations]
    for place, number, change in _union(row, relations):
        found[place].append((number, change))
    return [
        _read_changed(part, seen) if len({number for number, _change in seen}) < len(seen) else _unchanged(seen)
        for (part, _column), seen in zip(relations, found, strict=True)
    ]


def _union(row: Tracked, relations: list[tuple[Any, str]]) -> Any:
    asked = []
    for place, (part, column) in enumerate(relations):
        theirs: Any = part.Version._base_manager
        ids = theirs.filter(**{column: row.pk}).order_by().values("id")
        versions = theirs.filter(id__in=ids).order_by().annotate(place=models.Value(place))
        asked.append(versions.values_list("place", "id", "change_id"))
    return asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]


def _unchanged(seen: list[tuple[int, int]]) -> list[Any]:
    return [_OnlyVersion(number, change) for number, change in sorted(seen)]


def _read_changed(part: Any, seen: list[tuple[int, int]]) -> list[Any]:
    """Return the versions of parts of which some were changed, those of a row together, the first of it first."""
    numbers = Counter(number for number, _change in seen)
    changed = [number for number, count in numbers.items() if count > 1]
    versions: Any = part.Version._base_manager.filter(id__in=changed).order_by("id", "recorded_from")
    return [*versions, *_unchanged([one for one in seen if numbers[one[0]] == 1])]


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


Step = tuple[Any, Any]
"""A version before, None for the first of a row, and the version after."""


def _steps(versions: list[Any]) -> list[Step]:
    return [
        (before if before is not None and before.id == after.id else None, after)
        for before, after in zip([None, *versions], versions, strict=False)
    ]


def _entries(
    model: type[Tracked], versions: list[Any], changes: dict[int, Change], subject: str, words: _Words
) -> Iterable[HistoryEntry]:
    steps = _steps(versions)
    names = _Names(model, steps, words)
    for before, version in steps:
        change = changes[version.change_id]
        yield HistoryEntry(
            at=change.at,
            actor=change.actor_name,
            label=_(change.verb_label),
            why=change.why,
            subject=subject,
            known_from=change.known_from,
            fields=tuple(names.differences(before, version)) if before is not None else (),
        )


class _Names:
    """Turns stored values into what people read, with one query for each related table of which something changed."""

    def __init__(self, model: type[models.Model], steps: Iterable[Step], words: _Words) -> None:
        self.state_label = words.state_label
        self.pairs = _pairs(model)
        self.fields = _told_fields(model, QUIET_FIELDS | set(self.pairs.values()))
        moved = [(before, after) for before, after in steps if before is not None]
        named = [self._changed(field, moved) for field in self.fields if field.name in self.pairs]
        self.named = _named_refs(set().union(*named), words)
        self.related: dict[str, dict[Any, str]] = {
            field.attname: words.named(field.remote_field.model._base_manager.in_bulk(self._changed(field, moved)))
            for field in self.fields
            if field.remote_field is not None
        }

    def differences(self, before: Any, after: Any) -> Iterable[FieldChange]:
        for field in self.fields:
            old, new = self._value(before, field), self._value(after, field)
            if old != new:
                told = FieldChange(str(field.verbose_name), self.words(field, old), self.words(field, new))
                kept_back = field.attname in self.related or field.name in self.pairs  # of these nothing is told
                if told.old != told.new or not kept_back:
                    yield told

    def words(self, field: models.Field[Any, Any], value: Any) -> str:
        if value in (None, ""):
            return NOTHING
        if field.name == "state":
            return self.state_label(str(value))
        if field.name in self.pairs:
            return self.named.get(value, UNKNOWN)
        if field.attname in self.related:
            return self.related[field.attname].get(value, str(value))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return plain_words(value)

    def _value(self, version: Any, field: models.Field[Any, Any]) -> Any:
        value = getattr(version, field.attname)
        if field.name not in self.pairs or value is None:
            return value
        return RecordRef(getattr(version, self.pairs[field.name]), value)

    def _changed(self, field: models.Field[Any, Any], moved: Iterable[Step]) -> set[Any]:
        """Return the values that the field had before or after it changed."""
        told = ((self._value(before, field), self._value(after, field)) for before, after in moved)
        return {value for old, new in told if old != new for value in (old, new)} - {None}


def _pairs(model: type[models.Model]) -> dict[str, str]:
    """Return number → register of the typed references, which stand in two columns and are told as one record."""
    names = {field.name for field in model._meta.local_concrete_fields}
    stems = [name.removesuffix("_register") for name in names if name.endswith("_register")]
    return {f"{stem}_id": f"{stem}_register" for stem in stems if f"{stem}_id" in names}


def _told_fields(model: type[models.Model], quiet: Collection[str]) -> list[models.Field[Any, Any]]:
    fields = [field for field in model._meta.local_concrete_fields if field.name not in quiet]
    # What the product keeps for itself in a structure of its own says nothing to people.
    own = {field.name for field in fields if isinstance(field, models.JSONField) and not field.editable}
    return [field for field in fields if field.name not in own and not getattr(field, "derived", False)]


def _named_refs(refs: set[RecordRef], words: _Words) -> dict[RecordRef, str]:
    """Return how the records behind typed references are called, as `_Words.named` does for those behind a key."""
    rows = resolve(refs, everything=True)
    known = rows if words.reader is EVERYBODY else resolve(refs, words.reader)
    return {
        ref: str(row) if ref in known else NOTHING if _is_confidential(row) else UNKNOWN for ref, row in rows.items()
    }


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
