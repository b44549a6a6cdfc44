"""Read the links of a record, and what a token opens on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.urls import reverse

from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import resolve
from khcn.kernel.sharing.models import SharedLink
from khcn.kernel.sharing.registry import Shareable, shareable_of
from khcn.kernel.sharing.signing import link_of, token_of


class Refusal(StrEnum):
    """Why a token opens nothing."""

    UNKNOWN = "unknown"  # not signed by us
    EXPIRED = "expired"
    REVOKED = "revoked"
    CLOSED = "closed"  # what it opened is no longer for everyone


@dataclass(frozen=True)
class Opened:
    """What a token opens: the record and how it is shown, or why not; `link` is None only for a foreign token."""

    link: SharedLink | None
    record: Record | None = None
    shareable: Shareable | None = None
    refusal: Refusal | None = None


def opened_by(token: str, on: date) -> Opened:
    """Return what the token opens on the day."""
    link = link_of(token)
    if link is None:
        return Opened(None, refusal=Refusal.UNKNOWN)
    if link.revoked_on is not None:
        return Opened(link, refusal=Refusal.REVOKED)
    if not link.is_in_force(on):
        return Opened(link, refusal=Refusal.EXPIRED)
    record, shareable = resolve([link.ref], everything=True).get(link.ref), shareable_of(link.register)
    if record is None or shareable is None or record.withdrawn_on is not None or shareable.closed(record):
        return Opened(link, refusal=Refusal.CLOSED)
    return Opened(link, record, shareable)


def links_of(record: Record) -> Any:
    """Return all links to the record, the newest first."""
    return SharedLink.objects.about(record.ref).select_related("released_by", "revoked_by", "opening")


def address_of_link(link: SharedLink) -> str:
    """Return the whole address that the link's QR code says."""
    return f"{settings.PUBLIC_URL}{reverse('shared-link', args=[token_of(link)])}"


def newest_address(record: Record, on: date) -> str:
    """Return the address of the link in force that lasts longest; nothing where the record may not be read by one."""
    shareable = shareable_of(record.REGISTER)
    if shareable is None or shareable.closed(record):
        return ""
    link = SharedLink.objects.about(record.ref).in_force(on).order_by("-valid_until", "-pk").first()
    return address_of_link(link) if link is not None else ""
