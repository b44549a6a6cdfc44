"""Freeze a report's figures with the records behind them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import BigIntegerField, DecimalField, F, Value

from khcn.kernel.indicators.registry import Kind, Sum, find_indicator
from khcn.reporting.behind import Behind
from khcn.reporting.models import FrozenFigure, FrozenRecord, PeriodReport
from khcn.reporting.selectors import ReportLine

COPIED = ("figure_id", "record_id", "code", "title", "amount")


def freeze(report: PeriodReport, lines: Sequence[ReportLine]) -> None:
    """Write the lines as frozen figures, each with its records; inside the change that signs the report."""
    for line in lines:
        figure = FrozenFigure(
            report=report,
            indicator=line.indicator,
            label=line.label,
            unit=line.unit,
            kind=line.kind,
            measure=line.measure,
            value=line.value,
            target=line.target,
            estimate=line.estimate,
            year_before=line.year_before,
            register=line.records.register if line.records else "",
        )
        figure.save()
        if line.records is not None:
            _copy(figure, line.records, _column_of(line))


def _column_of(line: ReportLine) -> str:
    """Return the column that a summed figure adds up, "" for others."""
    added = find_indicator(line.indicator).measure
    return added.column if line.kind == Kind.SUMMED and isinstance(added, Sum) else ""


def _copy(figure: FrozenFigure, records: Behind, column: str) -> None:
    """Copy the records inside the database, in the order in which pages walk them; none passes through here."""
    amount = F(column) if column else Value(None, output_field=DecimalField(max_digits=20, decimal_places=4))
    rows = records.rows.order_by(F(records.order).asc(nulls_last=True), "pk")
    chosen = rows.annotate(frozen_with=Value(figure.pk, output_field=BigIntegerField()), frozen_amount=amount)
    wanted = chosen.values_list("frozen_with", "pk", "code", "title", "frozen_amount")
    sql, parameters = wanted.query.sql_with_params()
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, COPIED))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(FrozenRecord._meta.db_table)} ({columns}) {sql}", parameters)
