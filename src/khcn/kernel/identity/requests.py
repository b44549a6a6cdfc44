"""The request as views get it: with the person, the instant and the day."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest

from khcn.kernel.identity.models import User


class ActingRequest(HttpRequest):
    """A request of someone signed in; `now` and `today` were read once, by the middleware."""

    user: User
    now: datetime
    today: date
