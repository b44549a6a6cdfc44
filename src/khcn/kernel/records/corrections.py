"""Correct the facts of a record with a reason, so that nobody overwrites what another wrote meanwhile."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from khcn.kernel.access.decisions import requires
from khcn.kernel.records.clock import FOREVER
from khcn.kernel.records.constraints import broken_constraint
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Register, register
from khcn.language.words import words as _

NEVER_CORRECTED = frozenset({"id", "office", "code", "state", "withdrawn_on", "withdrawal_reason"})
CorrectionCheck = Callable[[Record, Record], list[str]]
correction_checks: list[CorrectionCheck] = []
"""Hooks of upper mechanisms, called with the record before and after: why the correction cannot stand."""


class CorrectionRefused(Exception):
    """The correction cannot be saved; the message says why. `names`: the fields it speaks of, if it does."""

    def __init__(self, message: str, names: tuple[str, ...] = ()) -> None:
        self.names = names
        super().__init__(message)


class StaleRecord(CorrectionRefused):
    """Someone changed the record since the form was opened."""


def version_stamp(record: Record) -> int:
    """Return the number of the record's open version; it moves whenever the record changes."""
    versions = type(record).Version._base_manager
    stamp: int = versions.values_list("pk", flat=True).get(id=record.pk, recorded_to=FOREVER)
    return stamp


def version_stamps(model: type[Record], keys: Iterable[int]) -> dict[int, int]:
    """Return the numbers of the open versions of many records, by the number of the record; one query."""
    versions = model.Version._base_manager.filter(id__in=list(keys), recorded_to=FOREVER)
    return dict(versions.values_list("id", "pk"))


def record_at_stamp(record: Record, stamp: int) -> Record | None:
    """Return the record as the version of that stamp knew it, None where the stamp is not one of this record."""
    version = type(record).Version._base_manager.filter(pk=stamp, id=record.pk).first()
    if version is None or version.recorded_to == FOREVER:
        return record if version is not None else None
    found: Record | None = type(record).objects.as_of(version.recorded_from).filter(pk=record.pk).first()
    return found


def differing(record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the values that the record does not hold already."""
    asked = register(record.REGISTER)
    return {name: value for name, value in values.items() if not _holds(asked, record, name, value)}


def correct_record(
    *, record: Record, values: Mapping[str, Any], actor: Any, on: date, why: str, seen: int
) -> tuple[str, ...]:
    """Write the values that differ, as one change of history; returns their names, nothing where none differs.

    `values`: fields or questions that the register lets correct, by name. `seen`: the stamp of the version that the
    values were corrected from. What another wrote meanwhile is not overwritten, unless it says the same.
    Raises: NotPermitted; StaleRecord; CorrectionRefused.
    """
    found = register(record.REGISTER)
    _refuse(found, record, values, actor=actor, why=why)
    with transaction.atomic():
        rows = type(record).objects.select_for_update(of=("self",))
        current = rows.get(pk=record.pk)
        if current.withdrawn_on is not None:
            raise CorrectionRefused(_("Hồ sơ {code} đã thu hồi nên không sửa được.").format(code=current.code))
        changed = differing(current, values)
        if not changed:
            return ()
        if version_stamp(current) != seen:
            raise StaleRecord(who_was_first(current))
        before = copy.copy(current)
        with recording(actor=actor, verb="correct", label=_("sửa thông tin"), why=why.strip(), on=on):
            _write(found, current, before, changed, actor)
    return tuple(changed)


def _refuse(found: Register, record: Record, values: Mapping[str, Any], *, actor: Any, why: str) -> None:
    closed = requires(False, _("Sổ «{label}» không cho sửa trực tiếp.").format(label=found.label))  # noqa: FBT003 (a condition that never holds)
    (found.may_edit(actor, record) if found.may_edit is not None else closed).enforce()
    foreign = sorted((set(values) - set(found.editable)) | (set(values) & NEVER_CORRECTED))
    if foreign:
        raise CorrectionRefused(
            _("Sổ «{label}» không cho sửa các mục: {foreign}.").format(label=found.label, foreign=", ".join(foreign))
        )
    if not why.strip():
        raise CorrectionRefused(_("Ghi lý do sửa; lý do được giữ trong lịch sử hồ sơ."))


def _write(found: Register, current: Record, before: Record, changed: Mapping[str, Any], actor: Any) -> None:
    asked = {name: question for name in changed if (question := found.question(name)) is not None}
    for name in changed.keys() - asked.keys():
        setattr(current, name, changed[name])
    if broken := broken_constraint(current, actor):
        raise CorrectionRefused(broken.sentence, broken.names)
    for check in correction_checks:
        if reasons := check(before, current):
            raise CorrectionRefused(" ".join(reasons))
    for name, question in asked.items():
        question.write(current, changed[name])
    # Saved also where only parts changed: the stamp must move, so that a form opened before is told.
    current.save()


def _holds(found: Register, record: Record, name: str, value: Any) -> bool:
    question = found.question(name)
    if question is not None:
        return bool(question.same(record, value))
    field: Any = type(record)._meta.get_field(name)
    wanted = value.pk if hasattr(value, "_meta") else value
    return bool(getattr(record, field.attname) == wanted)


def who_was_first(current: Record) -> str:
    """Return the sentence that tells who changed the record since a form was opened."""
    version = type(current).Version._base_manager.select_related("change").get(id=current.pk, recorded_to=FOREVER)
    change = version.change
    return _(
        "{actor_name} đã ghi «{verb_label}» vào hồ sơ {code} lúc {at}, sau khi bạn mở biểu mẫu này. Những gì bạn "
        "sửa vẫn còn dưới đây, các mục khác đã lấy theo hồ sơ hiện nay; xem lại rồi lưu lần nữa."
    ).format(actor_name=change.actor_name, verb_label=change.verb_label, code=current.code, at=_clock(change.at))


def _clock(at: datetime) -> str:
    local = timezone.localtime(at)
    return _("{local:%H:%M} ngày {day}/{month}/{year}").format(
        local=local, day=local.day, month=local.month, year=local.year
    )
