"""The store's nightly sweep."""

from __future__ import annotations

from datetime import datetime, timedelta

from khcn.kernel.files import services
from khcn.kernel.jobs.queue import job
from khcn.kernel.jobs.recurring import add_recurring


@job(wants_now=True, lease=timedelta(hours=1))
def sweep_orphans(*, now: datetime) -> int:
    """Remove what uploads that did not commit left behind."""
    return services.sweep_orphans(now=now)


add_recurring("files.sweep_orphans", sweep_orphans, every=timedelta(days=1))
