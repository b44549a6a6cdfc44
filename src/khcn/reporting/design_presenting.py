"""Values for the pages of the report designer, in the shapes the components take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import KIND_LABELS, Period
from khcn.kernel.indicators.registry import indicators
from khcn.kernel.indicators.selectors import report_period
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.reporting.models import PeriodReport, ReportDesign
from khcn.reporting.outlines import TABLE_COLUMNS, Outline, kinds, outline, outline_from
from khcn.reporting.outlines.editing import PLACE, content_of
from khcn.reporting.presenting import ANNEX_COLUMNS, annex_rows, sections_of
from khcn.reporting.selectors import report_lines
from khcn.reporting.services.drafting import sections_planned
from khcn.reporting.withholding import readable_lines
from khcn.ui import formats

PLACE_WORDS = {
    "this": _("tên kỳ"),
    "next": _("tên kỳ sau"),
    "year": _("năm"),
    "period": _("tên kỳ"),
    "days": _("các ngày tính số liệu"),
}
SHIPPED_WORDS = _("Mẫu của hệ thống")


def design_breadcrumb(kind: str = "", *last: str) -> list[dict[str, str]]:
    """Return where a page of the designer lives."""
    found = [{"label": _("Báo cáo", "menu"), "url": reverse("reporting:index")}]
    if not kind:
        return [*found, {"label": _("Mẫu báo cáo")}]
    found.append({"label": _("Mẫu báo cáo"), "url": reverse("reporting:designs")})
    own = {"label": KIND_LABELS[kind]}
    if not last:
        return [*found, own]
    return [*found, own | {"url": reverse("reporting:design", args=[kind])}, *({"label": label} for label in last)]


def kind_rows(adopted: Sequence[ReportDesign], worked_on: Iterable[str], today: date) -> list[dict[str, Any]]:
    """Return the kinds of report as a table's rows: which outline each follows today, whether one is worked on."""
    under_way = set(worked_on)
    rows = []
    for kind in kinds():
        own = next((row for row in adopted if row.kind == kind and row.valid_from and row.valid_from <= today), None)
        later = [row for row in adopted if row.kind == kind and row.valid_from and row.valid_from > today]
        notes = [
            _("Từ {valid_from}: {row}").format(valid_from=formats.day(row.valid_from), row=design_words(row))
            for row in reversed(later)
        ]
        notes += [_("Đang sửa dở")] if kind in under_way else []
        rows.append(
            {
                "cells": [KIND_LABELS[kind], design_words(own), joined("; ", notes) or "—"],
                "url": reverse("reporting:design", args=[kind]),
            }
        )
    return rows


KIND_COLUMNS = ({"label": _("Loại báo cáo")}, {"label": _("Đang dùng")}, {"label": _("Sắp tới")})


def design_words(design: ReportDesign | None) -> str:
    """Return in words which outline serves."""
    if design is None or design.is_shipped:
        return SHIPPED_WORDS
    return _("Mẫu của Sở, cho kỳ kết thúc từ {valid_from}").format(valid_from=formats.day(design.valid_from))


HISTORY_COLUMNS = (
    {"label": _("Dùng cho kỳ kết thúc từ")},
    {"label": _("Mẫu")},
    {"label": _("Người áp dụng")},
    {"label": _("Lý do")},
)


def history_rows(adopted: Iterable[ReportDesign]) -> list[dict[str, Any]]:
    """Return what was adopted for one kind as a table's rows, each leading to what it held."""
    return [
        {
            "cells": [
                formats.day(row.valid_from),
                SHIPPED_WORDS if row.is_shipped else _("Mẫu của Sở"),
                {"text": str(row.adopted_by), "sub": formats.day(row.adopted_on)},
                row.reason,
            ],
            "url": f"{reverse('reporting:design', args=[row.kind])}?ban={row.pk}",
        }
        for row in adopted
    ]


def design_sections(kind: str, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the sections of an outline as its page shows them: number, heading, text, tables, acts by their keys."""
    numbered = outline_from(kind, content).sections
    labels = {found.code: found.label for found in indicators()}
    return [
        {
            "key": section.key,
            "number": section.number,
            "is_part": section.number.isalpha(),
            "heading": in_words(section.heading, labels),
            "lines": [in_words(line, labels) for line in section.text.splitlines() if line.strip()],
            "from_year": section.from_year,
            "tables": [
                {
                    "key": table.key,
                    "title": table.title,
                    "indicators": [labels.get(code, code) for code in table.indicators],
                    "columns": joined(", ", [TABLE_COLUMNS[name] for name in table.columns if name in TABLE_COLUMNS]),
                }
                for table in section.tables
            ],
        }
        for section in numbered
    ]


def in_words(text: str, labels: Mapping[str, str]) -> str:
    """Return a text of an outline with what will take the place of each code, in words."""
    words = {**{code: _("số: {label}").format(label=label) for code, label in labels.items()}, **PLACE_WORDS}
    return PLACE.sub(lambda found: f"‹{words.get(found[1], found[0])}›", text)


def shown_content(kind: str, design: ReportDesign | None) -> dict[str, Any]:
    """Return what a design holds as its page shows it, the shipped outline where there is none."""
    content = design.content if design is not None and not design.is_shipped else content_of(outline(kind))
    return {
        "kind": kind,
        "label": KIND_LABELS[kind],
        "content": content,
        "title": in_words(content["title"], {}),
        "annex": indicator_labels(content["indicators"]),
        "sections": design_sections(kind, content),
    }


def section_choices(kind: str, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the sections by key, as people choose one."""
    return [(row["key"], f"{row['number']}. {row['heading']}") for row in design_sections(kind, content)]


def indicator_labels(codes: Iterable[str]) -> list[str]:
    """Return the names of the indicators that are declared, in the given order."""
    labels = {found.code: found.label for found in indicators()}
    return [labels[code] for code in codes if code in labels]


def tried_out(plan: Outline, year: int, part: int, office: Office, user: Any) -> dict[str, Any]:
    """Return an outline filled with the figures of a period, as the page of a report shows it; nothing is kept.

    Raises: UnknownPeriod; RuleUnknown.
    """
    period, rule = report_period(plan.kind, year, office=office, part=part)
    report = _unkept(period, office)
    lines = report_lines(plan.kind, year, office=office, period=period, plan=plan)
    shown = readable_lines(report, lines, user)
    return {
        "report": report,
        "title": plan.title_on(period),
        "rule": rule,
        "sections": sections_of(report, shown, rows=sections_planned(report, plan)),
        "annex_columns": ANNEX_COLUMNS,
        "annex_rows": annex_rows(report, shown),
    }


def _unkept(period: Period, office: Office) -> PeriodReport:
    return PeriodReport(
        office=office,
        kind=period.kind,
        year=period.year,
        period_part=period.part,
        period_first=period.first,
        period_last=period.last,
    )
