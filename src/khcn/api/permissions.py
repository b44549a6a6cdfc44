"""Who may read figures through the API: whoever may read them in reports."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import ALLOWED, Decision, requires
from khcn.kernel.indicators.comparison import Reading
from khcn.kernel.indicators.registry import Indicator
from khcn.language.words import words as _
from khcn.reporting.models import PeriodReport
from khcn.reporting.permissions import may_read_lateness, may_read_reports, may_see_report_differences


def may_read_figures(actor: Any) -> Decision:
    """Decide whether the actor may read indicators: whoever reads reports, for the office they work in."""
    return may_read_reports(actor) & requires(actor.office is not None, _("Tài khoản chưa thuộc cơ quan nào."))


def may_read_live_figure(actor: Any, found: Indicator, reading: Reading) -> Decision:
    """Decide whether the actor may read a figure of today beside one that a signed report froze.

    The difference of the two is internal to the office until the director releases it, and so is what is late.
    """
    period = reading.period
    signed = PeriodReport.objects.of_office(actor.office).standing().filter(kind=period.kind, year=period.year)
    signed = signed.filter(period_part=period.part, frozen_at__isnull=False, pk__in=_with_figure(found.code))
    decision = may_read_lateness(actor, actor.office, reading) if found.tells_lateness else ALLOWED
    for report in signed:
        decision &= may_see_report_differences(actor, report)
    return decision


def _with_figure(code: str) -> Any:
    frozen: Any = PeriodReport._meta.get_field("frozen_figures").related_model
    return frozen.objects.filter(indicator=code).values("report_id")
