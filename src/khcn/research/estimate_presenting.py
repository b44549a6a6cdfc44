"""What the page of the money that a budget year needs shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from khcn.kernel.pages.addresses import record_url
from khcn.language.words import words as _
from khcn.research.desk import tasks_of
from khcn.research.desk_presenting import rule_words
from khcn.research.estimating import Estimate, estimate_of, lacking_words, planned_by_form, warning_words
from khcn.research.models import ResearchTask
from khcn.research.states import TaskForm
from khcn.ui import formats

CARRIED_COLUMNS = [{"label": _("Nhiệm vụ chuyển tiếp")}, {"label": _("Còn phải cấp trong năm (đồng)"), "num": True}]


def listed_numbers(user: Any, year: int) -> dict[TaskForm, int]:
    """Return how many tasks of each form are listed to be opened in the year, of those the reader may know of."""
    return planned_by_form(tasks_of(user), year)


def estimate_values(user: Any, year: int, today: date, planned: Mapping[TaskForm, int]) -> dict[str, Any]:
    """Return the money that tasks need in a budget year, with what it rests on.

    All of it is made of the tasks that the reader may know of. Raises: RuleUnknown.
    """
    found = estimate_of(tasks_of(user), user.office, year, on=today, planned=planned)
    known = ResearchTask.objects.in_bulk([one.task for one in found.opened])
    return {
        "year": year,
        "rule": rule_words(found.rule),
        "new_columns": _new_columns(found),
        "new_rows": [{"cells": _new_cells(one)} for one in found.new],
        "lacking": lacking_words(found),
        "warnings": warning_words(found),
        "carried_columns": CARRIED_COLUMNS,
        "carried_rows": [{"cells": [_named(one.task), one.amount]} for one in found.carried],
        "opened_columns": _opened_columns(found),
        "opened_rows": [
            {"cells": [_named(known[one.task]), one.form.label, str(one.year), one.amount]} for one in found.opened
        ],
        "total": formats.money(found.total_vnd) if found.total_vnd is not None else "",
        "known": formats.money(found.known_vnd),
        "carried_total": formats.money(found.carried_vnd),
        "new_total": formats.money(found.new_known_vnd),
    }


def _new_columns(found: Estimate) -> list[dict[str, Any]]:
    return [
        {"label": _("Loại hình")},
        {"label": _("Dự kiến mở mới"), "num": True},
        {"label": _("Đã mở mới {years}").format(years=found.years_words), "num": True},
        {"label": _("Ngân sách cấp {years} (đồng)").format(years=found.years_words), "num": True},
        {"label": _("Bình quân (đồng)"), "num": True},
        {"label": _("Nhu cầu (đồng)"), "num": True},
    ]


def _opened_columns(found: Estimate) -> list[dict[str, Any]]:
    return [
        {"label": _("Nhiệm vụ", "one")},
        {"label": _("Loại hình")},
        {"label": _("Năm mở mới")},
        {"label": _("Ngân sách cấp {years} (đồng)").format(years=found.years_words), "num": True},
    ]


def _new_cells(one: Any) -> list[Any]:
    average = round(one.average) if one.average is not None else "—"
    need = one.amount if one.amount is not None else _("chưa đủ căn cứ")
    return [one.form.label, one.planned, one.opened, one.spent, average, need]


def _named(task: ResearchTask) -> dict[str, str]:
    return {"text": task.title, "url": record_url(task), "sub": task.code}
