"""Count what the leaders' page shows, each number over exactly the records that its link opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from khcn.assignments.selectors import running_by_lead
from khcn.kernel.records.registry import RecordFilter, Register, UnknownRegister, register
from khcn.overview.layout import Chart

MOST_POINTS = 8
"""More bars than these are not read; the rest are found in the list."""


@dataclass(frozen=True)
class Counted:
    """One point of a chart: what is counted, how many there are, and the choice of the list that shows them."""

    label: str
    number: int
    key: str


def chart_counts(chart: Chart, user: Any) -> tuple[list[Counted], int]:
    """Return the points of a chart, and how many points more there would be."""
    if chart.source == "leads":
        found = [Counted(name, number, key) for key, name, number in running_by_lead(user)]
        return found[:MOST_POINTS], len(found[MOST_POINTS:])
    asked = chart_filter(chart)
    if asked is None:
        return [], 0
    found = _by_filter(*asked, user)
    if chart.kind == "columns":  # years stand in their order, the latest ones are kept
        found = _from_first_to_last(sorted(found, key=lambda point: point.label))
        return found[-MOST_POINTS:], len(found[:-MOST_POINTS])
    return found[:MOST_POINTS], len(found[MOST_POINTS:])


def _from_first_to_last(points: list[Counted]) -> list[Counted]:
    """Leave out the years before the first record and after the last; a list may offer more of them."""
    counted = [place for place, point in enumerate(points) if point.number]
    return points[counted[0] : counted[-1] + 1] if counted else []


def chart_filter(chart: Chart) -> tuple[Register, RecordFilter] | None:
    """Return the register and the filter that a chart counts by; None where this installation lacks them."""
    try:
        found = register(chart.register)
    except UnknownRegister:
        return None
    named = next((one for one in found.filters if one.name == chart.filter), None)
    return (found, named) if named is not None else None


def _by_filter(found: Register, by: RecordFilter, user: Any) -> list[Counted]:
    """Count the records the person may know of by the choices of a filter; one query besides that for the choices."""
    choices = [(str(key), str(label)) for key, label in by.choices(user)]
    kept = {
        f"n{place}": Count("pk", filter=Q(pk__in=by.keep(found.model.objects.order_by(), key).values("pk")))
        for place, (key, _) in enumerate(choices)
    }
    numbers = found.visible_to(user).standing().order_by().aggregate(**kept) if kept else {}
    return [Counted(label, numbers[f"n{place}"], key) for place, (key, label) in enumerate(choices)]
