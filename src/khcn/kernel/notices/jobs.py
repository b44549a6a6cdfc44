"""Carry e-mail out of the request."""

from __future__ import annotations

from datetime import timedelta

from django.core.mail import send_mail

from khcn.kernel.jobs.queue import job


@job(queue="mail", retries=6, backoff=timedelta(minutes=1))
def deliver(to: str, subject: str, body: str) -> None:
    """Hand one message to the mail system of the settings; in the demo that is a folder of files."""
    send_mail(subject, body, None, [to])
