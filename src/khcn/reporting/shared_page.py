"""A signed report as whoever holds a link reads it: its words and its frozen figures, nothing that moved since."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.sharing.registry import Shareable
from khcn.language.words import words as _
from khcn.reporting.models import PeriodReport
from khcn.reporting.permissions import may_sign_report
from khcn.reporting.presenting import ANNEX_COLUMNS, annex_rows, sections_of
from khcn.reporting.selectors import lines_of


def closed_to_all(report: PeriodReport) -> str:
    """Return why the report may not be read without an account; nothing where it may."""
    if report.frozen_at is None or report.signed_on is None:
        return _("{code} chưa ký; chỉ báo cáo đã ký mới mở cho người cầm liên kết.").format(code=report.code)
    if report.confidentiality == Confidentiality.CONFIDENTIAL:
        return _("{code} có phạm vi hạn chế, không mở cho người cầm mã được. Bỏ hạn chế trước, nếu được phép.").format(
            code=report.code
        )
    return ""


def show_report(request: HttpRequest, report: PeriodReport) -> HttpResponse:
    """Show the report as it was signed; its figures open no records."""
    lines = lines_of(report)
    sections = sections_of(report, lines)
    for section in sections:
        section["paragraphs"] = [[_closed(piece) for piece in pieces] for pieces in section["paragraphs"]]
        for table in section["tables"]:
            table["rows"] = [{"cells": [_closed_cell(cell) for cell in row["cells"]]} for row in table["rows"]]
    rows = [{"cells": [_closed_cell(cell) for cell in row["cells"]]} for row in annex_rows(report, lines)]
    values = {"report": report, "sections": sections, "annex_columns": ANNEX_COLUMNS, "annex_rows": rows}
    return render(request, "reporting/shared.html", values)


def _closed(piece: dict[str, Any]) -> dict[str, Any]:
    return {"figure": {**piece["figure"], "url": ""}} if piece.get("figure") else piece


def _closed_cell(cell: Any) -> Any:
    return _closed(cell) if isinstance(cell, dict) else cell


def shared_report() -> Shareable:
    """Return how reports are read by links."""
    return Shareable(PeriodReport.REGISTER, _("báo cáo đã ký"), may_sign_report, closed_to_all, show_report)
