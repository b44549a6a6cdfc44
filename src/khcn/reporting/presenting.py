"""Values for the report's pages, in the shapes the components take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.pages.addresses import with_parameters
from khcn.kernel.pages.clock import due_of
from khcn.kernel.pages.paging import PAGE
from khcn.kernel.records.record import Record
from khcn.language.words import words as _
from khcn.reporting.behind import FigureRecord
from khcn.reporting.differing import LineDifference
from khcn.reporting.models import PeriodReport, ReportSection
from khcn.reporting.outlines import TABLE_COLUMNS, OutlineTable
from khcn.reporting.paper import paper_sections, record_lists
from khcn.reporting.permissions import may_draft_report, may_see_report_differences
from khcn.reporting.selectors import FigureLine, ReportLine
from khcn.reporting.sending import sending_of, sendings
from khcn.reporting.services.printing import PLACE_OF_FIGURE, column_words, said_value
from khcn.reporting.wording import number_words, percent_words
from khcn.ui import formats
from khcn.ui.values import Due, Tone

CLOSING = re.compile(r"[.,;:!?)»]+")
"""What follows a figure without a space, and must not be parted from it by the end of a line."""
SOON = 7
"""How many days before it is due a report not yet begun is shown as due soon."""
KIND_OF_FIGURE = {"counted": "count", "summed": "sum", "reported": "reported", "target": "target"}


def figure_value(report: PeriodReport, line: FigureLine, instant: datetime | None = None) -> dict[str, Any]:
    """Return one figure as the figure component takes it; read as of an instant, it opens the records of then."""
    # A report that is only tried out is not kept: its figures lead nowhere.
    url = reverse("reporting:figure", args=[report.code, line.indicator]) if report.pk else ""
    return {
        "value": line.value,
        "unit": line.unit,
        "kind": KIND_OF_FIGURE[line.kind],
        "url": f"{url}?{urlencode({'as_of': instant.isoformat()})}" if instant and url else url,
        "text": said_value(line),
        "label": line.label,
    }


def sending_due(report: PeriodReport, user: Any, today: date) -> dict[str, Any] | None:
    """Return by when a report is to be sent, and the rule; whether it is late is told only to whom it may be."""
    found = sending_of(report)
    if found is None:
        return None
    told = may_see_report_differences(user, report).allowed
    return {"due": due_of(found, today, work_calendar(), tells_lateness=told), "rule": found.rule}


def sending_rows(user: Any, today: date) -> list[dict[str, Any]]:
    """Return the periods to be reported on soon, for those who draft: what, by when and why, what drafts it."""
    if user.office is None or not may_draft_report(user):
        return []
    return [
        {
            "label": _("Báo cáo {label}").format(label=one.period.label),
            "days": one.period.days,
            "due": Due(
                one.reckoning.effective,
                _days_left(one.reckoning.effective, today),
                _tone(one.reckoning.effective, today),
                (*one.reckoning.explain(), _("Căn cứ: {legal_basis}.").format(legal_basis=one.rule.legal_basis)),
            ),
            "rule": one.rule,
            "hidden": [{"name": "kind", "value": one.period.key}, {"name": "year", "value": one.period.year}],
        }
        for one in sendings(user.working_office, today)
    ]


def _tone(due: date, today: date) -> Tone:
    if due < today:
        return Tone.OVERDUE
    return Tone.DUE_SOON if (due - today).days <= SOON else Tone.NOT_DUE


def _days_left(due: date, today: date) -> str:
    left, day = (due - today).days, formats.day(due)
    if left < 0:
        return _("Quá hạn {value} ngày, phải gửi trước hết ngày {day}").format(value=-left, day=day)
    return (
        _("Còn {left} ngày, gửi chậm nhất {day}").format(left=left, day=day)
        if left
        else _("Hết hạn gửi hôm nay, {day}").format(day=day)
    )


def breadcrumb(report: PeriodReport, *last: str) -> list[dict[str, str]]:
    """Return where a report, or a page below it, lives."""
    above = [{"label": _("Báo cáo", "menu"), "url": reverse("reporting:index")}]
    own = {"label": report.code, "url": reverse("reporting:report", args=[report.code])}
    return [*above, own, *({"label": label} for label in last)] if last else [*above, {"label": report.code}]


def sections_of(
    report: PeriodReport,
    lines: Sequence[ReportLine],
    instant: datetime | None = None,
    rows: Sequence[ReportSection] | None = None,
) -> list[dict[str, Any]]:
    """Return the sections in order: row, number, paragraphs and tables, whether it titles a part, has parts below.

    `rows`: sections of a report that is not kept.
    """
    by_code = {line.indicator: line for line in lines}
    return [
        {
            "row": section.row,
            "number": section.number,
            "paragraphs": section_pieces(report, section.row, by_code, instant),
            "tables": [section_table(report, table, by_code, instant) for table in section.tables],
            "is_part": section.is_part,
            "has_parts": section.has_parts,
        }
        for section in paper_sections(report, rows)
    ]


def section_table(
    report: PeriodReport, plan: OutlineTable, by_code: dict[str, ReportLine], instant: datetime | None = None
) -> dict[str, Any]:
    """Return a table of a section; a figure that the reader may not read, or that nothing declares, has no row."""
    lines = [by_code[code] for code in plan.indicators if code in by_code]
    return {
        "title": plan.title,
        "columns": [{"label": _("Chỉ số")}, *({"label": TABLE_COLUMNS[name], "num": True} for name in plan.columns)],
        "rows": [
            {
                "cells": [
                    {"text": line.label, "sub": line.unit},
                    *(_cell(report, name, line, instant) for name in plan.columns),
                ]
            }
            for line in lines
        ],
    }


def _cell(report: PeriodReport, name: str, line: ReportLine, instant: datetime | None) -> Any:
    if name != "value":
        return column_words(name, line)
    return {"figure": figure_value(report, line, instant) | {"unit": "", "text": number_words(line.value)}}


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
        return {"text": _("… (chưa có số liệu)")}
    return {"figure": figure_value(report, by_code[name], instant)}


INDICATOR_COLUMNS = ({"label": _("Mã, viết vào bài")}, {"label": _("Chỉ số")})
ANNEX_COLUMNS = (
    {"label": _("Chỉ số")},
    {"label": _("Kế hoạch"), "num": True},
    {"label": _("Thực hiện"), "num": True},
    {"label": _("Đạt"), "num": True},
    {"label": _("Cùng kỳ năm trước"), "num": True},
    {"label": _("Ước thực hiện"), "num": True},
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
    report: PeriodReport, lines: Sequence[FigureLine], as_of: datetime | None, user: Any
) -> list[dict[str, Any]]:
    """Return the first rows of the annexes that list records, as tables; what the user may not see is only counted."""
    return [
        {
            "title": found.title,
            "columns": [{"label": heading} for _, heading in found.columns],
            "rows": [{"cells": list(cells), "url": _record_url(row)} for row, cells in found.rows],
            "unnamed": found.unnamed,
        }
        for found in record_lists(report, lines, as_of, most=PAGE, reader=user)
    ]


def _record_url(row: Record) -> str:
    return reverse("record", args=[row.REGISTER, row.code])


def record_rows(records: Sequence[FigureRecord]) -> list[dict[str, Any]]:
    """Return the drill-down table's rows, each leading to its record."""
    return [
        {"cells": [record.code, record.title], "url": reverse("record", args=[record.register, record.code])}
        for record in records
    ]


def figure_page(report: PeriodReport, line: FigureLine, parameters: QueryDict, user: Any) -> dict[str, Any]:
    """Return the records behind a figure as its page shows them: one page, how many there are, how many are hidden.

    `parameters`: the address, which says the page (`sau`, `truoc`).
    Raises: BadRequest, for a page that no page led to.
    """
    if line.records is None:
        return {"rows": [], "hidden": 0}
    seen = line.records.visible_to(user)
    number = seen.count()
    total = int(line.value) if line.measure == "count" and line.value is not None else line.records.count()
    page = seen.page(after=parameters.get("sau", ""), before=parameters.get("truoc", ""))
    path = reverse("reporting:figure", args=[report.code, line.indicator])
    return {
        "rows": record_rows(page.records),
        "count_text": _("{number} hồ sơ").format(number=formats.number(number)),
        "hidden": total - number,
        "previous_url": with_parameters(path, parameters, truoc=page.before, sau="") if page.before else "",
        "next_url": with_parameters(path, parameters, sau=page.after, truoc="") if page.after else "",
        "first_url": with_parameters(path, parameters, sau="", truoc="") if page.before else "",
    }


def moved_values(report: PeriodReport, difference: LineDifference) -> dict[str, Any]:
    """Return what moved in one figure as the report's page tells it: the value, how many records, where they are."""
    counts = {_("Thêm"): difference.added_count, _("Bớt"): difference.removed_count}
    told = [
        _("{word} {count} hồ sơ").format(word=word, count=formats.number(count))
        for word, count in counts.items()
        if count
    ]
    url = reverse("reporting:figure", args=[report.code, difference.line.indicator])
    return {"sentences": [_moved_words(difference), *told], "url": url if told else ""}


def difference_sentences(difference: LineDifference) -> list[str]:
    """Return what moved in one figure, in words: the value, then the first records that came and went."""
    found = [_moved_words(difference)]
    groups = (
        (_("Thêm"), difference.added, difference.added_count),
        (_("Bớt"), difference.removed, difference.removed_count),
    )
    for word, group, count in groups:
        named = group.page().records if group is not None and count else []
        found += [f"{word} {record.code} · {record.title}" for record in named]
        if rest := count - len(named):
            found.append(_("{word} {rest} hồ sơ không liệt kê ở đây").format(word=word, rest=formats.number(rest)))
    return found


def _moved_words(difference: LineDifference) -> str:
    line = difference.line
    return f"{line.label}: {number_words(difference.before)} → {number_words(difference.after)} {line.unit}"


def _or_dash(value: Any) -> str:
    return "—" if value is None else number_words(value)
