"""The indexer's place in the schedule."""

from __future__ import annotations

from datetime import datetime, timedelta

from khcn.kernel.jobs.queue import job
from khcn.kernel.jobs.recurring import add_recurring
from khcn.kernel.search import services
from khcn.kernel.search.outbox import has_pending


# Harmless to repeat, and the next run waits for this one: killed workers neither bury it nor keep the index waiting.
@job(queue="search", wants_now=True, lease=services.LONG, retries=5, backoff=timedelta(seconds=1))
def index_pending(*, now: datetime) -> int:
    """Index what waits in the outbox."""
    return services.index_pending(now=now)


def has_work() -> bool:
    """Tell whether something waits to be indexed, or the index itself is to be built."""
    return has_pending() or services.is_missing()


add_recurring("search.index_pending", index_pending, every=timedelta(seconds=1), when=has_work)
