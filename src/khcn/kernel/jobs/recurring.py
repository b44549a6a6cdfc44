"""Keep the schedule: what runs again and again is declared by apps and given out slot by slot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from khcn.kernel.jobs.models import RecurringJob
from khcn.kernel.jobs.queue import Job

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Recurring:
    """One declared line of the schedule.

    `when` is asked before a run is enqueued, so that cheap frequent jobs leave no rows while there is nothing to do.
    """

    name: str
    job: Job
    every: timedelta
    when: Callable[[], bool]

    def slot_at(self, now: datetime) -> datetime:
        """Return the beginning of the interval, counted from 1970, in which the instant lies."""
        return EPOCH + (now - EPOCH) // self.every * self.every


_schedule: dict[str, Recurring] = {}


def always() -> bool:
    """Say yes: the job runs in every slot."""
    return True


def add_recurring(name: str, job: Job, *, every: timedelta, when: Callable[[], bool] = always) -> None:
    """Put a job on the schedule; called from the module `jobs` of an app. Saying it again replaces the line."""
    _schedule[name] = Recurring(name, job, every, when)


def schedule() -> list[Recurring]:
    """Return the declared lines of the schedule, by name."""
    return [_schedule[name] for name in sorted(_schedule)]


def enqueue_due(now: datetime) -> list[str]:
    """Enqueue every line whose slot at this instant was not yet given out; returns their names."""
    return [line.name for line in schedule() if _enqueue(line, now)]


def _enqueue(line: Recurring, now: datetime) -> bool:
    slot = line.slot_at(now)
    row = RecurringJob.objects.filter(name=line.name).first()
    if row is not None and (row.is_paused or row.slot >= slot):
        return False
    if not line.when():
        return False
    with transaction.atomic():
        if row is None:
            _, won = RecurringJob.objects.get_or_create(name=line.name, defaults={"slot": slot})
        else:
            won = bool(RecurringJob.objects.filter(name=line.name, slot__lt=slot, is_paused=False).update(slot=slot))
        if won and not _is_waiting(line.job):
            line.job.enqueue()
    return bool(won)


def _is_waiting(job: Job) -> bool:
    """Tell whether an earlier run has not started yet: a second one would do its work over again."""
    return bool(DBTaskResult.objects.filter(task_path=job.module_path, status=TaskResultStatus.READY).exists())
