"""The one sanctioned bulk writer: rows, history and outbox together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models

from khcn.kernel.records.codes import take_codes
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import current_recording
from khcn.kernel.records.tracked import StateAssignedDirectly, Tracked, record_versions

BATCH = 500


def write_new(rows: Sequence[Tracked]) -> None:
    """Insert many new rows of one model in the change under way, with codes, versions and hooks."""
    change = current_recording()
    if not rows:
        return
    _give_codes([row for row in rows if isinstance(row, Record) and not row.code])
    _plain(rows).bulk_create(rows, batch_size=BATCH)
    record_versions(rows, change, adding=True)


def write_changed(rows: Sequence[Tracked], fields: Sequence[str]) -> None:
    """Update the named fields of many rows of one model in the change under way, with versions and hooks.

    Raises: StateAssignedDirectly, if `state` is among the fields outside an import.
    """
    change = current_recording()
    if not rows:
        return
    if "state" in fields and not change.imported:
        raise StateAssignedDirectly("Trạng thái chỉ thay đổi qua một bước của quy trình.")
    _plain(rows).bulk_update(rows, fields, batch_size=BATCH)
    record_versions(rows, change, adding=False)


def _plain(rows: Sequence[Tracked]) -> Any:
    """Return a queryset without our guards: this is the one place that may write in bulk."""
    return models.QuerySet(type(rows[0]))


def _give_codes(rows: Sequence[Record]) -> None:
    change = current_recording()
    groups: dict[tuple[int, str, int], list[Record]] = {}
    for row in rows:
        groups.setdefault((row.office_id, row.CODE_PREFIX, row.code_year(change)), []).append(row)
    for (_, prefix, year), members in groups.items():
        codes = take_codes(office=members[0].office, prefix=prefix, year=year, count=len(members))
        for row, code in zip(members, codes, strict=True):
            row.code = code
