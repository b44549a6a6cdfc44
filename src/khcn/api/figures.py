"""Indicators as programs read them: the value, and exactly the records behind it that the caller may know of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from khcn.api.permissions import may_read_figures, may_read_live_figure
from khcn.api.problems import WrongParameter
from khcn.api.reading import Walk, page_values
from khcn.api.schemas import Coded, FigureDetail, IndicatorInfo, PeriodInfo, RuleInfo
from khcn.api.values import Reading, plain
from khcn.kernel.indicators.comparison import Reading as PeriodReading
from khcn.kernel.indicators.periods import Period, kind_and_part
from khcn.kernel.indicators.registry import KIND_LABELS, Indicator
from khcn.kernel.indicators.selectors import Figure, figure, report_period
from khcn.kernel.pages.addresses import with_parameters
from khcn.kernel.records.registry import register
from khcn.kernel.rulebook.models import Confidence, Rule
from khcn.kernel.rulebook.selectors import RuleUnknown


@dataclass(frozen=True)
class AskedFigure:
    """A figure that the caller may read, with its period and the rule that made it."""

    figure: Figure
    period: Period
    rule: Rule


def indicator_info(found: Indicator) -> IndicatorInfo:
    """Return an indicator as the list of indicators shows it."""
    return IndicatorInfo(
        code=found.code,
        label=found.label,
        unit=found.unit,
        kind=Coded(code=str(found.kind), label=KIND_LABELS[found.kind]),
        definition=found.definition,
        source=found.source,
        url=reverse("api:read_indicator", args=[found.code]),
    )


def asked_figure(found: Indicator, key: str, year: int, reading: Reading) -> AskedFigure:
    """Return the figure of the caller's office over the period of that key, as known at the instant.

    Raises: NotPermitted; WrongParameter, where no rule says which days the period has.
    """
    caller = reading.caller
    may_read_figures(caller).enforce()
    try:
        kind, part = kind_and_part(key)
        period, rule = report_period(kind, year, office=caller.office, part=part)
    except RuleUnknown as error:
        raise WrongParameter("period", str(error)) from error
    may_read_live_figure(caller, found, PeriodReading(period, reading.instant)).enforce()
    value = figure(found.code, period=period, office=caller.office, as_of=reading.instant)
    return AskedFigure(value, period, rule)


def figure_detail(found: Indicator, asked: AskedFigure, reading: Reading) -> FigureDetail:
    """Return a figure with its definition, its days, and where its records are."""
    url = reverse("api:list_indicator_records", args=[found.code])
    said = {"period": asked.period.key, "year": asked.period.year, "as_of": reading.as_of}
    value = asked.figure.value
    return FigureDetail(
        **indicator_info(found).model_dump(exclude={"url", "source", "kind"}),
        kind=Coded(code=str(asked.figure.kind), label=KIND_LABELS[asked.figure.kind]),
        source=asked.figure.source or found.source,
        period=_period(asked.period, asked.rule),
        as_of=reading.known_at,
        value=None if value is None else str(plain(Decimal(value))),
        records_url=None if asked.figure.records is None else with_parameters(url, QueryDict(mutable=True), **said),
    )


def figure_records(asked: AskedFigure, reading: Reading, walk: Walk) -> dict[str, Any]:
    """Return one page of the records behind a figure that the caller may know of, and how many are hidden."""
    records: Any = asked.figure.records
    if records is None:
        empty: dict[str, Any] = {"items": [], "as_of": reading.known_at, "next_cursor": None, "next_url": None}
        return {**empty, "register_key": None, "total": 0, "hidden": 0}
    found = register(records.model.REGISTER)
    rows = records.visible_to(reading.caller)
    total, seen = records.count(), rows.count()
    page = page_values(found, rows, reading, walk)
    return {**page, "register_key": found.key, "total": total, "hidden": total - seen}


def _period(period: Period, rule: Rule) -> PeriodInfo:
    return PeriodInfo(
        key=period.key,
        kind=period.kind,
        year=period.year,
        label=period.label,
        first=period.first,
        last=period.last,
        rule=RuleInfo(
            key=rule.key,
            label=rule.label,
            legal_basis=rule.legal_basis,
            confidence=Coded(code=rule.confidence, label=str(Confidence(rule.confidence).label)),
        ),
    )
