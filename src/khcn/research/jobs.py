"""What tasks leave to the worker: exports too large to wait for, and throwing them away."""

from __future__ import annotations

from datetime import datetime, timedelta

from khcn.kernel.jobs.queue import job
from khcn.kernel.jobs.recurring import add_recurring
from khcn.research.models import PreparedExport
from khcn.research.services import prepared_exports


@job(wants_now=True, lease=timedelta(hours=1), retries=3)
def make_prepared_export(key: int, *, now: datetime) -> str:
    """Make an export that was asked for, if it still waits; returns how it stands then, "" where it is gone."""
    export = PreparedExport.objects.select_related("office", "owner").filter(pk=key).first()
    return "" if export is None else str(prepared_exports.make_export(export=export, at=now).state)


@job(wants_now=True)
def forget_expired_exports(*, now: datetime) -> int:
    """Throw away the exports whose time is over; returns how many."""
    return prepared_exports.forget_expired(now)


add_recurring("research.exports", forget_expired_exports, every=timedelta(hours=6))
