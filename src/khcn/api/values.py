"""The columns of a register as JSON: days and instants as ISO 8601 writes them, decimals as strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeGuard

from django.db import models
from django.http import QueryDict
from django.urls import reverse

from khcn.api.schemas import Coded, Reference, Value
from khcn.kernel.exchange.values import field_of, short_decimal
from khcn.kernel.exchange.visibility import readable_rows
from khcn.kernel.pages.addresses import with_parameters
from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import Column, Register, UnknownRegister, register

KEPT_INSIDE = frozenset({"responsible", "confidentiality", "source_note"})
"""How a record is kept, which visitors are not told."""
TYPES: tuple[tuple[type[models.Field[Any, Any]], str], ...] = (
    (models.DateTimeField, "instant"),
    (models.DateField, "date"),
    (models.BooleanField, "boolean"),
    (models.IntegerField, "integer"),
    (models.DecimalField, "decimal"),
)


@dataclass(frozen=True)
class Reading:
    """Who reads, when, and as of which instant (None: now); `as_of` is the instant as the address wrote it."""

    caller: Any
    now: datetime
    instant: datetime | None = None
    as_of: str = ""

    @property
    def known_at(self) -> datetime | None:
        """Return the instant as answers tell it: in UTC, because local clocks of old had offsets JSON cannot say."""
        return None if self.instant is None else self.instant.astimezone(UTC)


def columns_for(found: Register, caller: Any) -> list[Column]:
    """Return the columns that the caller is shown."""
    return [column for column in found.columns if caller.is_authenticated or column.name not in KEPT_INSIDE]


def type_of(found: Register, column: Column) -> str:
    """Return what a column holds, in one word of the API."""
    field = field_of(found.model, column.name)
    if field is None or column.write is not None:
        return "computed"
    if field.choices or column.name == "state":
        return "choice"
    if field.remote_field is not None:
        return "record" if _names_record(field) else "text"
    return next((name for kind, name in TYPES if isinstance(field, kind)), "text")


def state_of(found: Register, record: Record) -> Coded:
    """Return the state of a record, code and word."""
    return Coded(code=record.state, label=found.workflow.state_label(record.state) if found.workflow else record.state)


def value_of(found: Register, record: Record, column: Column, visible: Mapping[RecordRef, Reference]) -> Value:
    """Return what a column holds for one record; a record that the caller may not know of is null.

    `visible`: the records that the fields of this one name and the caller may know of.
    """
    field = field_of(found.model, column.name)
    if _names_record(field) and column.write is None:
        return visible.get(_ref(field, record))
    if column.name == "state":
        return state_of(found, record)
    value = getattr(record, column.name)
    value = value() if callable(value) else value
    if column.write is not None:
        value = column.write(value)
    if field is not None and field.choices and value not in (None, ""):
        return Coded(code=str(value), label=str(dict(field.flatchoices).get(value, value)))
    return plain(value)


def plain(value: Any) -> bool | int | str | None:
    """Return a value as JSON holds it: nothing as null, decimals and days as strings."""
    if value in (None, ""):
        return None
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Record):
        return None  # made by a property; whether the caller may know of it was not asked
    if isinstance(value, Decimal | float):
        return f"{short_decimal(Decimal(str(value))):f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def named_records(
    found: Register, rows: Iterable[Record], columns: Sequence[Column], reading: Reading
) -> dict[RecordRef, Reference]:
    """Return the records that the columns of the rows name and the caller may know of; one query per register."""
    wanted = [field for column in columns if _names_record(field := field_of(found.model, column.name))]
    refs = {_ref(field, row) for row in rows for field in wanted if getattr(row, field.attname) is not None}
    return {ref: reference(row, reading.as_of) for ref, row in readable_ends(refs, reading).items()}


def readable_ends(refs: Iterable[RecordRef], reading: Reading) -> dict[RecordRef, Record]:
    """Return the records behind references as known at the instant, those that the caller may know of."""
    wanted: dict[str, set[int]] = {}
    for ref in refs:
        wanted.setdefault(ref.register, set()).add(ref.id)
    ends: dict[RecordRef, Record] = {}
    for key, numbers in wanted.items():
        try:
            other = register(key)
        except UnknownRegister:
            continue
        rows = readable_rows(other, reading.caller, instant=reading.instant, now=reading.now)
        ends |= {row.ref: row for row in rows.filter(pk__in=numbers)}
    return ends


def reference(record: Record, as_of: str = "") -> Reference:
    """Return another record as a value."""
    return Reference(register_key=record.REGISTER, code=record.code, title=record.title, url=record_url(record, as_of))


def record_url(record: Record, as_of: str = "") -> str:
    """Return the address of a record in the API, as of the instant if one is given."""
    url = reverse("api:read_record", args=[record.REGISTER, record.code])
    return with_parameters(url, QueryDict(mutable=True), as_of=as_of)


def _names_record(field: models.Field[Any, Any] | None) -> TypeGuard[models.ForeignKey[Any, Any]]:
    target = field.related_model if field is not None and field.remote_field is not None else None
    return isinstance(target, type) and issubclass(target, Record)


def _ref(field: models.ForeignKey[Any, Any], record: Record) -> RecordRef:
    target: Any = field.related_model
    return RecordRef(target.REGISTER, getattr(record, field.attname) or 0)
