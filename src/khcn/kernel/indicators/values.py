"""Ask for many values in one query, however many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import BigIntegerField, DecimalField, F, Func, QuerySet, Subquery

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.models import ReportedValue
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Indicator, Sum, find_indicator
from khcn.kernel.indicators.selectors import measure

Key = TypeVar("Key")
Asked = tuple[str, Period, datetime | None]
"""An indicator's code, the period, the instant it is read as of (None: now)."""


def values_of(asked: Sequence[Asked], *, office: Office) -> list[Decimal | None]:
    """Return the values asked for, in their order; None where nobody has stated one.

    One query for all that is counted or summed, and one for each period and instant of what others report.
    Raises: UnknownIndicator.
    """
    found: dict[Asked, Decimal | None] = {}
    together: dict[Asked, Subquery] = {}
    for one in dict.fromkeys(asked):
        declared = find_indicator(one[0])
        if declared.select is None:
            continue
        records = declared.select(one[1], one[2], office)
        if _adds_up_inside(records):
            together[one] = measured(declared, records)
        else:
            found[one] = measure(declared, records)
    found |= {one: Decimal(value or 0) for one, value in answers(together).items()}
    found |= _reported([one for one in asked if find_indicator(one[0]).select is None], office)
    return [found.get(one) for one in asked]


def measured(declared: Indicator, records: QuerySet[Any]) -> Subquery:
    """Return the indicator's aggregate over a selection as a value to ask for beside others."""
    if isinstance(declared.measure, Sum):
        return _aggregate(records, Func(F(declared.measure.column), function="SUM", output_field=DecimalField()))
    return counted(records)


def counted(rows: QuerySet[Any]) -> Subquery:
    """Return the number of rows as a value to ask for beside others."""
    return _aggregate(rows, Func(F("pk"), function="COUNT", output_field=BigIntegerField()))


def answers(asked: Mapping[Key, Subquery]) -> dict[Key, Any]:
    """Return what each expression comes to, all in one query; nothing asked costs none."""
    if not asked:
        return {}
    names = {f"asked_{place}": expression for place, expression in enumerate(asked.values())}
    # Any table with a row will do: the expressions stand beside it, not on it.
    row = Office.objects.order_by().annotate(**names).values_list(*names)[:1].get()
    return dict(zip(asked, row, strict=True))


def _aggregate(rows: QuerySet[Any], function: Func) -> Subquery:
    # Not Django's own aggregates: they would group the selection by its rows.
    return Subquery(rows.order_by().annotate(asked_value=function).values("asked_value"))


def _adds_up_inside(records: QuerySet[Any]) -> bool:
    query: Any = records.query
    return not (query.distinct or query.is_sliced or query.combinator or query.group_by)


def _reported(asked: Sequence[Asked], office: Office) -> dict[Asked, Decimal | None]:
    found: dict[Asked, Decimal | None] = {}
    for period, as_of in dict.fromkeys((period, as_of) for _, period, as_of in asked):
        rows = ReportedValue.objects.filter(is_estimate=False)
        codes = [code for code, *reading in asked if reading == [period, as_of]]
        stated = stated_values(rows, codes, period=period, office=office, as_of=as_of)
        found |= {(code, period, as_of): value for code, value in stated.items()}
    return found


def stated_values(
    rows: Any, codes: Sequence[str], *, period: Period, office: Office, as_of: datetime | None
) -> dict[str, Decimal]:
    """Return what was stated of the indicators for the period: code → value; `rows`: of reported values or targets."""
    known = rows.as_of(as_of).filter(office=office, indicator__in=codes, period_kind=period.key, year=period.year)
    return dict(known.values_list("indicator", "value"))
