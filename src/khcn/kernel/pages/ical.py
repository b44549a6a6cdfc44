"""Write due dates as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from khcn.kernel.calendar import WorkCalendar
from khcn.kernel.obligations.feeds import FeedItem
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.clock import explanation
from khcn.kernel.pages.inbox import register_label
from khcn.language.words import words as _

REFRESH = timedelta(hours=1)
ONE_DAY = timedelta(days=1)


def calendar_file(items: Iterable[FeedItem], *, name: str, calendar: WorkCalendar) -> bytes:
    """Return the file of a feed: one all-day event per due date; the same obligations give the same bytes.

    Nothing in it says that something is late: who reads it may not be told yet.
    """
    found = Calendar()
    found.add("prodid", _("-//Sở Khoa học và Công nghệ//Việc đến hạn//VI"))
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("name", name)
    found.add("x-wr-calname", name)
    found.add("x-wr-timezone", settings.TIME_ZONE)
    found.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT1H")
    for item in items:
        found.add_component(_event(item, calendar))
    written: bytes = found.to_ical()
    return written


def _event(item: FeedItem, calendar: WorkCalendar) -> Any:
    duty, record = item.obligation, item.record
    address = f"{settings.PUBLIC_URL}{record_url(record)}"
    label = register_label(duty.register)
    due = duty.effective_on
    if due is None:
        raise ValueError(_("Một việc không có hạn không vào lịch được."))
    event = Event()
    event.add("uid", f"obligation-{duty.pk}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("dtstamp", item.changed_at)
    event.add("last-modified", item.changed_at)
    event.add("sequence", item.revision)
    event.add("dtstart", due)
    event.add("dtend", due + ONE_DAY)
    event.add("summary", f"{duty.action}: {record.title}")
    lines = [f"{label} · {record.code}", *explanation(duty, calendar), address]
    event.add("description", "\n".join(lines))
    event.add("url", address)
    event.add("categories", [label])
    event.add("status", "TENTATIVE" if duty.is_paused else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
