"""Values for the report's pages, in the shapes the components take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import resolve
from khcn.reporting.models import PeriodReport, ReportSection
from khcn.reporting.paper import paper_sections, record_lists
from khcn.reporting.selectors import FigureRecord, LineDifference, ReportLine
from khcn.reporting.services.printing import PLACE_OF_FIGURE, said_value
from khcn.reporting.wording import number_words, percent_words

CLOSING = re.compile(r"[.,;:!?)»]+")
"""What follows a figure without a space, and must not be parted from it by the end of a line."""
KIND_OF_FIGURE = {"counted": "count", "summed": "sum", "reported": "reported", "target": "target"}


def figure_value(report: PeriodReport, line: ReportLine, instant: datetime | None = None) -> dict[str, Any]:
    """Return one figure as the figure component takes it; read as of an instant, it opens the records of then."""
    url = reverse("reporting:figure", args=[report.code, line.indicator])
    return {
        "value": line.value,
        "unit": line.unit,
        "kind": KIND_OF_FIGURE[line.kind],
        "url": f"{url}?{urlencode({'as_of': instant.isoformat()})}" if instant else url,
        "text": said_value(line),
        "label": line.label,
    }


def breadcrumb(report: PeriodReport, *last: str) -> list[dict[str, str]]:
    """Return where a report, or a page below it, lives."""
    above = [{"label": "Báo cáo", "url": reverse("reporting:index")}]
    own = {"label": report.code, "url": reverse("reporting:report", args=[report.code])}
    return [*above, own, *({"label": label} for label in last)] if last else [*above, {"label": report.code}]


def sections_of(
    report: PeriodReport, lines: Sequence[ReportLine], instant: datetime | None = None
) -> list[dict[str, Any]]:
    """Return the sections in order: the row, its number and paragraphs, whether it titles a part, has parts below."""
    by_code = {line.indicator: line for line in lines}
    return [
        {
            "row": section.row,
            "number": section.number,
            "paragraphs": section_pieces(report, section.row, by_code, instant),
            "is_part": section.is_part,
            "has_parts": section.has_parts,
        }
        for section in paper_sections(report)
    ]


def section_pieces(
    report: PeriodReport,
    section: ReportSection,
    by_code: dict[str, ReportLine],
    instant: datetime | None = None,
) -> list[list[dict[str, Any]]]:
    """Return the paragraphs of a section as pieces: `{"text"}` or `{"figure"}`."""
    return [_pieces(report, text, by_code, instant) for text in section.text.splitlines() if text.strip()]


def _pieces(
    report: PeriodReport, text: str, by_code: dict[str, ReportLine], instant: datetime | None
) -> list[dict[str, Any]]:
    pieces: list[dict[str, Any]] = []
    end = 0
    for match in PLACE_OF_FIGURE.finditer(text):
        pieces.append({"text": text[end : match.start()]})
        piece = _piece(report, match.group(1), by_code, instant)
        end = match.end()
        if "figure" in piece and (stop := CLOSING.match(text, end)):
            piece["figure"]["after"] = stop.group()
            end = stop.end()
        pieces.append(piece)
    return [piece for piece in [*pieces, {"text": text[end:]}] if piece.get("text") or piece.get("figure")]


def _piece(report: PeriodReport, name: str, by_code: dict[str, ReportLine], instant: datetime | None) -> dict[str, Any]:
    words = {"period": report.period.label, "days": report.period.days}
    if name in words:
        return {"text": words[name]}
    if name not in by_code:
        return {"text": "… (chưa có số liệu)"}
    return {"figure": figure_value(report, by_code[name], instant)}


INDICATOR_COLUMNS = ({"label": "Mã, viết vào bài"}, {"label": "Chỉ số"})
ANNEX_COLUMNS = (
    {"label": "Chỉ số"},
    {"label": "Kế hoạch", "num": True},
    {"label": "Thực hiện", "num": True},
    {"label": "Đạt", "num": True},
    {"label": "Cùng kỳ năm trước", "num": True},
    {"label": "Ước thực hiện", "num": True},
)


def annex_rows(
    report: PeriodReport, lines: Sequence[ReportLine], instant: datetime | None = None
) -> list[dict[str, Any]]:
    """Return the annex table's rows."""
    return [
        {
            "cells": [
                {"text": line.label, "sub": line.unit},
                _or_dash(line.target),
                {"figure": figure_value(report, line, instant) | {"unit": "", "text": number_words(line.value)}},
                percent_words(line.value, line.target),
                _or_dash(line.year_before),
                _or_dash(line.estimate),
            ],
        }
        for line in lines
    ]


def list_tables(
    report: PeriodReport, lines: Sequence[ReportLine], as_of: datetime | None, user: Any
) -> list[dict[str, Any]]:
    """Return the annexes that list records, as tables; records the user may not see are only counted."""
    tables = []
    for found in record_lists(report, lines, as_of):
        seen = resolve({row.ref for row, _ in found.rows}, user)
        shown = [(row, cells) for row, cells in found.rows if row.ref in seen]
        tables.append(
            {
                "title": found.title,
                "columns": [{"label": heading} for _, heading in found.columns],
                "rows": [{"cells": list(cells), "url": _record_url(row)} for row, cells in shown],
                "unnamed": found.unnamed + len(found.rows) - len(shown),
            }
        )
    return tables


def _record_url(row: Record) -> str:
    return reverse("record", args=[row.REGISTER, row.code])


def record_rows(records: Sequence[FigureRecord]) -> list[dict[str, Any]]:
    """Return the drill-down table's rows, each leading to its record."""
    return [
        {"cells": [record.code, record.title], "url": reverse("record", args=[record.register, record.code])}
        for record in records
    ]


def difference_sentences(difference: LineDifference) -> list[str]:
    """Return what moved in one figure, in words: the value, then record by record."""
    line = difference.line
    found = [f"{line.label}: {number_words(difference.before)} → {number_words(difference.after)} {line.unit}"]
    found += [f"Thêm {record.code} · {record.title}" for record in difference.added]
    found += [f"Bớt {record.code} · {record.title}" for record in difference.removed]
    return found


def _or_dash(value: Any) -> str:
    return "—" if value is None else number_words(value)
