"""Declare work that runs outside the request, with its policy of retries.

The queue is `django_tasks_db`, whose rows are written in the caller's transaction: work exists exactly if the
change that asked for it was committed. That package neither retries nor notices a dead worker; `running.py` does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django_tasks.base import Task

DEFAULT_LEASE = timedelta(minutes=15)
DEFAULT_BACKOFF = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, kw_only=True)
class Job(Task[Any, Any]):
    """A piece of work with the policy that governs its failures.

    `retries`: attempts after the first. `backoff`: wait before the first retry, doubled each time, at most six
    hours. `lease`: a worker silent for longer than this is taken for dead. `wants_now`: the function also takes
    `now`, the instant at which the runner started it. Work may run twice: it must do no harm then.
    """

    retries: int = 0
    backoff: timedelta = DEFAULT_BACKOFF
    lease: timedelta = DEFAULT_LEASE
    wants_now: bool = False

    def wait_after(self, attempt: int) -> timedelta:
        """Return how long to wait after the failure of this attempt (the first is 1)."""
        doubled: int = 2 ** min(attempt - 1, 20)
        return min(self.backoff * doubled, LONGEST_WAIT)

    def may_retry(self, attempt: int) -> bool:
        """Tell whether another attempt follows the failure of this one (the first is 1)."""
        return attempt <= self.retries


def job(
    *,
    queue: str = "default",
    retries: int = 0,
    backoff: timedelta = DEFAULT_BACKOFF,
    lease: timedelta = DEFAULT_LEASE,
    wants_now: bool = False,
) -> Callable[[Callable[..., Any]], Job]:
    """Make a function at module level a job, to be put in the queue by `.enqueue(…)` with JSON arguments.

    Raises: InvalidTaskError, if the function is not at module level or the queue is not among the settings'.
    """

    def made(function: Callable[..., Any]) -> Job:
        return Job(
            func=function,
            queue_name=queue,
            retries=retries,
            backoff=backoff,
            lease=lease,
            wants_now=wants_now,
        )

    return made
