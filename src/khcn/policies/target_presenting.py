"""Targets as tables, words and charts: what is wanted, what was reached, where each number comes from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from khcn.kernel.indicators.registry import find_indicator
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.listing import state_value
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.policies.models import Programme, ProgrammeTarget, TargetReport
from khcn.policies.rules import LINEAR
from khcn.policies.selectors import (
    Reading,
    TargetStanding,
    TargetValue,
    YearStanding,
    counted_here,
    path_rule,
    target_standings,
    years_of,
)
from khcn.policies.states import Progress, TargetDirection
from khcn.policies.target_workflow import TARGET_REPORT_WORKFLOW
from khcn.ui import formats
from khcn.ui.values import Tone

TONES = {
    Progress.REACHED: (Tone.DONE, "circle-check"),
    Progress.ON_THE_WAY: (Tone.NOT_DUE, "player-play"),
    Progress.BEHIND: (Tone.DUE_SOON, "alert-triangle"),
    Progress.MISSED: (Tone.OVERDUE, "x"),
    Progress.WAITING: (Tone.PAUSED, "clock"),
    Progress.OPEN: (Tone.NOT_DUE, "clock"),
    Progress.NO_VALUE: (Tone.PAUSED, "help-circle"),
    Progress.NO_NUMBER: (Tone.PAUSED, "help-circle"),
}
SIGNS = {TargetDirection.AT_LEAST: "≥", TargetDirection.AT_MOST: "≤", TargetDirection.EXACTLY: "="}
COMPARATORS = {"over": _("trên "), "about": _("khoảng "), "exact": ""}
MOST_RECORDS = 20


def target_table(programme: Programme, user: Any, *, today: date, year: int) -> dict[str, Any]:
    """Return the targets of a programme, one row each, a column for each year, as table.html shows them.

    The programme's own visibility decided that the reader may see them; one kept closer than the programme is left out.
    """
    reading = Reading(today, getattr(programme, "_as_of", None), frozenset({year}))
    seen = set(ProgrammeTarget.objects.visible_to(user).filter(programme_id=programme.pk).values_list("pk", flat=True))
    standings = [one for one in target_standings(programme, reading) if one.target.pk in seen]
    years = years_of(standings)
    shown = _years_shown(standings, years, year)
    return {
        "target_columns": (
            {"label": _("Chỉ tiêu, chịu trách nhiệm, nguồn")},
            *({"label": _("Năm {one}").format(one=one)} for one in shown),
        ),
        "target_rows": [_target_row(one, shown, today) for one in standings],
        "target_legend": legend(today),
        "hidden_years": [one for one in years if one not in shown],
    }


def legend(today: date) -> dict[str, Any] | None:
    """Return by which rule progress within a year is judged, None where no rule says so."""
    rule = path_rule(today)
    if rule is None or rule.value != LINEAR:
        return None
    return {"text": rule.label, "basis": rule.legal_basis, "unchecked": rule.confidence != "verified"}


def _years_shown(standings: list[TargetStanding], years: list[int], year: int) -> list[int]:
    """Return the year in view, the one before it, and the last that targets are set for, so that no aim is missed."""
    aimed = [one.year for standing in standings for one in standing.years if one.wanted is not None]
    near = [one for one in years if one in (year - 1, year)]
    return sorted({*near, *([max(aimed)] if aimed else [])}) or years[-2:]


def _target_row(one: TargetStanding, years: list[int], today: date) -> dict[str, Any]:
    target = one.target
    url = record_url(target)
    base = (
        _("năm {baseline_year}: {baseline}").format(
            baseline_year=target.baseline_year, baseline=number_text(target.baseline)
        )
        if target.baseline is not None
        else ""
    )
    counted = _("đếm từ sổ") if counted_here(target) else ""
    said = (target.mark, target.unit, base, counted, target.owner_text, target.source)
    about = joined(" · ", filter(None, said))
    return {
        "url": url,
        "cells": [
            {"text": target.title, "sub": about},
            *(_year_cell(target, one.of(year), today) for year in years),
        ],
    }


def _year_cell(target: ProgrammeTarget, standing: YearStanding | None, today: date) -> Any:
    if standing is None:
        return formats.MISSING
    found = standing.found
    wanted = wanted_text(target, standing)
    if found is None and standing.year > today.year:  # nothing is owed yet
        return {"text": _("Đích {wanted}").format(wanted=wanted)}
    if found is None and counted_here(target):  # counted for the year in view alone; the target's page counts them all
        return {"text": _("xem số đếm"), "url": record_url(target), "sub": _("Đích {wanted}").format(wanted=wanted)}
    reached = value_text(found) if found is not None else _("chưa có số liệu")
    address = record_url(found.report) if found is not None and found.report is not None else ""
    return {
        "state": state_of(standing.progress),
        "text": reached,
        "url": address,
        "sub": _("Đích {wanted}").format(wanted=wanted),
    }


def state_of(progress: Progress) -> dict[str, str]:
    """Return how a value stands as status.html shows it: word, shape and colour."""
    tone, icon = TONES[progress]
    return {"tone": str(tone), "icon": icon, "label": str(progress.label)}


def wanted_text(target: ProgrammeTarget, standing: YearStanding) -> str:
    """Return what is wanted in a year, e.g. ≥ 50 %."""
    if standing.wanted is None:
        return _("không đặt")
    if standing.wanted.value is None:
        return _("không nêu con số")
    sign = SIGNS[TargetDirection(target.direction)]
    return f"{sign} {number_text(standing.wanted.value)} {target.unit}".strip()


def value_text(found: TargetValue) -> str:
    """Return a value as it was said, e.g. trên 60."""
    return f"{COMPARATORS[found.comparator]}{number_text(found.value)}"


def number_text(value: Decimal | None) -> str:
    """Return a number without trailing zeros, so that 10.0000 reads 10."""
    if value is None:
        return formats.MISSING
    whole = value == value.to_integral_value()
    return formats.number(int(value) if whole else value.normalize())


def history_rows(target: ProgrammeTarget, user: Any) -> list[dict[str, Any]]:
    """Return all values ever reported for a target that the reader may know of, last first."""
    rows = TargetReport.objects.as_of(getattr(target, "_as_of", None)).visible_to(user).filter(target_id=target.pk)
    return [
        {
            "url": record_url(one),
            "cells": [
                {
                    "text": f"{one.get_period_display()} {one.year}",
                    "sub": _("đến {measured_on}").format(measured_on=formats.day(one.measured_on)),
                },
                {"text": f"{COMPARATORS[one.comparator]}{number_text(one.value)}", "num": True},
                {"state": state_value(TARGET_REPORT_WORKFLOW, one.state), "text": ""},
                {"text": (one.organisation.listed_name if one.organisation else "") or formats.MISSING},
                {"text": one.evidence, "sub": _("dữ liệu minh hoạ") if one.is_illustrative else ""},
            ],
        }
        for one in rows.select_related("organisation").order_by("-measured_on", "-pk")
    ]


def indicator_words(target: ProgrammeTarget) -> dict[str, str]:
    """Return what a target's indicator counts, empty where its values are reported."""
    if not counted_here(target):
        return {}
    found = find_indicator(target.indicator)
    return {"label": found.label, "definition": found.definition, "source": found.source}


def records_of(found: TargetValue, user: Any) -> dict[str, Any]:
    """Return the records that make a counted value: those the reader may open, and how many there are besides."""
    records: Any = found.figure.records if found.figure is not None else None
    if records is None:
        return {"rows": [], "hidden": 0, "more": 0}
    visible = records.visible_to(user)
    total, known = records.count(), visible.count()
    rows = [{"url": record_url(one), "text": str(one)} for one in visible.order_by("code")[:MOST_RECORDS]]
    return {"rows": rows, "hidden": total - known, "more": known - len(rows)}


HISTORY_COLUMNS = (
    {"label": _("Kỳ")},
    {"label": _("Giá trị"), "num": True},
    {"label": _("Trạng thái")},
    {"label": _("Cơ quan báo cáo")},
    {"label": _("Minh chứng")},
)
YEAR_COLUMNS = (
    {"label": _("Năm")},
    {"label": _("Đích")},
    {"label": _("Đạt được"), "num": True},
    {"label": _("Đánh giá")},
)


def year_rows(standing: TargetStanding) -> list[dict[str, Any]]:
    """Return what a target wants and has in each of its years."""
    return [
        {
            "cells": [
                str(one.year),
                wanted_text(standing.target, one),
                {
                    "text": value_text(one.found) if one.found is not None else formats.MISSING,
                    "sub": _("đến {on}").format(on=formats.day(one.found.on)) if one.found is not None else "",
                    "num": True,
                },
                {"state": state_of(one.progress), "text": ""},
            ]
        }
        for one in standing.years
    ]


def chart_points(standing: TargetStanding) -> list[dict[str, Any]]:
    """Return baseline, values by year and the last target as chart.html draws them; none if one is below zero."""
    target = standing.target
    points: list[dict[str, Any]] = []
    if target.baseline is not None:
        points.append({"label": str(target.baseline_year), "value": float(target.baseline), "tone": "not_due"})
    points += [
        {"label": str(one.year), "value": float(one.found.value), "tone": ""}
        for one in standing.years
        if one.found is not None
    ]
    aims = [one for one in standing.years if one.wanted is not None and one.wanted.value is not None]
    points += [
        {"label": _("Đích {year}").format(year=one.year), "value": float(one.wanted.value), "tone": "paused"}
        for one in aims[-1:]
        if one.wanted is not None and one.wanted.value is not None
    ]
    return points if len(points) > 1 and all(point["value"] >= 0 for point in points) else []
