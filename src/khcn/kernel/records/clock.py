"""The one place below the edge where a clock is read: the instant at which something becomes known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from khcn.language.words import words as _

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The end of an interval of knowledge that has not ended."""

LATEST = FOREVER - timedelta(seconds=1)
"""An instant at which whatever is known now is still known: reading as of it inside a past query reads the present."""

WRITERS_LOCK = 0x4B48434E
"""Key of the advisory lock which orders writers and freezers on PostgreSQL."""


def recording_instant() -> datetime:
    """Return the instant of a write, such that no settled instant is ever behind a write still under way.

    On SQLite a write transaction is alone from its first statement. On PostgreSQL writers share a lock which
    `settled_instant` takes alone, so it waits for every writer that read the clock before it. See ADR 0003.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [WRITERS_LOCK])
    return timezone.now()


def settled_instant() -> datetime:
    """Return an instant before which nothing more will be recorded; call inside a transaction.

    Raises: TransactionManagementError, outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(_("Thời điểm chốt số liệu chỉ lấy được trong một giao dịch."))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS_LOCK])
    return timezone.now()
