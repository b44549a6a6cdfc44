"""Reminders in the schedule."""

from __future__ import annotations

from datetime import datetime, timedelta

from khcn.kernel.jobs.queue import job
from khcn.kernel.jobs.recurring import add_recurring
from khcn.kernel.obligations import recomputing, reminding


@job(retries=3, wants_now=True)
def remind_due(*, now: datetime) -> int:
    """Remind of what falls due; returns how many reminders were sent."""
    return reminding.remind_due(now=now)


@job(retries=3, wants_now=True)
def recheck_dues(*, now: datetime) -> int:
    """Reckon every open date anew; returns how many moved."""
    return recomputing.recheck(at=now)


add_recurring("obligations.recheck", recheck_dues, every=timedelta(days=1))
# Every hour, not once a morning: a machine that was off at seven reminds when it is back.
add_recurring("obligations.remind", remind_due, every=timedelta(hours=1))
