"""Import a table into a register: dry run, all or nothing, or leaving out bad rows; repeatable and resumable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F

from khcn.kernel.exchange.declaring import Declaration
from khcn.kernel.exchange.headers import Sheet, understand
from khcn.kernel.exchange.lookups import Lookups
from khcn.kernel.exchange.models import ImportRun
from khcn.kernel.exchange.permissions import may_import
from khcn.kernel.exchange.reports import ImportReport
from khcn.kernel.exchange.rows import ParsedRow, Recogniser, RowReader
from khcn.kernel.exchange.tables import Table
from khcn.kernel.exchange.visibility import recognisable_rows
from khcn.kernel.exchange.writing import Counts, Writer
from khcn.kernel.identity.models import Office
from khcn.kernel.records.registry import Register

BATCH = 500


def import_rows(
    register: Register,
    table: Table,
    *,
    actor: Any,
    on: date,
    dry_run: bool,
    skip_bad: bool,
    known_from: datetime | None = None,
    office: Office | None = None,
) -> ImportReport:
    """Import a table and tell what became of each row; with `dry_run`, tell what would.

    Without `skip_bad` nothing is written while any row is bad. An empty cell leaves what the record has. A run of the
    same file that was cut short is resumed at its last finished batch. `known_from`: since when what the file says
    was known (legacy data). `office`: that of the actor if there is one.
    Raises: NotPermitted; HeadingsNotFound.
    """
    may_import(actor, register).enforce()
    belongs_to = office or actor.office
    declaration = Declaration(register, actor, belongs_to, on, known_from, table.name)
    sheet = understand(register, table)
    report = ImportReport(
        register.key, table.name, total=len(sheet.rows), ignored=sheet.ignored, warnings=table.warnings, dry_run=dry_run
    )
    run = None if dry_run else _run_of(declaration, table, len(sheet.rows))
    if dry_run or (not skip_bad and not (run and run.rows_done)):
        _check(declaration, sheet, report)
        if dry_run or report.bad:
            report.finished = dry_run
            return report
        report.created = report.updated = report.unchanged = 0
    _write(declaration, sheet, report, run or _new_run(declaration, table, len(sheet.rows)))
    return report


def _check(declaration: Declaration, sheet: Sheet, report: ImportReport) -> None:
    """Write everything as a trial and undo it, so that nothing is found out only when it counts."""
    with transaction.atomic():
        reader, writer = _tools(declaration, sheet)
        for batch in _batches(reader, sheet):
            _add(report, batch, writer.write(batch))
        transaction.set_rollback(True)


def _write(declaration: Declaration, sheet: Sheet, report: ImportReport, run: ImportRun) -> None:
    reader, writer = _tools(declaration, sheet)
    report.resumed_at = done = run.rows_done
    report.created, report.updated, report.unchanged = run.created, run.updated, run.unchanged
    for index, batch in enumerate(_batches(reader, sheet)):
        if index * BATCH < done:
            report.bad += [found for row in batch for found in row.bad]
            continue
        with transaction.atomic():
            counts = writer.write(batch)
            ImportRun.objects.filter(pk=run.pk).update(
                rows_done=F("rows_done") + len(batch),
                created=F("created") + counts.created,
                updated=F("updated") + counts.updated,
                unchanged=F("unchanged") + counts.unchanged,
                skipped=F("skipped") + counts.skipped,
            )
        _add(report, batch, counts)
    report.finished = True


def _tools(declaration: Declaration, sheet: Sheet) -> tuple[RowReader, Writer]:
    lookups = Lookups(actor=declaration.actor, office=declaration.office, on=declaration.on)
    reader = RowReader(declaration.register, sheet, lookups)
    records = recognisable_rows(declaration.register, declaration.actor, declaration.office)
    return reader, Writer(declaration, Recogniser(reader, records))


def _batches(reader: RowReader, sheet: Sheet) -> Iterator[list[ParsedRow]]:
    rows = iter(sheet.rows)
    while batch := list(islice(rows, BATCH)):
        yield [reader.read(number, cells) for number, cells in batch]


def _add(report: ImportReport, batch: Sequence[ParsedRow], counts: Counts) -> None:
    report.created += counts.created
    report.updated += counts.updated
    report.unchanged += counts.unchanged
    report.bad += [found for row in batch for found in row.bad]


def _run_of(declaration: Declaration, table: Table, rows: int) -> ImportRun | None:
    """Return the run of this very file that was cut short, if there is one."""
    return (
        ImportRun.objects.filter(
            office=declaration.office,
            register=declaration.register.key,
            sha256=table.sha256,
            rows_total=rows,
            known_from=declaration.known_from,
            rows_done__gt=0,
            rows_done__lt=rows,
        )
        .order_by("-pk")
        .first()
    )


def _new_run(declaration: Declaration, table: Table, rows: int) -> ImportRun:
    return ImportRun.objects.create(
        office=declaration.office,
        register=declaration.register.key,
        sha256=table.sha256,
        name=table.name[:255],
        actor=declaration.actor,
        known_from=declaration.known_from,
        rows_total=rows,
    )
