"""Leave out of figures what tells that work is late, for those to whom that was not released."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from khcn.kernel.indicators.comparison import Reading
from khcn.kernel.indicators.registry import find_indicator
from khcn.reporting.comparing import ComparedFigure, reading_of
from khcn.reporting.models import PeriodReport
from khcn.reporting.permissions import may_read_lateness
from khcn.reporting.selectors import FigureLine

Line = TypeVar("Line", bound=FigureLine)


def readable_lines(report: PeriodReport, lines: Sequence[Line], user: Any) -> list[Line]:
    """Return the lines that the user may read; a signed report keeps all that it said."""
    if report.frozen_at is not None or may_read_lateness(user, report.office, reading_of(report)):
        return list(lines)
    return [line for line in lines if not find_indicator(line.indicator).tells_lateness]


def readable_figures(
    rows: Iterable[ComparedFigure], readings: Sequence[Reading], *, office: Any, user: Any
) -> list[ComparedFigure]:
    """Return the compared figures of which the user may read both sides."""
    may = all(may_read_lateness(user, office, one) for one in readings)
    return [row for row in rows if may or not row.indicator.tells_lateness]
