"""What imports leave to the worker: checking and writing large sheets, and forgetting those left behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.exchange.checking import apply_in_batches, check
from khcn.kernel.exchange.declaring import PastRefused
from khcn.kernel.exchange.models import Staging, StagingStep
from khcn.kernel.exchange.staging import forget_expired
from khcn.kernel.jobs.queue import job
from khcn.kernel.jobs.recurring import add_recurring
from khcn.kernel.records.registry import register

LEASE = timedelta(minutes=30)
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


@job(wants_now=True)
def forget_left_behind(*, now: datetime) -> int:
    """Forget the stagings whose time is over; returns how many."""
    return forget_expired(now)


add_recurring("exchange.forget_left_behind", forget_left_behind, every=timedelta(days=1))
