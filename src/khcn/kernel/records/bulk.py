"""The one sanctioned bulk writer: rows, history and outbox together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models

from khcn.kernel.records.codes import keep_codes, take_codes
from khcn.kernel.records.inserting import insert_rows
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import current_recording
from khcn.kernel.records.tracked import BATCH, StateAssignedDirectly, Tracked, record_versions
from khcn.language.words import words as _


def write_new(rows: Sequence[Tracked]) -> None:
    """Insert many new rows of one model in the change under way, with codes, versions and hooks."""
    change = current_recording()
    if not rows:
        return
    _settle_codes([row for row in rows if isinstance(row, Record)])
    for row in rows:
        row.before_save(change)
    insert_rows(rows)
    record_versions(rows, change, adding=True)


def write_changed(rows: Sequence[Tracked], fields: Sequence[str]) -> None:
    """Update the named fields of many rows of one model in the change under way, with versions and hooks.

    What else was set on the rows is not written, neither to them nor to their versions.
    Raises: StateAssignedDirectly, if `state` is among the fields outside an import; PastIsReadOnly.
    """
    change = current_recording()
    if not rows:
        return
    if "state" in fields and not change.imported:
        raise StateAssignedDirectly(_("Trạng thái chỉ thay đổi qua một bước của quy trình."))
    derived = [field for field in rows[0]._meta.local_concrete_fields if getattr(field, "derived", False)]
    for row in rows:
        row.refuse_past()
        for field in derived:
            field.pre_save(row, add=False)
    names = dict.fromkeys([*fields, *(field.name for field in derived)])
    _plain(rows).bulk_update(rows, list(names), batch_size=BATCH)
    for start in range(0, len(rows), BATCH):
        keys = [row.pk for row in rows[start : start + BATCH]]
        record_versions(list(_plain(rows).filter(pk__in=keys).order_by("pk")), change, adding=False)


def _plain(rows: Sequence[Tracked]) -> Any:
    """Return a queryset without our guards: this is the one place that may write in bulk."""
    return models.QuerySet(type(rows[0]))


def _settle_codes(rows: Sequence[Record]) -> None:
    change = current_recording()
    brought: dict[tuple[int, str], list[Record]] = {}
    wanted: dict[tuple[int, str, int], list[Record]] = {}
    for row in rows:
        row.code_is_kept = True
        if row.code:
            brought.setdefault((row.office_id, row.CODE_PREFIX), []).append(row)
        else:
            wanted.setdefault((row.office_id, row.CODE_PREFIX, row.code_year(change)), []).append(row)
    for (_office, prefix), members in brought.items():
        keep_codes(office=members[0].office, prefix=prefix, codes=[row.code for row in members])
    for (_office, prefix, year), members in wanted.items():
        codes = take_codes(office=members[0].office, prefix=prefix, year=year, count=len(members))
        for row, code in zip(members, codes, strict=True):
            row.code = code
