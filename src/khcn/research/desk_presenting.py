"""What the desk of tasks shows: numbers that open their lists, what is late, unused, needed and planned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from khcn.kernel.calendar import CalendarError
from khcn.kernel.obligations.selectors import next_dues
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.parties.filters import OWN, OWN_OFFICE
from khcn.research import desk
from khcn.research.evaluating import complete_results, overdue_results
from khcn.research.models import OutsideResult, ResearchTask
from khcn.research.states import TaskState
from khcn.research.task_filters import ALERT, ALERTS, STAGE, STAGES
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
OUTSIDE_COLUMNS = [
    {"label": _("Kết quả không dùng ngân sách", "one")},
    {"label": _("Bên đề nghị")},
    {"label": _("Hạn trả kết quả")},
]
MONTH_COLUMNS = [
    {"label": _("Tháng")},
    {"label": _("Hợp đồng dự kiến cấp (đồng)"), "num": True},
    {"label": _("Đã giải ngân (đồng)"), "num": True},
]


def desk_values(user: Any, today: date) -> dict[str, Any]:
    """Return what the desk is drawn with."""
    tasks = desk.tasks_of(user)
    counts = desk.counts_by_state(tasks)
    late, overdue = desk.late_tasks(tasks, today), desk.overdue_tasks(tasks, today)
    return {
        "counters": list(_counters(counts, late.count(), overdue.count())),
        "states": [
            {"label": TaskState(state).label, "value": counts[state], "url": _list_url("trang-thai", state)}
            for state in TaskState
            if counts.get(state)
        ],
        "task_columns": TASK_COLUMNS,
        "late_rows": [task_row(one, one.last_day) for one in late.select_related("host")[:SHOWN]],
        "overdue_rows": list(_overdue_rows(overdue)),
        "outside_columns": OUTSIDE_COLUMNS,
        "outside_rows": _outside_rows(user, today),
        "unused": _unused(user, tasks, today),
        "plan": _plan(user, today),
        "years": [{"label": str(year), "value": count} for year, count in _by_year(tasks, today)],
        **_forecast(desk.forecast_of(tasks, today.year)),
        "year": today.year,
        "estimate_url": reverse("task-estimate", args=[today.year + 1]),
    }


def rule_words(rule: Rule) -> dict[str, Any]:
    """Return a rule as it stands beside what follows from it."""
    return {"text": rule.legal_basis, "unchecked": rule.is_unchecked}


def task_row(task: ResearchTask, day: date | None) -> dict[str, Any]:
    """Return a task as a row of the desk."""
    return _row(task, task.host.listed_name if task.host else "", day)


def _counters(counts: dict[str, int], late: int, overdue: int) -> Iterable[dict[str, Any]]:
    """Yield the numbers on top, each with the list of exactly the tasks that it counts."""
    for key, label, states in STAGES:
        value = sum(counts.get(one, 0) for one in states)
        yield {"label": label, "value": value, "url": _list_url(STAGE, key), "tone": ""}
    for (key, label), value, tone in zip(ALERTS, (late, overdue), ("overdue", "due_soon"), strict=True):
        yield {"label": label, "value": value, "url": _list_url(ALERT, key), "tone": tone}


def _overdue_rows(overdue: Any) -> Iterable[dict[str, Any]]:
    rows = list(overdue.select_related("host")[:SHOWN])
    since = next_dues(ResearchTask.REGISTER, [one.pk for one in rows])
    return (task_row(one, since.get(one.pk)) for one in rows)


def _outside_rows(user: Any, today: date) -> list[dict[str, Any]]:
    """Return the results done without the State's money whose answer is overdue."""
    results = OutsideResult.objects.visible_to(user).of_office(user.office_id).standing()
    rows = list(overdue_results(results, today).select_related("applicant", "person")[:SHOWN])
    complete_results(rows)
    return [_row(one, one.applicant_name, one.due_on) for one in rows]


def _row(record: ResearchTask | OutsideResult, party: str, day: date | None) -> dict[str, Any]:
    return {"url": record_url(record), "cells": [_named(record), party, formats.day(day) if day else ""]}


def _list_url(name: str, value: str) -> str:
    return f"{register_url(ResearchTask.REGISTER)}?{urlencode({OWN_OFFICE.name: OWN, name: value})}"


def _named(record: ResearchTask | OutsideResult) -> dict[str, str]:
    return {"text": record.title, "url": record_url(record), "sub": record.code}


def _unused(user: Any, tasks: Any, today: date) -> dict[str, Any]:
    """Return the results nobody uses, each once with how long, and how many are beyond each mark of the rule."""
    try:
        rule = rule_in_force(desk.UNUSED_MONTHS, on=today, office=user.office)
    except RuleUnknown:
        return {}
    marks = sorted(int(months) for months in rule.value)
    rows = desk.unused_results(tasks, today, marks[0])
    beyond = [
        _("{count} nhiệm vụ từ {months} tháng").format(months=one, count=desk.unused_results(tasks, today, one).count())
        for one in marks
    ]
    return {
        "heading": _("Nghiệm thu từ {months} tháng trở lên, chưa có phiếu ứng dụng").format(months=marks[0]),
        "counts": joined(" · ", beyond),
        "columns": [*TASK_COLUMNS, {"label": _("Đã qua")}],
        "rows": [_unused_row(one, today) for one in rows.select_related("host")[:SHOWN]],
    }


def _unused_row(task: ResearchTask, today: date) -> dict[str, Any]:
    row = task_row(task, task.accepted_on)
    months = desk.whole_months(task.accepted_on, today) if task.accepted_on else 0
    return {**row, "cells": [*row["cells"], _("{months} tháng").format(months=months)]}


def _forecast(months: list[desk.MonthForecast]) -> dict[str, Any]:
    """Return what a year plans to pay and paid: the months in which there is anything, and a chart of either."""
    kept = [one for one in months if one.planned or one.paid]
    return {
        "month_columns": MONTH_COLUMNS,
        "month_rows": [{"cells": [_("Tháng {month}").format(month=one.month), one.planned, one.paid]} for one in kept],
        "month_totals": [_("Cả năm"), sum(one.planned for one in kept), sum(one.paid for one in kept)],
        "month_charts": [
            *_chart(_("Hợp đồng dự kiến cấp, triệu đồng"), [one.planned for one in months]),
            *_chart(_("Đã giải ngân, triệu đồng"), [one.paid for one in months]),
        ],
    }


def _chart(title: str, months: list[int]) -> Iterable[dict[str, Any]]:
    """Yield the chart of a year, none where there is nothing, or less than nothing, to draw."""
    if any(months) and min(months) >= 0:
        points = [{"label": str(month), "value": _millions(amount)} for month, amount in enumerate(months, start=1)]
        yield {"title": title, "points": points}


def _millions(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-6).quantize(Decimal("0.1")).normalize()


def _plan(user: Any, today: date) -> dict[str, Any]:
    """Return the plan backwards for the year whose estimate is sent next; why there is none where it cannot be made."""
    passed: list[dict[str, str]] = []
    for year in (today.year + 1, today.year + 2):
        try:
            plan = desk.back_plan(user, year, today)
        except (RuleUnknown, CalendarError) as unknown:
            return {"passed": passed, "fault": str(unknown)}
        if plan.due_on >= today:
            break
        passed.append(_passed_words(plan))
    missed = [one for one in plan.days if one.is_missed(today) and one.end_on >= today]
    return {
        "passed": passed,
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


def _passed_words(plan: desk.BackPlan) -> dict[str, str]:
    """Return what became of a plan whose day is over: by which step its estimate was missed, and how late that is."""
    said = {"year": plan.year, "due": formats.day(plan.due_on)}
    missed = plan.missed
    if missed is None:
        words = _("Dự toán năm {year} đã qua ngày gửi {due}; danh mục được phê duyệt kịp.")
        return {"tone": "info", "text": words.format(**said)}
    said |= {"step": missed.step.label, "end": formats.day(missed.end_on), "late": formats.number(missed.late)}
    if missed.over_on is None:
        words = _(
            "Đã lỡ dự toán năm {year}, gửi chậm nhất {due}: bước «{step}» phải xong {end}, đến nay chưa xong, chậm "
            "{late} ngày."
        )
        return {"tone": "warning", "text": words.format(**said)}
    words = _(
        "Đã lỡ dự toán năm {year}, gửi chậm nhất {due}: bước «{step}» phải xong {end}, đến {over} mới xong, chậm "
        "{late} ngày."
    )
    return {"tone": "warning", "text": words.format(**said, over=formats.day(missed.over_on))}


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
