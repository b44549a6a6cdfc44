"""Check a staging as its import would go, and import it: at once where it is small, by a job where it is large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import transaction

from khcn.kernel.exchange.declaring import Declaration, enforce_past
from khcn.kernel.exchange.lookups import Lookups
from khcn.kernel.exchange.models import ImportRun, StagedRow, Staging, StagingStep
from khcn.kernel.exchange.permissions import may_import
from khcn.kernel.exchange.reports import BadRow, ImportReport
from khcn.kernel.exchange.services import import_sheet
from khcn.kernel.exchange.sheets import encoded_cell
from khcn.kernel.exchange.staging import LINES_A_PART, Assembled, assemble, empty
from khcn.kernel.exchange.tables import Table
from khcn.kernel.exchange.values import label_of
from khcn.kernel.records.registry import Register
from khcn.kernel.text.folding import search_key
from khcn.language.words import words as _

ROWS_AT_ONCE = 2_000
"""A sheet with more rows is checked and imported by a job, outside the request."""
MOST_UNKNOWN = 2_000


class NotReady(Exception):
    """The staging cannot be imported as it stands; the message says why and what to do."""


def is_large(staging: Staging) -> bool:
    """Tell whether the staging is for a job."""
    return staging.rows_total > ROWS_AT_ONCE


def check(register: Register, staging: Staging, *, actor: Any, on: date) -> None:
    """Try the whole import, undo it, and keep what it found: counts, the rows at fault, the names nobody knows.

    Raises: NotPermitted; PastRefused.
    """
    declaration = _declared(register, staging, actor=actor, on=on)
    found = assemble(register, staging, _lookups(declaration))
    report = import_sheet(declaration, _table(staging, found), found.sheet, dry_run=True, skip_bad=True)
    with transaction.atomic():
        _keep_faults(register, staging, report.bad, found, checked=None)
        staging.summary = _summary(register, report)
        staging.step, staging.is_stale = StagingStep.CHECKED, False
        staging.save(update_fields=["summary", "step", "is_stale"])


def check_some(register: Register, staging: Staging, numbers: Collection[int], *, actor: Any, on: date) -> None:
    """Try some rows of a large staging alone, so that a mended one is judged at once; the whole is checked later."""
    declaration = _declared(register, staging, actor=actor, on=on)
    found = assemble(register, staging, _lookups(declaration), numbers)
    report = import_sheet(declaration, _table(staging, found), found.sheet, dry_run=True, skip_bad=True)
    with transaction.atomic():
        _keep_faults(register, staging, report.bad, found, checked=numbers)
        Staging.objects.filter(pk=staging.pk).update(is_stale=True)
    staging.is_stale = True


def _declared(register: Register, staging: Staging, *, actor: Any, on: date) -> Declaration:
    may_import(actor, register).enforce()
    said = Declaration(register, actor, staging.office, on, staging.known_from, staging.name)
    enforce_past(said)
    return said


def _lookups(said: Declaration) -> Lookups:
    return Lookups(actor=said.actor, office=said.office, on=said.on)


def _table(staging: Staging, found: Assembled) -> Table:
    return Table(staging.name, found.fingerprint, ())


def _keep_faults(
    register: Register, staging: Staging, bad: Iterable[BadRow], found: Assembled, *, checked: Collection[int] | None
) -> None:
    """Keep what is wrong in each row, and forget the rows in which nothing is and nothing was mended."""
    names = {label_of(register, column): column.name for column in register.columns}
    faults: dict[int, list[list[str]]] = {}
    for one in bad:
        faults.setdefault(one.row, []).append([names.get(one.column, ""), one.reason])
    rows = staging.rows.filter(is_set_aside=False)
    known = {row.number: row for row in (rows if checked is None else rows.filter(number__in=checked))}
    for number, row in known.items():
        row.faults = faults.get(number, [])
        row.is_faulty = bool(row.faults)
    StagedRow.objects.bulk_update(known.values(), ["faults", "is_faulty"], batch_size=LINES_A_PART)
    StagedRow.objects.bulk_create(
        (
            StagedRow(
                staging=staging,
                number=number,
                cells=[encoded_cell(cell) for cell in found.raw[number]],
                faults=faults[number],
            )
            for number in sorted(faults.keys() - known.keys())
        ),
        batch_size=LINES_A_PART,
    )
    rows.filter(is_faulty=False, mended={}).delete()


def _summary(register: Register, report: ImportReport) -> dict[str, Any]:
    """Return what the check found. `unknown`: [column, text, in how many rows]; the most frequent first."""
    names = {label_of(register, column): column.name for column in register.columns}
    counted = Counter[tuple[str, str]]()
    texts: dict[tuple[str, str], str] = {}
    for one in report.bad:
        if one.unknown and one.column in names:
            key = (names[one.column], search_key(one.unknown))
            counted[key] += 1
            texts.setdefault(key, one.unknown)
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "changes": [[one.row, one.record, one.code, one.fields] for one in report.changes],
        "unknown": [[key[0], texts[key], count] for key, count in counted.most_common(MOST_UNKNOWN)],
        "stopped_at": report.stopped_at,
    }


def begin(staging: Staging) -> bool:
    """Take a checked staging for its import; of several clicks one gets True.

    Raises: NotReady.
    """
    if staging.step == StagingStep.CHECKED:
        if staging.is_stale:
            raise NotReady(_("Có dòng vừa sửa mà cả tệp chưa kiểm tra lại. Bấm «Kiểm tra lại cả tệp» trước khi nhập."))
        if faulty := staging.rows.filter(is_faulty=True, is_set_aside=False).count():
            raise NotReady(
                _("Còn {faulty} dòng có lỗi. Sửa các dòng đó, hoặc để lại sau, rồi nhập.").format(faulty=faulty)
            )
    return bool(
        Staging.objects.filter(pk=staging.pk, step=StagingStep.CHECKED, is_stale=False).update(
            step=StagingStep.APPLYING
        )
    )


def apply_at_once(register: Register, staging: Staging, *, actor: Any, on: date) -> bool:
    """Import a checked staging in one transaction with its own end, so that a cut leaves it as it was.

    Returns False where another click had it, or where rows were found at fault meanwhile and nothing was written.
    Raises: NotReady; NotPermitted; PastRefused; ImportUnderWay.
    """
    with transaction.atomic():
        if not begin(staging):
            return False
        report = _apply(register, staging, actor=actor, on=on, skip_bad=False)
        return report.finished


def apply_in_batches(register: Register, staging: Staging, *, actor: Any, on: date) -> None:
    """Import a staging that was begun, batch by batch; a second attempt goes on where the first was cut short.

    Raises: NotPermitted; PastRefused; ImportUnderWay.
    """
    _apply(register, staging, actor=actor, on=on, skip_bad=True)


def _apply(register: Register, staging: Staging, *, actor: Any, on: date, skip_bad: bool) -> ImportReport:
    declaration = _declared(register, staging, actor=actor, on=on)
    found = assemble(register, staging, _lookups(declaration))
    Staging.objects.filter(pk=staging.pk).update(fingerprint=found.fingerprint)
    report = import_sheet(declaration, _table(staging, found), found.sheet, dry_run=False, skip_bad=skip_bad)
    with transaction.atomic():
        _keep_faults(register, staging, report.bad, found, checked=None)
        staging.fingerprint = found.fingerprint
        staging.summary = _summary(register, report)
        staging.step = StagingStep.CHECKED if report.bad else StagingStep.DONE
        if staging.step == StagingStep.DONE:
            staging.run = _runs(staging).filter(sha256=found.fingerprint).last()
            empty(staging)
        staging.save(update_fields=["summary", "step", "run", "fingerprint"])
    return report


def run_of(staging: Staging) -> ImportRun | None:
    """Return the run that is writing the staging's rows, None before its first batch."""
    found: ImportRun | None = _runs(staging).filter(sha256=staging.fingerprint).last() if staging.fingerprint else None
    return found


def _runs(staging: Staging) -> Any:
    same = {"office": staging.office_id, "register": staging.register, "known_from": staging.known_from}
    return ImportRun.objects.filter(**same).order_by("pk")
