"""Read a person's notices."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from khcn.kernel.notices.models import Notice


def notices_of(user: Any) -> QuerySet[Notice]:
    """Return a person's notices, unread first, newest first."""
    return Notice.objects.of(user).order_by(F("read_at").asc(nulls_first=True), "-created_at", "-pk")


def unread_count(user: Any) -> int:
    """Return how many notices the person has not read; shown at the bell."""
    return Notice.objects.of(user).unread().count()
