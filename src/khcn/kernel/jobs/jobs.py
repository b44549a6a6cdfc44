"""The queue's own upkeep."""

from __future__ import annotations

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from khcn.kernel.jobs.queue import job
from khcn.kernel.jobs.recurring import add_recurring

KEPT_FOR = timedelta(days=2)


@job(wants_now=True)
def prune_finished(*, now: datetime) -> int:
    """Forget the work that succeeded more than two days ago; returns how much. Dead letters stay until someone acts."""
    gone, _ = DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT_FOR).delete()
    return int(gone)


add_recurring("jobs.prune", prune_finished, every=timedelta(days=1))
