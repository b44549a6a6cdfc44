"""Reminders of certificates in the schedule."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from khcn.kernel.jobs.queue import job
from khcn.kernel.jobs.recurring import add_recurring
from khcn.parties.services import science


@job(retries=3, wants_now=True)
def remind_of_certificates(*, now: datetime) -> int:
    """Open what is due for certificates near their end; returns how many."""
    return science.remind_of_certificates(on=timezone.localdate(now))


add_recurring("parties.certificates", remind_of_certificates, every=timedelta(days=1))
