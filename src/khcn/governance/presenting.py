"""Sessions, figures and recommendations as values of the interface."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from khcn.governance.following_up import FollowLine, as_sentence, progress_steps
from khcn.governance.models import Conclusion, Recommendation, SessionFigure, WorkingSession
from khcn.governance.permissions import may_follow_conclusions, may_record_session
from khcn.governance.selectors import Comparison, SessionCounts, known_paper_number, period_compared, visible_rows
from khcn.governance.services.following import GIVABLE
from khcn.governance.states import Comparator, ConclusionState, RecommendationState, SessionState
from khcn.governance.waiting import waiting_of
from khcn.governance.workflow import RECOMMENDATION_WORKFLOW, SESSION_WORKFLOW
from khcn.kernel.indicators.periods import PERIOD_LABELS
from khcn.kernel.indicators.registry import UnknownIndicator, find_indicator
from khcn.kernel.indicators.selectors import Figure
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.listing import state_value
from khcn.kernel.records.history import HistoryEntry, history_of
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import resolve
from khcn.language.words import words as _
from khcn.ui import formats
from khcn.ui.values import State, Tone

FIGURE_KINDS = {"counted": "count", "summed": "sum", "reported": "reported"}
COMPARED_COLUMNS = [
    {"label": _("Nội dung")},
    {"label": _("Đã nêu")},
    {"label": _("Sổ biết lúc họp"), "hint": _("đến hết ngày họp")},
    {"label": _("Sổ biết bây giờ")},
    {"label": _("Đối chiếu")},
]
REPORTED_COLUMNS = [{"label": _("Nội dung")}, {"label": _("Đã nêu")}]
RECORD_COLUMNS = [{"label": _("Mã hồ sơ")}, {"label": _("Tên, trích yếu")}]
WAITING_COLUMNS = [
    {"label": _("Kiến nghị")},
    {"label": _("Bên nêu")},
    {"label": _("Nêu ngày")},
    {"label": _("Đã chờ"), "num": True, "hint": _("ngày")},
    {"label": _("Cơ quan xem xét")},
    {"label": _("Trạng thái")},
    {"label": _("Việc làm")},
]


def timeline_items(
    sessions: Sequence[WorkingSession], counts: dict[int, SessionCounts], numbers: dict[int, str]
) -> list[dict[str, Any]]:
    """Return sessions as the timeline shows them; `numbers`: of the notices, by session."""
    items = []
    for session in sessions:
        counted = counts.get(session.pk, SessionCounts())
        items.append(
            {
                "on": session.held_on,
                "title": session.title,
                "url": reverse("governance:session", args=[session.code]),
                "number": numbers.get(session.pk, ""),
                "state": state_value(SESSION_WORKFLOW, session.state),
                "concluded": counted.concluded,
                "done": counted.done,
                "overdue": counted.overdue,
            }
        )
    return items


def people_items(session: WorkingSession, user: Any) -> list[dict[str, Any]]:
    """Return those present by protocol: the part, the name, the roles of that day; no way to whom one may not know."""
    rows = list(session.attendances.select_related("person").order_by("protocol_rank", "pk"))
    known = resolve([row.person.ref for row in rows], user)
    return [
        {
            "role": row.get_part_display(),
            "name": row.person.title if row.person.ref in known else row.person.listed_name,
            "division": row.roles or row.organisation,
            "url": record_url(row.person) if row.person.ref in known else "",
        }
        for row in rows
    ]


def paper_items(papers: Sequence[Record]) -> list[dict[str, Any]]:
    """Return papers as the component of papers shows them."""
    return [
        {
            "title": paper.title,
            "number": known_paper_number(paper),
            "on": getattr(paper, "issued_on", None),
            "url": record_url(paper),
        }
        for paper in papers
    ]


def reported_value(row: SessionFigure) -> dict[str, Any]:
    """Return a reported figure as the interface shows it."""
    comparator = "" if row.comparator == Comparator.EXACT else Comparator(row.comparator).label
    return {"value": _plain(row.value), "unit": row.unit, "comparator": comparator, "kind": "reported"}


def compared_rows(
    session: WorkingSession, comparisons: Sequence[Comparison], user: Any, *, differences: bool
) -> list[dict[str, Any]]:
    """Return the rows of the table of figures; the registers' own values only where differences may be seen."""
    may_match = bool(may_record_session(user, session))
    rows = []
    for one in comparisons:
        row = one.reported
        cells: list[Any] = [
            {"text": as_sentence(row.what), "sub": _compared_with(session, row) if differences else row.period},
            {"figure": reported_value(row)},
        ]
        if differences:
            cells += [_own_cell(session, one, one.then, "luc-hop"), _own_cell(session, one, one.now, "bay-gio")]
            cells.append(_verdict(session, one, may_match=may_match))
        rows.append({"cells": cells})
    return rows


def _compared_with(session: WorkingSession, row: SessionFigure) -> str:
    if not row.indicator:
        return row.period
    try:
        label = find_indicator(row.indicator).label
    except UnknownIndicator:
        return _("Chỉ số «{indicator}» không còn").format(indicator=row.indicator)
    period = period_compared(session, row)
    return f"{label} · {period_words(period)}" if period else label


def period_words(period: tuple[str, int]) -> str:
    """Return a period as people say it."""
    kind, year = period
    return PERIOD_LABELS[kind].format(year=year) if kind in PERIOD_LABELS else f"{kind} {year}"


def _own_cell(session: WorkingSession, one: Comparison, found: Figure | None, place: str) -> Any:
    if found is None:
        return "—"
    url = reverse("governance:figure", args=[session.code, one.reported.pk])
    return {"figure": own_value(found) | {"url": f"{url}#{place}"}}


def own_value(found: Figure) -> dict[str, Any]:
    """Return a figure of the registers as the interface shows it."""
    return {
        "value": _plain(found.value) if found.value is not None else None,
        "unit": found.indicator.unit,
        "kind": FIGURE_KINDS.get(str(found.kind), "count"),
        "label": found.indicator.label,
    }


def _verdict(session: WorkingSession, one: Comparison, *, may_match: bool) -> dict[str, Any]:
    url = reverse("governance:figure-match", args=[session.code, one.reported.pk]) if may_match else ""
    if one.then is None:
        asked = _("Chọn chỉ số đối chiếu") if may_match else _("Chưa đối chiếu")
        return {"text": asked, "url": url}
    if one.agrees is None:
        state = State(Tone.PAUSED, _("Sổ chưa có số liệu"))
    elif one.agrees:
        state = State(Tone.DONE, _("Khớp"))
    else:
        state = State(Tone.DUE_SOON, _("Lệch {difference}").format(difference=_signed(one.difference)))
    change = {"text": _("Sửa đối chiếu"), "url": url} if may_match else {"text": ""}
    return {"state": state, **change, "sub": one.reported.explanation}


def _signed(value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{'+' if value > 0 else '−'}{formats.number(abs(_plain(value)))}"


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def figure_history(row: SessionFigure) -> list[dict[str, Any]]:
    """Return the history of one reported figure as the timeline shows it; for those who may see differences."""
    return [{"at": one.at, "who": one.actor, "what": _change_words(one), "note": one.why} for one in history_of(row)]


def _change_words(entry: HistoryEntry) -> str:
    changes = "; ".join(f"{one.label}: {one.old} → {one.new}" for one in entry.fields)
    return f"{entry.label} [{changes}]" if changes else entry.label


def record_rows(rows: Sequence[Record]) -> list[dict[str, Any]]:
    """Return records as rows of a table."""
    return [{"cells": [row.code, row.title], "url": record_url(row)} for row in rows]


def drill_down(one: Comparison, user: Any) -> dict[str, Any]:
    """Return the records behind a figure then and now, what came and what went between."""
    then, now = visible_rows(one.then, user), visible_rows(one.now, user)
    then_ids, now_ids = {row.pk for row in then}, {row.pk for row in now}
    return {
        "then": record_rows(then),
        "now": record_rows(now),
        "added": record_rows([row for row in now if row.pk not in then_ids]),
        "removed": record_rows([row for row in then if row.pk not in now_ids]),
    }


def conclusion_blocks(
    session: WorkingSession, lines: Sequence[FollowLine], user: Any, today: date
) -> list[dict[str, Any]]:
    """Return each conclusion with what it waits for, its progress lines and what the user may do about it."""
    follows = bool(may_follow_conclusions(user, session))
    return [
        {
            "conclusion": line.followed.conclusion,
            "number": line.number,
            "url": record_url(line.followed.conclusion),
            "state": line.state,
            "waiting": waiting_of(line, session.held_on).words(today),
            "progress": [[_step(step) for step in steps] for steps in progress_steps(line, session)],
            "tasks": [
                {"code": task.task.code, "title": task.task.title, "state": task.state, "url": record_url(task.task)}
                for task in line.tasks
            ],
            "acts": conclusion_acts(line.followed.conclusion) if follows else [],
        }
        for line in lines
    ]


def _step(step: dict[str, Any]) -> dict[str, Any]:
    record = step.get("record")
    shown = {key: value for key, value in step.items() if key != "record"}
    return shown | {"url": record_url(record) if record is not None else ""}


def conclusion_acts(conclusion: Conclusion) -> list[dict[str, str]]:
    """Return what may be done about a conclusion, as buttons."""
    if conclusion.state not in GIVABLE:
        return []
    again = conclusion.state == ConclusionState.TASKED
    give = {
        "label": _("Giao thêm nhiệm vụ") if again else _("Giao nhiệm vụ"),
        "url": reverse("governance:task-give", args=[conclusion.code]),
    }
    give |= {"icon": "send", "kind": "quiet" if again else "secondary"}
    note = {
        "label": _("Chỉ để biết"),
        "url": reverse("governance:conclusion-note", args=[conclusion.code]),
        "kind": "quiet",
    }
    return [give] if again else [give, note]


def recommendation_blocks(rows: Sequence[Recommendation], user: Any, today: date) -> list[dict[str, Any]]:
    """Return recommendations with their answers, or how long they have waited."""
    return [
        {
            "row": row,
            "url": record_url(row),
            "state": state_value(RECOMMENDATION_WORKFLOW, row.state),
            "waited": waited_words(row, today),
            "acts": recommendation_acts(row) if may_follow_conclusions(user, row) else [],
        }
        for row in rows
    ]


def recommendation_acts(row: Recommendation) -> list[dict[str, str]]:
    """Return what may be done about a recommendation, as buttons."""
    if row.state == RecommendationState.ANSWERED:
        return []
    answer = {
        "label": _("Ghi trả lời"),
        "url": reverse("governance:recommendation-answer", args=[row.code]),
        "kind": "secondary",
    }
    study = {
        "label": _("Chuyển xem xét"),
        "url": reverse("governance:recommendation-study", args=[row.code]),
        "kind": "quiet",
    }
    return [answer] if row.state == RecommendationState.UNDER_STUDY else [answer, study]


def days_waited(row: Recommendation, today: date) -> int | None:
    """Return for how many days a recommendation has waited; None where the day it was raised is not known."""
    return (today - row.raised_on).days if row.raised_on else None


def waited_words(row: Recommendation, today: date) -> str:
    """Return how long an unanswered recommendation has waited, as words."""
    days = days_waited(row, today)
    if row.state == RecommendationState.ANSWERED or days is None:
        return ""
    return _("Đã chờ trả lời {days} ngày").format(days=formats.number(days))


def waiting_rows(rows: Sequence[Recommendation], user: Any, today: date) -> list[dict[str, Any]]:
    """Return unanswered recommendations as rows of a table."""
    shown = []
    known = resolve([row.session.ref for row in rows if row.session], user)
    for row in rows:
        hidden = row.session is not None and row.session.ref not in known
        act = recommendation_acts(row)[0] if may_follow_conclusions(user, row) and not hidden else None
        session = f"{row.session.code} · {formats.day(row.session.held_on)}" if row.session and not hidden else ""
        cells = [
            {"text": as_sentence(row.title), "sub": session},
            row.raised_by,
            row.raised_on,
            days_waited(row, today),
            (row.studied_by.listed_name if row.studied_by else "") or _("chưa giao ai"),
            {"state": state_value(RECOMMENDATION_WORKFLOW, row.state)},
            {"text": act["label"], "url": act["url"]} if act else "",
        ]
        shown.append({"cells": cells, "url": record_url(row)})
    return shown


def session_steps(session: WorkingSession, user: Any) -> list[dict[str, Any]]:
    """Return the next steps of a session as the component of requirements shows them."""
    return [
        {
            "heading": offer.transition.label,
            "items": [{"met": met, "text": requirement.words} for requirement, met in offer.checked],
            "action": {
                "label": offer.transition.label,
                "kind": "secondary",
                "post_url": reverse("governance:session-step", args=[session.code, offer.transition.name]),
                "reason": "" if offer.possible else _("Còn thiếu điều kiện nêu trên."),
            },
        }
        for offer in SESSION_WORKFLOW.offers(user, session)
        if session.state != SessionState.CLOSED
    ]
