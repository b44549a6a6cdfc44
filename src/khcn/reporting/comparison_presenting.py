"""Values for the pages that compare, in the shapes the components take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.indicators.comparison import Reading
from khcn.kernel.pages.addresses import record_url, with_parameters
from khcn.kernel.records.between import Happening
from khcn.kernel.records.registry import register
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.reporting.comparing import ComparedFigure, Explanation, Named
from khcn.reporting.models import PeriodReport
from khcn.reporting.wording import number_words, percent_words, signed_words
from khcn.ui import formats

TOLD = 3
"""How many of a record's happenings a row tells, the latest ones; its own page tells all."""
NAMES = ("A", "B")
COMPARED_COLUMNS = (
    {"label": _("Chỉ số")},
    *({"label": name, "num": True} for name in NAMES),
    {"label": "B − A", "num": True},
    {"label": _("Tăng, giảm"), "num": True},
)
TOTAL_COLUMNS = (
    {"label": _("Phần")},
    {"label": _("Số hồ sơ"), "num": True},
    {"label": _("Góp vào chênh lệch"), "num": True},
)
NOTHING_DIFFERS = {"title": _("Không hồ sơ nào khác nhau"), "text": _("A và B đếm đúng những hồ sơ như nhau.")}


def comparison_url(**parameters: str) -> str:
    """Return the address of a comparison."""
    return f"{reverse('reporting:comparison')}?{urlencode(parameters)}"


def comparison_breadcrumb(parameters: QueryDict | None, *last: str) -> list[dict[str, str]]:
    """Return where the comparison, or a page below it, lives; `parameters`: which comparison leads back."""
    above = [{"label": _("Báo cáo", "menu"), "url": reverse("reporting:index")}]
    if parameters is None:
        return [*above, {"label": _("So sánh số liệu")}]
    back = {"label": _("So sánh số liệu"), "url": with_parameters(reverse("reporting:comparison"), parameters)}
    return [*above, back, *({"label": label} for label in last)]


def instant_words(instant: datetime | None) -> str:
    """Return an instant as the pages say it."""
    return formats.instant(timezone.localtime(instant)) if instant else _("lúc này, theo sổ")


def written(instant: datetime) -> str:
    """Return an instant as a person types it, so exactly that the form reads the same one."""
    local = timezone.localtime(instant)
    clock = local.time().isoformat("auto" if local.second or local.microsecond else "minutes")
    return f"{local.day}/{local.month}/{local.year} {clock}"


def side_values(before: Reading, after: Reading, reports: Sequence[PeriodReport | None]) -> list[dict[str, Any]]:
    """Return both readings as the page introduces them."""
    return [
        {
            "name": name,
            "label": reading.period.label,
            "days": reading.period.days,
            "instant": instant_words(reading.as_of),
            "report": report,
        }
        for name, reading, report in zip(NAMES, (before, after), reports, strict=True)
    ]


def compared_rows(rows: Sequence[ComparedFigure], parameters: QueryDict) -> list[dict[str, Any]]:
    """Return the rows of the table of indicators; each difference opens what makes it."""
    return [
        {
            "cells": [
                {"text": row.indicator.label, "sub": row.indicator.unit},
                number_words(row.before),
                number_words(row.after),
                _difference_cell(row, parameters),
                _percent(row),
            ]
        }
        for row in rows
    ]


def _difference_cell(row: ComparedFigure, parameters: QueryDict) -> dict[str, Any]:
    if row.indicator.select is None:
        return {"text": signed_words(row.difference)}
    url = reverse("reporting:difference", args=[row.indicator.code])
    return {"text": signed_words(row.difference), "url": with_parameters(url, parameters)}


def _percent(row: ComparedFigure) -> str:
    said = percent_words(row.difference, row.before)
    return f"+{said}" if row.difference and row.difference > 0 and said != "—" else said.replace("-", "−")


def difference_totals(told: Explanation) -> list[dict[str, Any]]:
    """Return what the difference adds up from, as rows: what, how many records, how much."""
    said = [
        (_("Chỉ có ở {value}").format(value=NAMES[1]), told.added),
        (_("Chỉ có ở {value}").format(value=NAMES[0]), told.taken),
        (_("Có ở cả hai, số khác nhau"), told.changed),
    ]
    rows = [(label, len(group), sum((one.contribution.amount for one in group), Decimal(0))) for label, group in said]
    if told.unnamed:
        rows.append((_("Không liệt kê ở đây"), told.unnamed, told.unnamed_amount))
    return [
        {"cells": [label, number_words(Decimal(count)), signed_words(amount)]} for label, count, amount in rows if count
    ]


def total_sums(told: Explanation) -> list[str]:
    """Return the last row of that table: both values, and their difference."""
    row = told.figure
    return [f"B − A = {number_words(row.after)} − {number_words(row.before)}", "", signed_words(row.difference)]


def difference_groups(told: Explanation, before: Reading, after: Reading) -> list[dict[str, Any]]:
    """Return the groups of records as tables, those without a record left out."""
    groups = (
        (_("Chỉ có ở {value}, làm tăng").format(value=NAMES[1]), told.added),
        (_("Chỉ có ở {value}, làm giảm").format(value=NAMES[0]), told.taken),
        (_("Có ở cả hai, số khác nhau"), told.changed),
    )
    return [
        {
            "title": title,
            "columns": [{"label": _("Hồ sơ")}, {"label": _("Vì sao")}, {"label": _("Góp vào chênh lệch"), "num": True}],
            "rows": [_named_row(one, before, after) for one in rows],
        }
        for title, rows in groups
        if rows
    ]


def _named_row(one: Named, before: Reading, after: Reading) -> dict[str, Any]:
    told = one.contribution
    amount: dict[str, Any] = {"text": signed_words(told.amount)}
    if told.before is not None and told.after is not None:
        amount["sub"] = f"{number_words(told.before)} → {number_words(told.after)}"
    return {
        "cells": [{"text": told.code, "sub": told.title}, joined(" ", reasons(one, before, after)), amount],
        "url": record_url(one.record),
    }


def reasons(one: Named, before: Reading, after: Reading) -> list[str]:
    """Return why a record makes a difference, in sentences: its day, then what history tells between the instants."""
    found = [_day_reason(one, before, after)] if before.period != after.period else []
    found += [_happening_words(happening) for happening in one.happenings[-TOLD:]]
    said = [sentence for sentence in found if sentence]
    if said:
        return said
    if before.period != after.period:
        return [_("Đủ điều kiện tính của chỉ số ở một kỳ, không đủ ở kỳ kia.")]
    return [_("Hồ sơ không đổi giữa hai thời điểm; một hồ sơ liên quan đã đổi.")]


def _day_reason(one: Named, before: Reading, after: Reading) -> str:
    if not isinstance(one.on, date):
        return ""
    field: Any = one.record._meta.get_field(register(one.contribution.ref.register).date_field)
    within = [reading.period.label for reading in (before, after) if one.on in reading.period]
    if len(within) != 1:
        return ""
    return _("{verbose_name} {on}, thuộc kỳ {value}.").format(
        verbose_name=field.verbose_name, on=formats.day(one.on), value=within[0]
    )


def _happening_words(happening: Happening) -> str:
    on = formats.day(timezone.localdate(happening.at))
    what = f"{happening.label} ({happening.subject})" if happening.subject else happening.label
    if happening.entered and not happening.subject:
        what = _("mới ghi vào sổ ({label})").format(label=happening.label)
    fields = "; ".join(
        f"{one.label}: {one.old} → {one.new}" if one.old or one.new else _("{label} đã đổi").format(label=one.label)
        for one in happening.fields
    )
    who = f", {happening.actor}" if happening.actor else ""
    return _("Ngày {on}: {what}{who}{value}.").format(on=on, what=what, who=who, value=f" [{fields}]" if fields else "")
