"""The leaders' page as values of the interface."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from khcn.assignments.permissions import may_accept, may_monitor
from khcn.assignments.selectors import board_counts, board_rows, sees_all_lateness, soon_days
from khcn.governance.states import Standstill
from khcn.governance.stuck import StuckConclusion, stuck_conclusions
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.language.words import without_capital
from khcn.language.words import words as _
from khcn.overview.layout import Chart, Number, current_layout
from khcn.overview.selectors import chart_counts, chart_filter
from khcn.ui import formats
from khcn.ui.values import Tone

SHOWN_STUCK = 8
"""As many as leave room for the charts on one printed sheet."""
LONGEST_TITLE = 110
TONES = {
    Standstill.RESULT: Tone.OVERDUE,
    Standstill.ACCEPTANCE: Tone.DUE_SOON,
    Standstill.EXTENSION: Tone.DUE_SOON,
    Standstill.REST: Tone.PAUSED,
}
OPENS = {Standstill.ACCEPTANCE: _("Xem kết quả"), Standstill.EXTENSION: _("Xem đề nghị")}


def overview_values(user: Any, today: date, now: datetime, *, whole: bool = False) -> dict[str, Any]:
    """Return the page: four numbers, the conclusions that do not move, three charts; `whole`: all those conclusions."""
    layout, fault = current_layout()
    withheld = not sees_all_lateness(user)
    counts = board_counts(board_rows(user), today, soon=soon_days(today, user.office), withheld=withheld)
    stuck = stuck_conclusions(user, today)
    shown = stuck if whole else stuck[:SHOWN_STUCK]
    return {
        "numbers": [_number(one, counts) for one in layout.numbers["above" if withheld else "office"]],
        "stuck_rows": [_stuck_row(one, user, today) for one in shown],
        "stuck_count": len({one.conclusion.pk for one in stuck}),
        "stuck_more": len(stuck) - len(shown),
        "charts": [_chart(one, user) for one in layout.charts],
        "fault": fault,
        "instant": now,
        "today": today,
        "office": user.office,
    }


def _number(number: Number, counts: dict[Any, int]) -> dict[str, Any]:
    states = urlencode({"trang-thai": ",".join(number.states)})
    return {
        "label": number.label,
        "value": sum(counts.get(state, 0) for state in number.states),
        "tone": number.tone,
        "note": number.note,
        "url": f"{reverse('assignments-board')}?{states}",
    }


def _stuck_row(one: StuckConclusion, user: Any, today: date) -> dict[str, Any]:
    session = one.conclusion.session
    url = f"{reverse('governance:session', args=[session.code])}#{one.conclusion.code}"
    words = " ".join(one.conclusion.title.split())
    title = words if len(words) <= LONGEST_TITLE else f"{words[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"
    days = (today - one.since).days
    held = (
        _("buổi làm việc {held_on}").format(held_on=formats.day(session.held_on)) if session.held_on else session.code
    )
    state = {"tone": TONES.get(one.waits_for, Tone.NOT_DUE), "label": str(one.waits_for.label), "icon": ""}
    return {
        "title": title[:1].upper() + title[1:],
        "url": url,
        "held": held,
        "state": state,
        "task": one.task.code if one.task else "",
        "task_url": _next_url(one, user) or url,
        "open_label": OPENS.get(one.waits_for, _("Mở nhiệm vụ")) if one.task else _("Mở kết luận"),
        "whose": one.whose,
        "since": formats.day(one.since),
        "waited": _("đã {days} ngày").format(days=formats.number(days)) if days else _("hôm nay"),
    }


def _next_url(one: StuckConclusion, user: Any) -> str:
    """Return where what is waited for is done: for whoever may decide the decision itself, else the record."""
    if one.task is None:
        return ""
    if one.waits_for == Standstill.ACCEPTANCE and may_accept(user, one.task):
        return reverse("assignment-result", args=[one.task.code])
    if one.request is not None and may_monitor(user, one.task):
        return reverse("assignment-extension-decision", args=[one.task.code, one.request])
    return f"{record_url(one.task)}#buoc-tiep"


def _chart(chart: Chart, user: Any) -> dict[str, Any]:
    points, more = chart_counts(chart, user)
    return {
        "title": f"{chart.title} ({chart.unit})",
        "kind": chart.kind,
        "heading": chart.heading,
        "points": [{"label": one.label, "value": one.number, "url": _opens(chart, one.key)} for one in points],
        "more": more,
        "source": _source(chart),
        "url": _whole_list(chart),
    }


def _opens(chart: Chart, key: str) -> str:
    if chart.source == "leads":
        return f"{reverse('assignments-board')}?{urlencode({'co-quan': key, 'trang-thai': RUNNING})}"
    return f"{register_url(chart.register)}?{urlencode({chart.filter: key})}"


def _whole_list(chart: Chart) -> str:
    return reverse("assignments-board") if chart.source == "leads" else register_url(chart.register)


def _source(chart: Chart) -> str:
    if chart.source == "leads":
        return _("Sổ nhiệm vụ giao")
    asked = chart_filter(chart)
    return (
        _("Sổ {register}").format(register=without_capital(asked[0].label))
        if asked
        else _("chưa có sổ «{register}»").format(register=chart.register)
    )


RUNNING = "overdue,due_soon,not_due,no_deadline,under_way"
"""The board states of open work; of these the board of whoever may not see lateness knows the ones it shows."""
