"""Subscriptions to due dates by a calendar program: made, ended, found by their secret, and what they show."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Count

from khcn.kernel.identity.models import User
from khcn.kernel.obligations.models import CalendarFeed, FeedScope, Obligation
from khcn.kernel.obligations.permissions import may_subscribe
from khcn.kernel.obligations.selectors import obligations_of
from khcn.kernel.records.clock import FOREVER
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import resolve

SECRET_BYTES = 32
LONGEST = 3_000
"""Events of one feed, the nearest first; calendar programs choke on more."""


@dataclass(frozen=True)
class FeedItem:
    """One dated obligation of a feed; `changed_at`: when it last changed, `revision`: how often it did before."""

    obligation: Obligation
    record: Record
    changed_at: datetime
    revision: int


def make_feed(*, user: User, scope: str, at: datetime) -> str:
    """Make a subscription and return its secret, which is not kept; an earlier one of the same scope ends.

    Raises: NotPermitted.
    """
    may_subscribe(user, scope).enforce()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)  # two clicks take turns
        revoke_feed(user=user, scope=scope, at=at)
        CalendarFeed.objects.create(user_id=user.pk, scope=scope, digest=_digest(secret), created_at=at)
    return secret


def revoke_feed(*, user: User, scope: str, at: datetime) -> int:
    """End the person's subscription of the scope; its address is worth nothing from now on. Returns how many ended."""
    return CalendarFeed.objects.filter(user_id=user.pk, scope=scope, revoked_at=None).update(revoked_at=at)


def feed_of(secret: str, *, on: date) -> CalendarFeed | None:
    """Return the subscription of a secret, its person acting on the day; None if it ended or they lost the right."""
    rows = CalendarFeed.objects.filter(digest=_digest(secret), revoked_at=None).select_related("user__office")
    found = rows.first()
    if found is None or not may_subscribe(found.user.act_on(on), found.scope):
        return None
    return found


def feeds_in_force(user: Any) -> dict[str, CalendarFeed]:
    """Return the person's subscriptions by scope."""
    return {feed.scope: feed for feed in CalendarFeed.objects.filter(user_id=user.pk, revoked_at=None)}


def feed_items(feed: CalendarFeed) -> list[FeedItem]:
    """Return the open dated obligations of a feed, on records that its person may see today and that stand."""
    user = feed.user
    everything = Obligation.objects.open().filter(office_id=user.office_id)
    rows = everything if feed.scope == FeedScope.OFFICE else obligations_of(user)
    dated = rows.filter(effective_on__isnull=False).select_related("rule", "division", "person")
    chosen = list(dated.prefetch_related("pauses").order_by("effective_on", "id")[:LONGEST])
    records = resolve({row.ref for row in chosen}, user)
    shown = [row for row in chosen if row.ref in records and records[row.ref].withdrawn_on is None]
    changes = _changes([row.pk for row in shown])
    return [FeedItem(row, records[row.ref], *changes[row.pk]) for row in shown]


def _changes(numbers: list[int]) -> dict[int, tuple[datetime, int]]:
    versions = Obligation.Version._base_manager.filter(id__in=numbers)
    counts = dict(versions.order_by().values_list("id").annotate(number=Count("pk")))
    since = versions.filter(recorded_to=FOREVER).values_list("id", "recorded_from")
    return {number: (instant, counts[number] - 1) for number, instant in since}


def _digest(secret: str) -> str:
    # A secret of 32 random bytes cannot be guessed, so a plain digest keeps it as safe as a slow one would.
    return sha256(secret.encode()).hexdigest()
