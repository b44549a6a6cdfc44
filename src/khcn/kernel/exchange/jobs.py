"""What imports leave to the worker: checking and writing large sheets, and forgetting those left behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.exchange.checking import apply_in_batches, check
from khcn.kernel.exchange.declaring import PastRefused
from khcn.kernel.exchange.models import Staging, StagingStep
from khcn.kernel.exchange.staging import forget_expired
from khcn.kernel.jobs.queue import Job, job
from khcn.kernel.jobs.recurring import add_recurring
from khcn.kernel.records.registry import register

LEASE = timedelta(minutes=30)
LEFT_FOR = timedelta(minutes=2)
"""A sheet that waits for so long without anybody at work on it was left by a server that was killed."""
WAIT = timedelta(seconds=20)


@job(wants_now=True, lease=LEASE, retries=3, backoff=WAIT)
def check_staging(key: int, *, now: datetime) -> str:
    """Check a large staging, if it still waits for that; returns the step at which it stands then."""
    return _work(key, StagingStep.CHECKING, check, now)


@job(wants_now=True, lease=LEASE, retries=3, backoff=WAIT)
def apply_staging(key: int, *, now: datetime) -> str:
    """Import a large staging, if it still waits for that; returns the step at which it stands then."""
    return _work(key, StagingStep.APPLYING, apply_in_batches, now)


def _work(key: int, step: StagingStep, work: Any, now: datetime) -> str:
    staging = Staging.objects.select_related("office", "owner").filter(pk=key, step=step).first()
    if staging is None:
        return ""
    today = timezone.localdate(now)
    try:
        work(register(staging.register), staging, actor=staging.owner.act_on(today), on=today)
    except (NotPermitted, PastRefused) as refusal:
        # Trying again would not change it; the person reads why where they look for the result.
        staging.summary = {**staging.summary, "refusal": str(refusal)}
        staging.step, staging.is_stale = StagingStep.CHECKED, True
        staging.save(update_fields=["summary", "step", "is_stale"])
    return str(staging.step)


def left_waiting(now: datetime) -> list[tuple[Job, int]]:
    """Return the work, and the staging it is for, that stagings wait for and no queue knows of.

    What failed for good is known: it waits for the administrator.
    """
    works = {StagingStep.CHECKING: check_staging, StagingStep.APPLYING: apply_staging}
    waiting = Staging.objects.filter(step__in=works, started_at__lt=now - LEFT_FOR).order_by("pk")
    wanted = [(works[StagingStep(step)], key) for key, step in waiting.values_list("pk", "step")]
    if not wanted:
        return []
    paths = [work.module_path for work in works.values()]
    rows = DBTaskResult.objects.filter(task_path__in=paths).exclude(status=TaskResultStatus.SUCCESSFUL)
    known = {(path, arguments["args"][0]) for path, arguments in rows.values_list("task_path", "args_kwargs")}
    return [(work, key) for work, key in wanted if (work.module_path, key) not in known]


@job(wants_now=True)
def take_up_left(*, now: datetime) -> int:
    """Have the sheets checked whose request was killed before it could; returns how many."""
    left = left_waiting(now)
    for work, key in left:
        work.enqueue(key)
    return len(left)


def has_left() -> bool:
    """Tell whether some sheet waits for work that nobody is going to do."""
    return bool(left_waiting(timezone.now()))


@job(wants_now=True)
def forget_left_behind(*, now: datetime) -> int:
    """Forget the stagings whose time is over; returns how many."""
    return forget_expired(now)


add_recurring("exchange.forget_left_behind", forget_left_behind, every=timedelta(days=1))
add_recurring("exchange.take_up_left", take_up_left, every=timedelta(minutes=1), when=has_left)
