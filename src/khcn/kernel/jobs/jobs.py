"""The upkeep of the queue and of the database it lives in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django_tasks_db.models import DBTaskResult

from khcn.kernel.jobs.queue import job
from khcn.kernel.jobs.recurring import add_recurring

KEPT_FOR = timedelta(days=2)


@job(wants_now=True)
def prune_finished(*, now: datetime) -> int:
    """Forget the work that succeeded more than two days ago; returns how much. Dead letters stay until someone acts."""
    gone, _ = DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT_FOR).delete()
    return int(gone)


@job()
def learn_tables() -> None:
    """Let the embedded database look at what its tables hold, so that it chooses among its indexes by it.

    Without, it takes the index of the office, which all rows share, before that of the days a figure asks for. Samples
    do not tell; a million records are read in seconds. The other database does so by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


add_recurring("jobs.prune", prune_finished, every=timedelta(days=1))
add_recurring("jobs.learn_tables", learn_tables, every=timedelta(days=1))
