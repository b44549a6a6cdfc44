"""The page «Việc cần làm»: what hurts first on top."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.calendar import WorkCalendar
from khcn.kernel.obligations.selectors import InboxItem, group_of, inbox_of
from khcn.kernel.obligations.states import DueState
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.clock import due_of
from khcn.kernel.records.registry import UnknownRegister, register
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.ui import formats

GROUPS = (_("Quá hạn"), _("Hôm nay"), _("Trong tuần"), _("Sau đó"), _("Không đặt hạn"))
PRESSING = GROUPS[:3]


def inbox_values(user: Any, today: date, chosen: str = "") -> dict[str, Any]:
    """Return the values of the inbox; `chosen` is the register it is narrowed to."""
    items = inbox_of(user, today)
    calendar = work_calendar()
    shown = [item for item in items if chosen in ("", item.obligation.register)]
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in GROUPS}
    for item in shown:
        groups[group_of(item, today)].append(_row(item, today, calendar))
    return {
        "groups": [{"heading": name, "rows": groups[name]} for name in GROUPS if groups[name]],
        "counters": _counters(items, chosen),
        "calm": _calm(shown, today) if not any(groups[name] for name in PRESSING) else "",
    }


def _row(item: InboxItem, today: date, calendar: WorkCalendar) -> dict[str, Any]:
    one, record = item.obligation, item.record
    words = [register_label(one.register), record.code if record else "", str(one.division) if one.division else ""]
    undated = {"tone": "not_due", "label": str(item.state.label), "icon": ""} if one.effective_on is None else None
    url = record_url(record) if record else ""
    return {
        "verb": _(one.action),
        "subject": record.title if record else "",
        "url": url,
        "context": joined(" · ", [word for word in words if word]),
        "due": due_of(one, today, calendar, tells_lateness=item.tells_lateness),
        "state": undated,
        "person": str(one.person) if one.person else "",
        "action": {"label": _("Mở hồ sơ"), "url": f"{url}#buoc-tiep"},
    }


def _counters(items: list[InboxItem], chosen: str) -> list[dict[str, Any]]:
    """Count per register, red where something is late; the first takes the filter away."""
    keys = sorted({item.obligation.register for item in items}, key=register_label)
    found = [_counter(_("Tất cả"), items, "", active=not chosen)]
    found += [
        _counter(
            register_label(key), [one for one in items if one.obligation.register == key], key, active=chosen == key
        )
        for key in keys
    ]
    return found if items else []


def _counter(label: str, items: list[InboxItem], key: str, *, active: bool) -> dict[str, Any]:
    late = any(item.state == DueState.OVERDUE for item in items)
    return {
        "label": label,
        "value": len(items),
        "url": f"?so={key}" if key else "?",
        "active": active,
        "tone": "overdue" if late else "",
    }


def _calm(items: list[InboxItem], today: date) -> str:
    """Say that nothing presses, and what comes next."""
    nearest = next(
        (item for item in items if item.obligation.effective_on and item.obligation.effective_on >= today), None
    )
    if nearest is None:
        return _("Không còn việc đến hạn.")
    subject = nearest.record.title if nearest.record else ""
    day = formats.day(nearest.obligation.effective_on)
    return _("Không còn việc đến hạn. Việc gần nhất: {action}, {subject}, hạn {day}.").format(
        action=_(nearest.obligation.action), subject=subject, day=day
    )


def register_label(key: str) -> str:
    """Return the label of a register; its key where it is not part of this installation."""
    try:
        return register(key).label
    except UnknownRegister:
        return key
