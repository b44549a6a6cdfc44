"""Which comparisons a report's page offers."""

from __future__ import annotations

from typing import Any

from khcn.language.words import words as _
from khcn.reporting.comparing import editions, reading_of, year_before
from khcn.reporting.comparison_presenting import comparison_url, instant_words
from khcn.reporting.models import PeriodReport
from khcn.reporting.permissions import may_compare_periods, may_read_period, may_see_report_differences


def comparison_links(report: PeriodReport, user: Any) -> list[dict[str, str]]:
    """Return the comparisons of a report that the user may open: with a year before, with now, with other editions."""
    if not may_compare_periods(user) or user.office_id != report.office_id:
        return []
    found = []
    if may_read_period(user, report.office, year_before(reading_of(report))):
        found.append(_link(_("So với cùng kỳ năm trước"), report, report, a_reading="year-before"))
    if report.frozen_at and may_see_report_differences(user, report):
        found.append(_link(_("Số đã chốt so với sổ hiện nay"), report, report, b_reading="now"))
    found += [
        _link(
            _("So với {code}, chốt {frozen_at}").format(code=other.code, frozen_at=instant_words(other.frozen_at)),
            other,
            report,
        )
        for other in editions(report, user)
    ]
    return found


def _link(label: str, before: PeriodReport, after: PeriodReport, **readings: str) -> dict[str, str]:
    return {"label": label, "url": comparison_url(a_report=before.code, b_report=after.code, **readings)}
