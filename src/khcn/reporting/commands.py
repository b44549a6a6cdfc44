"""`khcn report figures`, `khcn report compare` and `khcn report make`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.comparison import Reading, contributions
from khcn.kernel.indicators.periods import MONTH, PARTS, QUARTER, checked_part, period_words
from khcn.kernel.indicators.selectors import report_period
from khcn.kernel.pages.instants import instant_written
from khcn.kernel.pages.paper_styles import PaperStyle, file_name, in_style, unchecked_words
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.reporting.behind import FigureRecord
from khcn.reporting.comparing import ComparedFigure, compared
from khcn.reporting.models import PeriodReport
from khcn.reporting.outlines import UnknownOutline, kinds, outline
from khcn.reporting.selectors import ReportLine, report_lines
from khcn.reporting.services.printing import report_document


def figures(arguments: list[str]) -> int:
    """Print the figures of a report: `figures month --year 2021 --month 9 [--as-of INSTANT] --json`."""
    parser = argparse.ArgumentParser(prog="khcn report figures")
    _add_period(parser)
    parser.add_argument("--as-of", dest="as_of")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        lines = report_lines(asked.kind, asked.year, office=_office(), part=_part(asked), as_of=_instant(asked.as_of))
    except (UnknownOutline, RuleUnknown, ValueError, Office.DoesNotExist) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    rows = [row for line in lines for row in _as_rows(line)]
    sys.stdout.writelines(_as_json(rows) if asked.json else [_as_text(rows)])
    return 0


def compare(arguments: list[str]) -> int:
    """Print what differs between two readings, with the records that make it.

    `compare year --year 2021 [--as-of INSTANT] [--from-year 2020] [--from-as-of INSTANT] --json`. Without a year to
    compare from it is the year before; with only an instant to compare from, the period itself.
    """
    parser = argparse.ArgumentParser(prog="khcn report compare")
    _add_period(parser)
    for name in ("--as-of", "--from-as-of"):
        parser.add_argument(name)
    parser.add_argument("--from-year", type=int)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        office, (before, after) = _office(), _readings(asked)
        rows = [_as_difference(row, before, after, office) for row in compared(before, after, office=office)]
    except (UnknownOutline, RuleUnknown, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n" if asked.json else _differences_text(rows))
    return 0


def make(arguments: list[str]) -> int:
    """Write one DOCX and one PDF: `make quarter --year 2021 --quarter 3 --out DIR [--style decree30|party]`."""
    parser = argparse.ArgumentParser(prog="khcn report make")
    _add_period(parser)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--style", type=PaperStyle, choices=list(PaperStyle), default=PaperStyle.DECREE30)
    asked = parser.parse_args(arguments)
    try:
        report = _newest(asked)
    except (UnknownOutline, ValueError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    made = report_document(report, produced_at=report.frozen_at or timezone.now(), address=settings.PUBLIC_URL)
    document = in_style(made, asked.style, office=report.office, on=timezone.localdate())
    if doubt := unchecked_words(asked.style):
        sys.stderr.write(f"{doubt}\n")
    try:
        asked.out.mkdir(parents=True, exist_ok=True)
        for suffix, content in (("docx", to_docx(document)), ("pdf", to_pdf(document))):
            path = asked.out / f"{file_name(report.code, asked.style)}.{suffix}"
            path.write_bytes(content)
            sys.stdout.write(f"{path}\n")
    except OSError as fault:
        sys.stderr.write(f"Không ghi được vào «{asked.out}»: {fault.strerror}. Chọn thư mục khác.\n")
        return 1
    return 0


def _add_period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", help=", ".join(kinds()))
    parser.add_argument("--year", type=int, required=True)
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--month", type=int, help="1 đến 12, cho báo cáo tháng (month)")
    part.add_argument("--quarter", type=int, help="1 đến 4, cho báo cáo quý (quarter)")


def _part(asked: argparse.Namespace) -> int:
    """Return which month or quarter was asked for, 0 for neither.

    Raises: ValueError, where the kind of report asks for the other, or for none.
    """
    for kind, given in ((MONTH, asked.month), (QUARTER, asked.quarter)):
        if given is not None and asked.kind != kind:
            raise ValueError(f"«--{kind}» chỉ dùng với báo cáo «{kind}», không dùng với «{asked.kind}».")
        if given is None and asked.kind == kind:
            raise ValueError(f"Báo cáo «{kind}» cần «--{kind}», từ 1 đến {PARTS[kind]}.")
    return asked.month or asked.quarter or 0


def _newest(asked: argparse.Namespace) -> PeriodReport:
    """Return the newest report on the period asked for.

    Raises: UnknownOutline; ValueError, where there is no such period or no report on it.
    """
    part = _part(asked)
    outline(asked.kind)
    checked_part(asked.kind, part)
    rows = PeriodReport.objects.filter(kind=asked.kind, year=asked.year, period_part=part, office__code=settings.OFFICE)
    found: PeriodReport | None = rows.standing().order_by("-id").first()
    if found is None:
        words = period_words(asked.kind, asked.year, part)
        raise ValueError(f"Chưa có báo cáo {words} («{asked.kind}»). Soạn báo cáo ở mục Báo cáo rồi chạy lại lệnh.")
    return found


def _readings(asked: argparse.Namespace) -> tuple[Reading, Reading]:
    part, until = _part(asked), _instant(asked.as_of)
    year = asked.from_year or (asked.year if asked.from_as_of else asked.year - 1)
    since = _instant(asked.from_as_of) or until
    office = _office()
    before, after = (report_period(asked.kind, one, office=office, part=part)[0] for one in (year, asked.year))
    return Reading(before, since), Reading(after, until)


def _as_difference(row: ComparedFigure, before: Reading, after: Reading, office: Office) -> dict[str, Any]:
    found = contributions(row.indicator.code, before, after, office=office)
    return {
        "code": row.indicator.code,
        "label": row.indicator.label,
        "unit": row.indicator.unit,
        "before": _number_or_none(row.before),
        "after": _number_or_none(row.after),
        "difference": _number_or_none(row.difference),
        "records": [
            {
                "register": one.ref.register,
                "code": one.code,
                "title": one.title,
                "before": _number_or_none(one.before),
                "after": _number_or_none(one.after),
                "difference": _number(one.amount),
            }
            for one in found
        ],
    }


def _differences_text(rows: list[dict[str, Any]]) -> str:
    told = []
    for row in rows:
        told.append(f"{row['label']}: {row['before']} → {row['after']} {row['unit']} ({row['difference']})\n")
        told += [f"  {one['difference']:+} {one['code']} · {one['title']}\n" for one in row["records"]]
    return "".join(told)


def _number_or_none(value: Decimal | None) -> int | float | None:
    return None if value is None else _number(value)


def _office() -> Office:
    try:
        return Office.objects.get(code=settings.OFFICE)
    except Office.DoesNotExist as fault:
        raise ValueError(f"Chưa có cơ quan «{settings.OFFICE}». Chạy `khcn demo` hoặc tạo cơ quan trước.") from fault


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return instant_written(text)
    except (ValueError, OverflowError) as fault:
        raise ValueError(f"Không hiểu thời điểm «{text}». Viết như 2021-09-24 hoặc 2021-09-24T17:00.") from fault


def _as_rows(line: ReportLine) -> list[dict[str, Any]]:
    shared = {"code": line.indicator, "label": line.label, "unit": line.unit}
    stated: tuple[tuple[str, Decimal | None, Iterable[FigureRecord]], ...] = (
        (line.kind, line.value, line.records or ()),
        ("target", line.target, ()),
        ("reported", line.estimate, ()),
    )
    return [
        shared | {"kind": kind, "measure": line.measure, "value": _number(value), "records": rows}
        for kind, value, rows in stated
        if value is not None
    ]


def _as_json(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the rows as one list of JSON; the records behind a figure pass one by one, there may be a million."""
    yield "["
    for place, row in enumerate(rows):
        told = json.dumps({name: value for name, value in row.items() if name != "records"}, ensure_ascii=False)
        yield f'{"," if place else ""}\n {told[:-1]}, "records": ['
        for number, one in enumerate(row["records"]):
            record = {"register": one.register, "code": one.code, "title": one.title}
            yield f"{',' if number else ''}\n  {json.dumps(record, ensure_ascii=False)}"
        yield "]}"
    yield "\n]\n"


def _number(value: Any) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _as_text(rows: list[dict[str, Any]]) -> str:
    return "".join(f"{row['label']}: {row['value']} {row['unit']}\n" for row in rows)
