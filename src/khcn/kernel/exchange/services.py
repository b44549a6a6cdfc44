"""Import a table into a register: dry run, all or nothing, or leaving out bad rows; repeatable and resumable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction

from khcn.kernel.exchange.declaring import Declaration, enforce_past
from khcn.kernel.exchange.headers import Sheet, understand
from khcn.kernel.exchange.lookups import Lookups
from khcn.kernel.exchange.models import ImportRun
from khcn.kernel.exchange.permissions import may_import
from khcn.kernel.exchange.reports import ImportReport
from khcn.kernel.exchange.rows import ParsedRow, Recogniser, RowReader
from khcn.kernel.exchange.runs import advance, alone_with, claim, forget, line_stopped_at
from khcn.kernel.exchange.tables import Table
from khcn.kernel.exchange.visibility import recognisable_rows
from khcn.kernel.exchange.writing import Counts, Writer
from khcn.kernel.identity.models import Office
from khcn.kernel.records.registry import Register

BATCH = 500
SHOWN_CHANGES = 20


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
    declaration = Declaration(register, actor, office or actor.office, on, known_from, table.name)
    enforce_past(declaration)
    return import_sheet(declaration, table, understand(register, table), dry_run=dry_run, skip_bad=skip_bad)


def import_sheet(
    declaration: Declaration, table: Table, sheet: Sheet, *, dry_run: bool, skip_bad: bool
) -> ImportReport:
    """Import a table whose columns are understood. Who calls has asked whether the actor may, and for what past.

    `table`: what the rows came from; its own rows are not looked at.
    """
    register = declaration.register
    report = ImportReport(
        register.key, table.name, total=len(sheet.rows), ignored=sheet.ignored, warnings=table.warnings, dry_run=dry_run
    )
    report.stopped_at = line_stopped_at(declaration, table, sheet)
    if dry_run:
        _check(declaration, sheet, report)
    elif skip_bad:
        _write_in_batches(declaration, sheet, report, claim(declaration, table, len(sheet.rows)))
    else:
        _write_whole(declaration, sheet, report, claim(declaration, table, len(sheet.rows)))
    return report


def _check(declaration: Declaration, sheet: Sheet, report: ImportReport) -> None:
    """Write everything as a trial and undo it, so that nothing is found out only when it counts."""
    with transaction.atomic():
        reader, writer = _tools(declaration, sheet)
        writer.shown, writer.shows = report.changes, SHOWN_CHANGES
        _write_all(reader, writer, sheet, report)
        transaction.set_rollback(True)
    report.finished = True


def _write_whole(declaration: Declaration, sheet: Sheet, report: ImportReport, run: ImportRun) -> None:
    """Write all rows in one transaction, which one bad row undoes: whatever cuts it short leaves nothing behind."""
    with alone_with(run, rows_done=run.rows_done):
        reader, writer = _tools(declaration, sheet)
        counts = _write_all(reader, writer, sheet, report)
        advance(run, rows_done=len(sheet.rows), counts=counts, changes=writer.changes)
        transaction.set_rollback(bool(report.bad))
    if report.bad:
        forget(run)
        report.created = report.updated = report.unchanged = 0
    report.finished = not report.bad


def _write_all(reader: RowReader, writer: Writer, sheet: Sheet, report: ImportReport) -> Counts:
    for batch in _batches(reader, sheet):
        _add(report, batch, writer.write(batch))
    return Counts(report.created, report.updated, report.unchanged)


def _write_in_batches(declaration: Declaration, sheet: Sheet, report: ImportReport, run: ImportRun) -> None:
    """Write batch after batch, each in a transaction of its own, from where the run was left."""
    reader, writer = _tools(declaration, sheet)
    report.resumed_at = done = run.rows_done
    report.created, report.updated, report.unchanged = run.created, run.updated, run.unchanged
    passed, earlier = 0, list(run.changes)
    for batch in _batches(reader, sheet):
        left = batch[max(0, done - passed) :]
        passed += len(batch)
        counts = Counts()
        if left:
            with alone_with(run, rows_done=done):
                counts = writer.write(left)
                advance(run, rows_done=passed, counts=counts, changes=[*earlier, *writer.changes])
            done = passed
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
