"""By when period reports are to be sent: computed from the rules before one is drafted, an obligation afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from khcn.kernel.calendar import CalendarError, Reckoning, WorkCalendar, parse_limit, reckon
from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import MONTH, NINE_MONTH, PARTS, QUARTER, SIX_MONTH, YEAR, Period, period_from_rule
from khcn.kernel.indicators.selectors import ends_on
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import said
from khcn.kernel.rulebook.timeline import applying
from khcn.reporting.models import PeriodReport

SEND = "send-report"
WITHIN = "report.submit-within"
SENT = (MONTH, QUARTER, SIX_MONTH, NINE_MONTH, YEAR)
"""The kinds that are sent within that limit; statistics of the calendar year have a regime of their own."""
PAST, AHEAD = timedelta(days=7), timedelta(days=31)
"""How long before and after the day to send it a period without a report is named."""


@dataclass(frozen=True)
class Sending:
    """A period on which no report stands yet, and by when it is to be sent: the reckoning and the rule behind it."""

    period: Period
    reckoning: Reckoning
    rule: Rule


def sendings(office: Office, today: date) -> list[Sending]:
    """Return the periods about to be reported on, or just missed, that have no report; the soonest first.

    Periods for which a rule or the calendar says nothing are left out. Three queries, however many periods.
    """
    rules = list(Rule.objects.filter(key__in=[WITHIN, *(f"report.period.{kind}" for kind in SENT)]))
    calendar = work_calendar()
    found = [_sending(period, rules, office, calendar) for period in _periods(rules, office, today)]
    near = [one for one in found if one and today - PAST <= one.reckoning.effective <= today + AHEAD]
    reports = PeriodReport.objects.of_office(office).standing().filter(year__in={one.period.year for one in near})
    begun = set(reports.values_list("kind", "year", "period_part"))
    waiting = [one for one in near if (one.period.kind, one.period.year, one.period.part) not in begun]
    return sorted(waiting, key=lambda one: (one.reckoning.effective, one.period.last, SENT.index(one.period.kind)))


def sending_of(report: PeriodReport) -> Obligation | None:
    """Return what was opened so that the report is sent in time, None for a report that is not sent so."""
    rows = Obligation.objects.about(report.ref).filter(kind=SEND).select_related("rule").prefetch_related("pauses")
    found: Obligation | None = rows.order_by("-pk").first()
    return found


def _periods(rules: Sequence[Rule], office: Office, today: date) -> Iterator[Period]:
    for kind in SENT:
        for year in (today.year - 1, today.year):
            for part in range(1, PARTS[kind] + 1) if kind in PARTS else (0,):
                rule = _applying(rules, f"report.period.{kind}", ends_on(kind, year, part), office)
                if rule is not None:
                    yield period_from_rule(kind, year, rule.value, part)


def _sending(period: Period, rules: Sequence[Rule], office: Office, calendar: WorkCalendar) -> Sending | None:
    rule = _applying(rules, WITHIN, period.last, office)
    if rule is None:
        return None
    try:
        return Sending(period, reckon(period.last, parse_limit(str(rule.value)), calendar), rule)
    except CalendarError:
        return None


def _applying(rules: Sequence[Any], key: str, day: date, office: Office) -> Rule | None:
    chosen = applying((said(rule) for rule in rules if rule.key == key), on=day, office=office.pk)
    return next((rule for rule in rules if chosen is not None and rule.pk == chosen.pk), None)
