"""What the pages of a target and of a reported value show beside the kernel's own, as plain values."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from khcn.assignments.permissions import may_give
from khcn.language.words import words as _
from khcn.policies.models import ProgrammeTarget
from khcn.policies.permissions import may_advance, may_report_value
from khcn.policies.presenting import give_url, item_table
from khcn.policies.selectors import Reading, TargetStanding, counted_here, standing_of
from khcn.policies.states import PROGRAMMES_EVER_ISSUED, TargetState
from khcn.policies.target_presenting import (
    HISTORY_COLUMNS,
    YEAR_COLUMNS,
    chart_points,
    history_rows,
    indicator_words,
    legend,
    records_of,
    year_rows,
)


def target_page(request: Any, target: ProgrammeTarget) -> dict[str, Any]:
    """Return a target's years, chart, reported values, counted records, given work and acts."""
    user = request.user
    standing = standing_of(target, Reading(request.today, getattr(target, "_as_of", None)))
    counted = [one for one in standing.years if one.found is not None and one.found.figure is not None]
    last = counted[-1] if counted else None
    return {
        "year_columns": YEAR_COLUMNS,
        "year_rows": year_rows(standing),
        "target_legend": legend(request.today),
        "chart_points": chart_points(standing),
        "chart_title": f"{target.title} ({target.unit})" if target.unit else target.title,
        "history_columns": HISTORY_COLUMNS,
        "history_rows": history_rows(target, user),
        "indicator": indicator_words(target),
        "counted_year": last.year if last is not None else None,
        "counted_records": records_of(last.found, user) if last is not None and last.found is not None else None,
        **item_table(target, user),
        "target_acts": _acts(target, standing, user),
    }


def _acts(target: ProgrammeTarget, standing: TargetStanding, user: Any) -> list[dict[str, str]]:
    followed = target.state == TargetState.FOLLOWED and target.withdrawn_on is None
    keeps = followed and bool(may_advance(user, target.programme))
    reports = followed and not counted_here(target) and bool(may_report_value(user, target))
    issued = target.programme.state in PROGRAMMES_EVER_ISSUED
    offered = [
        (_("Báo cáo số liệu"), reverse("target-value-new", args=[target.code]), "report", reports),
        (_("Đặt chỉ tiêu năm"), reverse("target-year-set", args=[target.code]), "target", keeps),
        (
            _("Giao việc thực hiện"),
            give_url(target.programme, target),
            "send",
            followed and issued and bool(may_give(user)),
        ),
    ]
    adopts = bool(target.indicator) and issued and keeps and any(one.wanted for one in standing.years)
    offered.append((_("Đưa vào báo cáo kỳ"), reverse("target-adopt", args=[target.code]), "report", adopts))
    return [
        {"label": label, "url": url, "icon": icon, "kind": "secondary"}
        for label, url, icon, possible in offered
        if possible
    ]
