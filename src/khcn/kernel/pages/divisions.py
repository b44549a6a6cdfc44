"""What the administrator's pages of the office and its divisions show."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse

from khcn.kernel.identity.models import Division, OfficeEvent, User
from khcn.kernel.identity.organising import OFFICE_FIELDS
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.handing_over import OpenWork, open_work
from khcn.language.words import words as _
from khcn.ui import formats

HEADING = _("Cơ quan và phòng, đơn vị")
HISTORY_SHOWN = 100


def office_values(actor: User, today: date) -> dict[str, Any]:
    """Return the office's particulars, its divisions with how many people sit there, and what was done with them."""
    office = actor.working_office
    people = Count("users", filter=Q(users__is_active=True))
    rows = (
        Division.objects.filter(office=office)
        .annotate(people=people)
        .order_by(F("valid_to").asc(nulls_first=True), "code")
    )
    fields: dict[str, Any] = {name: office._meta.get_field(name) for name in OFFICE_FIELDS}
    facts = [{"label": field.verbose_name, "value": getattr(office, name)} for name, field in fields.items()]
    return {
        "office": office,
        "facts": [{"heading": "", "facts": facts}],
        "columns": [
            {"label": _("Phòng, đơn vị")},
            {"label": _("Ký hiệu")},
            {"label": _("Hoạt động")},
            {"label": _("Số người"), "num": True},
        ],
        "rows": [_row(one, today) for one in rows],
        "events": _events(OfficeEvent.objects.filter(office=office)),
    }


def division_values(division: Division, actor: User, today: date) -> dict[str, Any]:
    """Return one division: when it exists, who sits there, what it answers for, what was done with it."""
    people = User.objects.filter(division=division, is_active=True).order_by("full_name")
    return {
        "division": division,
        "ended": division.valid_to is not None,
        "breadcrumb": [{"label": HEADING, "url": reverse("divisions")}, {"label": division.name}],
        "facts": [{"heading": "", "facts": _facts(division, today)}],
        "people": [
            {"name": one.full_name, "title": one.job_title, "url": reverse("account-of", args=[one.pk])}
            for one in people
        ],
        "work": work_values(open_work(division, actor)),
        "events": _events(division.events.all()),
    }


def work_values(work: list[OpenWork]) -> list[dict[str, Any]]:
    """Return open work register by register, the first records by name."""
    return [
        {
            "label": _("{label}: {count} hồ sơ còn mở").format(
                label=one.register.label, count=formats.number(one.count)
            ),
            "items": [{"label": str(record), "url": record_url(record)} for record in one.first],
            "rest": formats.number(rest) if (rest := one.count - len(one.first)) else "",
        }
        for one in work
    ]


def span_words(division: Division, today: date) -> str:
    """Return since when and until when a division exists."""
    since = _("từ {valid_from}").format(valid_from=formats.day(division.valid_from)) if division.valid_from else ""
    until = _("đến hết {valid_to}").format(valid_to=formats.day(division.valid_to)) if division.valid_to else ""
    words = " ".join(part for part in (since, until) if part)
    if division.valid_to is not None and division.valid_to < today:
        return _("đã thôi, {words}").format(words=words)
    return words or _("đang hoạt động")


def _facts(division: Division, today: date) -> list[dict[str, Any]]:
    return [
        {"label": _("Ký hiệu"), "value": division.code},
        {"label": _("Hoạt động"), "value": span_words(division, today)},
        {"label": _("Cơ quan"), "value": str(division.office)},
    ]


def _row(one: Any, today: date) -> dict[str, Any]:
    name = {"text": one.name, "url": reverse("division", args=[one.pk])}
    return {"cells": [name, one.code, span_words(one, today), formats.number(one.people)]}


def _events(rows: Any) -> list[dict[str, Any]]:
    return [
        {"at": one.at, "who": one.actor_name, "what": one.words, "note": one.why}
        for one in rows.order_by("-at", "-pk")[:HISTORY_SHOWN]
    ]
