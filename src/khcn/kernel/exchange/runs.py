"""Let one import at a time have a file, and remember how far each came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F

from khcn.kernel.exchange.declaring import Declaration
from khcn.kernel.exchange.headers import Sheet
from khcn.kernel.exchange.models import ImportRun
from khcn.kernel.exchange.tables import Table
from khcn.language.words import words as _

LOCK_NOT_AVAILABLE = "55P03"  # of PostgreSQL; SQLite says it in words


class ImportUnderWay(Exception):
    """The same file is being imported, or was a moment ago; this time nothing was written."""


def claim(declaration: Declaration, table: Table, rows: int) -> ImportRun:
    """Return the run of this very file that was cut short, or a new one; there is never more than one of them.

    Raises: ImportUnderWay.
    """
    key = {**_key(declaration, table), "known_from": declaration.known_from}
    try:
        with transaction.atomic():
            run = ImportRun(**key, name=table.name[:255], actor=declaration.actor, rows_total=rows)
            run.save()
            return run
    except IntegrityError:
        left: ImportRun | None = ImportRun.objects.unfinished().filter(**key).first()
    except OperationalError as failure:
        raise _under_way(failure, table.name) from failure
    if left is None:
        raise ImportUnderWay(_words(table.name))
    if left.rows_total != rows:  # the register has learned other headings since
        ImportRun.objects.filter(pk=left.pk).update(rows_total=rows, rows_done=0)
        left.refresh_from_db()
    return left


@contextmanager
def alone_with(run: ImportRun, *, rows_done: int) -> Iterator[None]:
    """Hold the run for one transaction, in which it stands at `rows_done`.

    Of two that import the same file, the one that comes second finds the run held, or moved on, and writes nothing.
    Raises: ImportUnderWay.
    """
    try:
        with transaction.atomic():
            held = ImportRun.objects.select_for_update(nowait=True).filter(pk=run.pk).first()
            if held is None or held.rows_done != rows_done:
                raise ImportUnderWay(_words(run.name))
            yield
    except OperationalError as failure:
        raise _under_way(failure, run.name) from failure


def advance(run: ImportRun, *, rows_done: int, counts: Any, changes: Sequence[int] = ()) -> None:
    """Move the run on, inside the transaction that wrote its rows.

    `counts`: of the rows written by it. `changes`: the keys in history of all that the run has written.
    """
    ImportRun.objects.filter(pk=run.pk).update(
        rows_done=rows_done,
        changes=list(changes),
        created=F("created") + counts.created,
        updated=F("updated") + counts.updated,
        unchanged=F("unchanged") + counts.unchanged,
        skipped=F("skipped") + counts.skipped,
    )


def forget(run: ImportRun) -> None:
    """Forget a run that wrote nothing, because the file was refused as a whole."""
    ImportRun.objects.filter(pk=run.pk, rows_done=0).delete()


def line_stopped_at(declaration: Declaration, table: Table, sheet: Sheet) -> int:
    """Return the line of the file, as people count, at which its last import was cut short; 0 where none was."""
    key = _key(declaration, table)
    run = ImportRun.objects.unfinished().filter(**key, known_from=declaration.known_from).first()
    return sheet.rows[run.rows_done - 1][0] if run is not None and 0 < run.rows_done <= len(sheet.rows) else 0


def is_imported_since(*, sha256: str, register: str, actor: Any, since: datetime) -> bool:
    """Tell whether the actor has imported that file into the register, wholly, since the instant."""
    runs = ImportRun.objects.filter(sha256=sha256, register=register, actor=actor, started_at__gte=since)
    return runs.finished().exists()


def runs_left_by(actor: Any, *, register: str, since: datetime) -> list[ImportRun]:
    """Return the actor's runs into the register, begun since the instant, that wrote some of their rows only."""
    runs = ImportRun.objects.unfinished().filter(actor=actor, register=register, started_at__gte=since, rows_done__gt=0)
    return list(runs.order_by("-pk"))


def _key(declaration: Declaration, table: Table) -> dict[str, Any]:
    return {"office": declaration.office, "register": declaration.register.key, "sha256": table.sha256}


def _under_way(failure: OperationalError, name: str) -> Exception:
    """Return what another writer's lock means; any other failure of the database stays what it is."""
    locked = getattr(failure.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE or "locked" in str(failure)
    return ImportUnderWay(_words(name)) if locked else failure


def _words(name: str) -> str:
    return _(
        "Tệp {name} đang được nhập bởi một lần gửi khác, hoặc vừa được nhập xong; lần gửi này không ghi gì. Chờ "
        "một lát rồi xem lại sổ trước khi gửi lại."
    ).format(name=name)
