"""What the pages of statistics form 04CS show, and its files: plain values and bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from django.http import QueryDict
from django.urls import reverse

from khcn.kernel.exchange.exporting import without_formula
from khcn.kernel.pages.addresses import record_url, with_parameters
from khcn.kernel.pages.paging import page_of
from khcn.language.words import words as _
from khcn.research.permissions import may_know_sex
from khcn.research.statistics_figures import FilledForm, tasks_behind
from khcn.research.statistics_rows import FORM, FORM_SOURCE, MEASURES, NOTES, FormRow, Measure, form_rows
from khcn.ui import formats

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UNKNOWN_SEX = _("chưa có dữ liệu giới tính")
UNIT = _("nhiệm vụ")
SHORT = {
    Measure.NEW: (_("Phê duyệt mới"), _("trong năm")),
    Measure.CARRIED_OVER: (_("Chuyển tiếp"), _("từ năm trước")),
}
"""Headings of the page in two lines."""
ROW_HEADINGS = (_("Mã số"), _("Chỉ tiêu", "row of a form"))


def form_values(form: FilledForm, parameters: QueryDict) -> dict[str, Any]:
    """Return the form as its page shows it: every figure leads to its tasks."""
    rows = form_rows()
    return {
        "columns": [*({"label": one} for one in ROW_HEADINGS), *(_column(form, measure) for measure in Measure)],
        "rows": [form_line(form, row, parameters) for row in rows if not row.outside],
        "outside_rows": [form_line(form, row, parameters) for row in rows if row.outside],
        "definitions": [{"label": heading, "text": meaning} for heading, meaning in MEASURES.values()],
        "notes": [*NOTES, *_sex_note(form)],
        "source": FORM_SOURCE,
    }


def _column(form: FilledForm, measure: Measure) -> dict[str, Any]:
    """Return a column's heading, in two lines where it is long, with what nobody knows said once."""
    label, hint = SHORT.get(measure, (MEASURES[measure][0], ""))
    if measure is Measure.FEMALE and form.counts[form_rows()[0].code][measure] is None:
        hint = UNKNOWN_SEX
    return {"label": label, "hint": hint, "num": True}


def _sex_note(form: FilledForm) -> list[str]:
    if not form.without_sex:
        return []
    words = _("{number} nhiệm vụ trong tổng số có chủ nhiệm chưa ghi giới tính, hoặc chưa có chủ nhiệm.")
    return [words.format(number=formats.number(form.without_sex))]


def form_line(form: FilledForm, row: FormRow, parameters: QueryDict) -> dict[str, Any]:
    """Return one row of the form."""
    counts = form.counts[row.code]
    figures = [
        formats.MISSING if counts[measure] is None else {"figure": figure_of(form, row, measure, parameters)}
        for measure in Measure
    ]
    return {"cells": [row.code, row.shown, *figures]}


def figure_of(form: FilledForm, row: FormRow, measure: Measure, parameters: QueryDict) -> dict[str, Any]:
    """Return one figure with the address of its tasks; words instead of a number nobody knows."""
    value = form.counts[row.code][measure]
    if value is None:
        return {"value": None, "text": UNKNOWN_SEX}
    path = reverse("task-statistics-records", args=[form.period.year, row.code, measure.value])
    url = with_parameters(path, _instant_only(parameters))
    return {"value": value, "text": formats.number(value), "url": url, "label": f"{row.label}, {MEASURES[measure][0]}"}


def records_values(
    form: FilledForm, row: FormRow, measure: Measure, parameters: QueryDict, user: Any
) -> dict[str, Any]:
    """Return the tasks behind one figure as a page shows them: so many of them, how many there are, how many hidden.

    Which leaders are women is not told to who may not know the sex of people.
    Raises: BadRequest, for a page that no page led to.
    """
    tasks = tasks_behind(row, measure, form.period, form.office, form.as_of)
    seen = tasks.visible_to(user)
    if measure is Measure.FEMALE and not may_know_sex(user):
        seen = seen.none()
    known, value = seen.order_by().count(), form.counts[row.code][measure]
    page = page_of(
        seen.select_related("host"), "approved_on", after=parameters.get("sau", ""), before=parameters.get("truoc", "")
    )
    path = reverse("task-statistics-records", args=[form.period.year, row.code, measure.value])
    return {
        "figure": figure_of(form, row, measure, parameters) | {"url": "", "unit": UNIT},
        "definition": MEASURES[measure][1],
        "columns": [{"label": _("Mã hồ sơ")}, {"label": _("Tên nhiệm vụ")}, {"label": _("Tổ chức chủ trì")}],
        "rows": [
            {"cells": [one.code, one.title, one.host.listed_name if one.host else ""], "url": record_url(one)}
            for one in page.rows
        ],
        "count_text": _("{number} hồ sơ").format(number=formats.number(known)),
        "hidden": (value or 0) - known,
        "previous_url": with_parameters(path, parameters, truoc=page.before, sau="") if page.before else "",
        "next_url": with_parameters(path, parameters, sau=page.after, truoc="") if page.after else "",
        "first_url": with_parameters(path, parameters, sau="", truoc="") if page.before else "",
    }


def written_form(form: FilledForm, suffix: str, known_at: datetime) -> bytes:
    """Return the form as the bytes of a csv or xlsx file, with its definitions. `known_at`: as of when it speaks."""
    return {"csv": _csv, "xlsx": _xlsx}[suffix](form, known_at)


def _instant_only(parameters: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    if said := parameters.get("as_of"):
        kept["as_of"] = said
    return kept


def _table(form: FilledForm) -> list[list[Any]]:
    head = [*ROW_HEADINGS, *(heading for heading, _meaning in MEASURES.values())]
    return [head, *(_cells(form, row) for row in form_rows())]


def _cells(form: FilledForm, row: FormRow) -> list[Any]:
    counts = form.counts[row.code]
    numbers = [UNKNOWN_SEX if counts[measure] is None else counts[measure] for measure in Measure]
    return [row.code, row.shown, *numbers]


def _about(form: FilledForm, known_at: datetime) -> Iterable[Sequence[Any]]:
    yield _("Biểu"), FORM
    yield _("Nguồn"), FORM_SOURCE
    yield _("Kỳ"), form.period.days
    yield _("Như đã biết lúc"), formats.instant(known_at)
    yield from MEASURES.values()
    yield from ((_("Ghi chú"), note) for note in (*NOTES, *_sex_note(form)))


def _csv(form: FilledForm, known_at: datetime) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([without_formula(cell) for cell in cells] for cells in _table(form))
    writer.writerow([])
    writer.writerows(_about(form, known_at))
    return "\ufeff".encode() + text.getvalue().encode()


def _xlsx(form: FilledForm, known_at: datetime) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(FORM)
    for number, cells in enumerate(_table(form)):
        sheet.write_row(number, 0, cells, None if number else head)
    sheet.set_column(1, 1, 44)
    sheet.freeze_panes(1, 2)
    about = book.add_worksheet("cach-tinh")
    about.set_column(0, 0, 28)
    for number, words in enumerate(_about(form, known_at)):
        about.write_row(number, 0, words)
    book.close()
    return content.getvalue()
