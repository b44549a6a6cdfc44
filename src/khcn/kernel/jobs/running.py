"""Run what waits in the queue: claim, run, retry with growing waits, and take over from dead workers."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from khcn.kernel.jobs.queue import DEFAULT_LEASE, Job
from khcn.kernel.jobs.workers import is_gone

logger = logging.getLogger(__name__)

LONGEST_TRACE = 20_000


class WorkerLost(Exception):
    """The worker that ran a job was killed, or fell silent for longer than the job's lease."""


class JobUnknown(Exception):
    """The queue names work that this version of the product does not know."""


@dataclass(frozen=True)
class Ran:
    """What became of one attempt: the work's path, and its status afterwards (READY: it will be tried again)."""

    path: str
    status: str


def run_pending(*, now: datetime, limit: int = 100, worker: str = "direct", queues: Sequence[str] = ()) -> list[Ran]:
    """Run what is due at the instant, at most `limit` attempts, in order of priority and time.

    `queues`: the queues served; none named serves all. Failures are recorded, never raised.
    """
    done: list[Ran] = []
    while len(done) < limit and (claimed := _claim(now, worker, queues)) is not None:
        done.append(_run(claimed, now))
    return done


def take_over(*, now: datetime) -> list[Ran]:
    """Put back, or bury, the work whose worker was killed on this machine, or fell silent for longer than its lease."""
    found = []
    for row in DBTaskResult.objects.running():
        known = _job_of(row)
        lease = known.lease if known else DEFAULT_LEASE
        if row.worker_ids and is_gone(row.worker_ids[-1]):
            found.append(_fail(row, known, WorkerLost("the worker was killed"), now, lost=True))
        elif row.started_at is not None and row.started_at + lease < now:
            found.append(_fail(row, known, WorkerLost(f"no sign of life for {lease}"), now, lost=True))
    return found


def _claim(now: datetime, worker: str, queues: Sequence[str]) -> DBTaskResult[Any, Any] | None:
    due = DBTaskResult.objects.filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=now), status=TaskResultStatus.READY
    )
    if queues:
        due = due.filter(queue_name__in=queues)
    with transaction.atomic():
        row = due.get_locked()
        if row is None:
            return None
        row.status, row.started_at, row.worker_ids = TaskResultStatus.RUNNING, now, [*row.worker_ids, worker]
        row.save(update_fields=["status", "started_at", "worker_ids"])
        return row


def _run(row: DBTaskResult[Any, Any], now: datetime) -> Ran:
    known = _job_of(row)
    if known is None:
        return _fail(row, None, JobUnknown(row.task_path), now)
    arguments = dict(row.args_kwargs["kwargs"])
    if known.wants_now:
        arguments["now"] = now
    try:
        value = known.call(*row.args_kwargs["args"], **arguments)
    except Exception as failure:  # noqa: BLE001 (whatever a job raises is its failure, not the worker's)
        return _fail(row, known, failure, now)
    return _finish(
        row,
        TaskResultStatus.SUCCESSFUL,
        finished_at=now,
        return_value=_plain(value),
        exception_class_path="",
        traceback="",
    )


def _job_of(row: DBTaskResult[Any, Any]) -> Job | None:
    try:
        found: object = row.task
    except (ImportError, SuspiciousOperation):
        return None
    return found if isinstance(found, Job) else None


def _fail(
    row: DBTaskResult[Any, Any], known: Job | None, failure: Exception, now: datetime, *, lost: bool = False
) -> Ran:
    attempt = len(row.worker_ids)
    # A lost worker says nothing against the work itself: one more try is owed beyond the policy.
    again = known is not None and known.may_retry(attempt - 1 if lost else attempt)
    record = {
        "exception_class_path": f"{type(failure).__module__}.{type(failure).__qualname__}",
        "traceback": "".join(traceback.format_exception(failure))[-LONGEST_TRACE:],
    }
    if again and known is not None:
        logger.warning("job failed, will be tried again", extra={"job": row.task_path, "attempt": attempt})
        return _finish(row, TaskResultStatus.READY, run_after=now + known.wait_after(attempt), **record)
    logger.error("job failed for good", extra={"job": row.task_path, "attempt": attempt})
    return _finish(row, TaskResultStatus.FAILED, finished_at=now, **record)


def _finish(row: DBTaskResult[Any, Any], status: TaskResultStatus, **values: Any) -> Ran:
    """Write the outcome, unless another worker has taken the work over since."""
    mine = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at)
    if not mine.update(status=status, **values):
        logger.warning("outcome of a job taken over was dropped", extra={"job": row.task_path})
    return Ran(row.task_path, str(status))


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool | list | dict) else str(value)
