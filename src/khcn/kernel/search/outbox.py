"""Feed the outbox: whatever writes to a register leaves a line in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import transaction

from khcn.kernel.files.models import Attachment
from khcn.kernel.jobs.runner import wake
from khcn.kernel.records.inserting import insert_columns
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import Recording
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import register as register_of
from khcn.kernel.records.registry import registers
from khcn.kernel.records.tracked import Tracked, write_hooks
from khcn.kernel.search.models import SearchOutbox


def connect() -> None:
    """Listen to the writes of tracked tables, once."""
    if note_written not in write_hooks:
        write_hooks.append(note_written)


def note_written(rows: Sequence[Tracked], change: Recording) -> None:
    """Note the records that the written rows are, belong to, or hang on; other tables are passed over."""
    refs = sorted(set(_refs(rows)), key=attrgetter("register", "id"))
    if not refs:
        return
    names, keys = zip(*((ref.register, ref.id) for ref in refs), strict=True)
    insert_columns(SearchOutbox, {"register": names, "record_id": keys, "written_at": [change.at] * len(refs)})
    transaction.on_commit(wake)


def has_pending() -> bool:
    """Tell whether something waits to be indexed."""
    return SearchOutbox.objects.exists()


def _refs(rows: Sequence[Tracked]) -> Iterable[RecordRef]:
    keys = tuple(register.key for register in registers())
    model = type(rows[0])
    if issubclass(model, Record):
        return [RecordRef(model.REGISTER, row.pk) for row in rows] if model.REGISTER in keys else []
    if issubclass(model, Attachment):
        return [row.ref for row in rows if isinstance(row, Attachment) and row.register in keys]
    owners = _owners(keys).get(model, ())
    return [
        RecordRef(key, number) for key, column in owners for row in rows if (number := getattr(row, column)) is not None
    ]


@lru_cache(maxsize=8)
def _owners(keys: tuple[str, ...]) -> dict[type[Tracked], tuple[tuple[str, str], ...]]:
    """Map the model of each part of a record to the registers it is a part in, and the column that names the record."""
    found: dict[type[Tracked], tuple[tuple[str, str], ...]] = {}
    for key in keys:
        register = register_of(key)
        for name in register.parts:
            relation: Any = register.model._meta.get_field(name)
            part, column = relation.related_model, relation.field.attname
            found[part] = (*found.get(part, ()), (key, column))
    return found
