"""What the desk of tasks shows: numbers that open their lists, what is late, unused, needed and planned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from khcn.kernel.calendar import CalendarError
from khcn.kernel.obligations.selectors import next_dues
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force
from khcn.language.words import words as _
from khcn.research import desk
from khcn.research.estimating import PLANNED
from khcn.research.models import ResearchTask
from khcn.research.states import UNDER_WAY, TaskState
from khcn.ui import formats

SHOWN = 20
STEP_COLUMNS = [
    {"label": _("Bước")},
    {"label": _("Cần")},
    {"label": _("Bắt đầu chậm nhất")},
    {"label": _("Xong chậm nhất")},
    {"label": _("Tình trạng")},
]
TASK_COLUMNS = [{"label": _("Nhiệm vụ", "one")}, {"label": _("Tổ chức chủ trì")}, {"label": _("Từ ngày")}]
MONTH_COLUMNS = [
    {"label": _("Tháng")},
    {"label": _("Hợp đồng dự kiến cấp (đồng)"), "num": True},
    {"label": _("Đã giải ngân (đồng)"), "num": True},
]
ANYWHERE = (
    (_("Xác định, tuyển chọn"), PLANNED),
    (_("Đang thực hiện"), UNDER_WAY),
    (_("Chờ xử lý kinh phí"), (TaskState.NOT_ACCEPTED, TaskState.TERMINATED, TaskState.RISK_REVIEW)),
    (_("Theo dõi ứng dụng"), (TaskState.TRACKING,)),
)


def desk_values(user: Any, today: date) -> dict[str, Any]:
    """Return what the desk is drawn with."""
    tasks = desk.tasks_of(user)
    counts = desk.counts_by_state(tasks)
    late, overdue = desk.late_tasks(tasks, today), desk.overdue_tasks(tasks, today)
    return {
        "counters": list(_counters(counts, late.count(), overdue.count())),
        "states": [
            {"label": TaskState(state).label, "value": counts[state], "url": _list_url(state)}
            for state in TaskState
            if counts.get(state)
        ],
        "task_columns": TASK_COLUMNS,
        "late_rows": [task_row(one, one.last_day) for one in late.select_related("host")[:SHOWN]],
        "overdue_rows": list(_overdue_rows(overdue)),
        "unused": list(_unused(user, tasks, today)),
        "plan": _plan(user, today),
        "years": [{"label": str(year), "value": count} for year, count in _by_year(tasks, today)],
        "month_columns": MONTH_COLUMNS,
        "month_rows": [
            {"cells": [_("Tháng {month}").format(month=one.month), one.planned, one.paid]}
            for one in desk.forecast_of(tasks, today.year)
        ],
        "year": today.year,
        "estimate_url": reverse("task-estimate", args=[today.year + 1]),
    }


def rule_words(rule: Rule) -> dict[str, Any]:
    """Return a rule as it stands beside what follows from it."""
    return {"text": rule.legal_basis, "unchecked": rule.is_unchecked}


def task_row(task: ResearchTask, day: date | None) -> dict[str, Any]:
    """Return a task as a row of the desk."""
    host = task.host.listed_name if task.host else ""
    return {"url": record_url(task), "cells": [_named(task), host, formats.day(day) if day else ""]}


def _counters(counts: dict[str, int], late: int, overdue: int) -> Iterable[dict[str, Any]]:
    everything = register_url(ResearchTask.REGISTER)
    for label, states in ANYWHERE:
        yield {"label": label, "value": sum(counts.get(one, 0) for one in states), "url": everything, "tone": ""}
    yield {"label": _("Hết hạn hợp đồng, chưa nộp hồ sơ"), "value": late, "url": "#qua-han", "tone": "overdue"}
    yield {"label": _("Có việc quá hạn"), "value": overdue, "url": "#viec-qua-han", "tone": "due_soon"}


def _overdue_rows(overdue: Any) -> Iterable[dict[str, Any]]:
    rows = list(overdue.select_related("host")[:SHOWN])
    since = next_dues(ResearchTask.REGISTER, [one.pk for one in rows])
    return (task_row(one, since.get(one.pk)) for one in rows)


def _list_url(state: str) -> str:
    return f"{register_url(ResearchTask.REGISTER)}?trang-thai={state}"


def _named(task: ResearchTask) -> dict[str, str]:
    return {"text": task.title, "url": record_url(task), "sub": task.code}


def _unused(user: Any, tasks: Any, today: date) -> Iterable[dict[str, Any]]:
    try:
        rule = rule_in_force(desk.UNUSED_MONTHS, on=today, office=user.office)
    except RuleUnknown:
        return
    for months in rule.value:
        rows = desk.unused_results(tasks, today, int(months))
        yield {
            "heading": _("Nghiệm thu từ {months} tháng trở lên, chưa có phiếu ứng dụng").format(months=months),
            "count": rows.count(),
            "rows": [task_row(one, one.accepted_on) for one in rows.select_related("host")[:SHOWN]],
        }


def _plan(user: Any, today: date) -> dict[str, Any]:
    """Return the plan backwards for the year whose estimate is sent next; why there is none where it cannot be made."""
    for year in (today.year + 1, today.year + 2):
        try:
            plan = desk.back_plan(user, year, today)
        except (RuleUnknown, CalendarError) as unknown:
            return {"fault": str(unknown)}
        if plan.due_on >= today:
            break
    missed = [one for one in plan.days if one.is_missed(today) and one.end_on >= today]
    return {
        "year": plan.year,
        "due": formats.day(plan.due_on),
        "columns": STEP_COLUMNS,
        "rows": [{"cells": _step_cells(one, today)} for one in plan.days],
        "warning": _("Bước «{step}» không còn đủ thời gian; rút ngắn hoặc điều chỉnh kế hoạch năm {year}.").format(
            step=missed[0].step.label, year=plan.year
        )
        if missed
        else "",
        "proposals": plan.proposals,
        "screened": plan.screened,
        "listed": plan.listed,
        "rules": [rule_words(one) for one in plan.rules],
    }


def _step_cells(one: Any, today: date) -> list[Any]:
    if one.end_on < today:
        state = _("Đã qua hạn chót")
    elif one.begin_on < today:
        state = _("Phải đang làm")
    else:
        state = _("Còn {days} ngày để bắt đầu").format(days=(one.begin_on - today).days)
    return [one.step.label, one.step.takes_words, formats.day(one.begin_on), formats.day(one.end_on), state]


def _by_year(tasks: Any, today: date) -> Iterable[tuple[int, int]]:
    return desk.approved_by_year(tasks, today.year).items()
