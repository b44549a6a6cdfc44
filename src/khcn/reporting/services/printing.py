"""Print a period report: one document model, from which Word and PDF are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from khcn.kernel.documents.model import (
    Align,
    Appendix,
    Blocks,
    Column,
    Heading,
    Link,
    Metadata,
    Note,
    OfficialDocument,
    Orientation,
    Paragraph,
    Row,
    Signature,
    Table,
    Text,
)
from khcn.reporting.models import PeriodReport
from khcn.reporting.outlines import TABLE_COLUMNS, OutlineTable
from khcn.reporting.paper import paper_sections, record_lists
from khcn.reporting.selectors import FigureLine, ReportLine, lines_of
from khcn.reporting.wording import number_words, percent_words, roman, rounded_words

WIDTHS = {"title": 4.2, "lead_text": 2.0}
EMPTY_SECTION = Paragraph((Text("Chưa có nội dung.", italic=True),))
PLACE_OF_FIGURE = re.compile(r"\{([a-z_]+\.[a-z_]+|period|days)\}")


def report_document(
    report: PeriodReport, *, produced_at: datetime, address: str, lines: Sequence[ReportLine] | None = None
) -> OfficialDocument:
    """Return the report as a document; `address`: the public address before the path, for links to records.

    `lines`: those of its figures that the reader may read, all where it is not said.
    """
    lines = lines_of(report) if lines is None else lines
    office = report.office
    return OfficialDocument(
        parent_agency=office.parent_name,
        agency=office.name,
        symbol=f"BC-{office.symbol}",
        place=office.seat,
        year=(report.signed_on or timezone.localdate(produced_at)).year,
        kind="Báo cáo",
        subject=report.title,
        number=_serial(report.number),
        dated_on=report.signed_on,
        body=tuple(_body(report, lines, address)),
        metadata=Metadata(title=report.title, produced_at=produced_at.replace(microsecond=0), author=office.name),
        recipients=(*([f"{office.parent_name} (báo cáo);"] if office.parent_name else []), "Lưu: VT."),
        signature=Signature(position="Giám đốc"),
        appendices=tuple(_annexes(report, lines, address)),
        draft_mark=report.frozen_at is None,
    )


def _serial(number: str) -> int | None:
    digits = re.match(r"\d+", number)
    return int(digits.group()) if digits else None


def _body(report: PeriodReport, lines: Sequence[ReportLine], address: str) -> Blocks:
    by_code = {line.indicator: line for line in lines}
    blocks: list[object] = []
    for section in paper_sections(report):
        blocks.append(Heading(1 if section.is_part else 2, f"{section.number}. {section.row.heading}"))
        said = [text for text in section.row.text.splitlines() if text.strip()]
        blocks += [Paragraph(figure_runs(report, text, by_code, address)) for text in said]
        blocks += [_table(report, table, by_code, address) for table in section.tables]
        if (
            not said and not section.has_parts and not section.tables
        ):  # only of a draft: what is missing is seen, and a page may end there
            blocks.append(EMPTY_SECTION)
    return tuple(blocks)  # type: ignore[arg-type]  # headings and paragraphs only


def _table(report: PeriodReport, plan: OutlineTable, by_code: dict[str, ReportLine], address: str) -> Table:
    """Return a table of a section; a figure that the reader may not read, or that nothing declares, has no row."""
    columns = (
        Column("TT", 0.6, Align.CENTER),
        Column("Chỉ số", 4.2),
        Column("Đơn vị", 1.2, Align.CENTER),
        *(Column(TABLE_COLUMNS[name], 1.2, Align.RIGHT) for name in plan.columns),
    )
    lines = [by_code[code] for code in plan.indicators if code in by_code]
    rows = [
        Row.of(str(place), line.label, line.unit, *(_told(report, name, line, address) for name in plan.columns))
        for place, line in enumerate(lines, start=1)
    ]
    return Table(columns, tuple(rows), caption=plan.title)


def _told(report: PeriodReport, name: str, line: ReportLine, address: str) -> str | Link:
    if name == "value":
        return Link(number_words(line.value), f"{address}{figure_path(report, line)}")
    return column_words(name, line)


def column_words(name: str, line: ReportLine) -> str:
    """Return what a column of `TABLE_COLUMNS` says of a figure."""
    told = {"target": line.target, "year_before": line.year_before, "estimate": line.estimate}
    return percent_words(line.value, line.target) if name == "percent" else _or_dash(told[name])


def figure_runs(
    report: PeriodReport, text: str, by_code: dict[str, ReportLine], address: str
) -> tuple[Text | Link, ...]:
    """Return the text with every `{indicator}` replaced by its figure, linked to the records it counts."""
    found: list[Text | Link] = []
    end = 0
    for match in PLACE_OF_FIGURE.finditer(text):
        if match.start() > end:
            found.append(Text(text[end : match.start()]))
        found.append(_said(report, match.group(1), by_code, address))
        end = match.end()
    return (*found, Text(text[end:])) if end < len(text) else tuple(found)


def _said(report: PeriodReport, name: str, by_code: dict[str, ReportLine], address: str) -> Text | Link:
    if name == "period":
        return Text(report.period.label)
    if name == "days":
        return Text(report.period.days)
    line = by_code.get(name)
    if line is None or line.value is None:
        return Text("… (chưa có số liệu)", italic=True)
    return Link(f"{said_value(line)} {line.unit}", f"{address}{figure_path(report, line)}")


def said_value(line: FigureLine) -> str:
    """Return a line's value in the words of reports."""
    if line.value is None:
        return "…"
    return rounded_words(line.value) if line.rounded_wording else number_words(line.value)


def figure_path(report: PeriodReport, line: FigureLine) -> str:
    """Return the path of a figure's drill-down."""
    return f"/bao-cao/{report.code}/so-lieu/{line.indicator}/"


def _annexes(report: PeriodReport, lines: Sequence[ReportLine], address: str) -> Iterable[Appendix]:
    yield _annex(report, lines, address)
    for place, found in enumerate(record_lists(report, lines, report.frozen_at), start=2):
        columns = (
            Column("TT", 0.5, Align.CENTER),
            *(Column(heading, WIDTHS.get(name, 1.4)) for name, heading in found.columns),
        )
        rows = tuple(Row.of(str(number), *cells) for number, (_row, cells) in enumerate(found.rows, start=1))
        unnamed = (Note(f"Còn {found.unnamed} hồ sơ hạn chế không liệt kê."),) if found.unnamed else ()
        yield Appendix(
            f"Phụ lục {roman(place)}", found.title, (Table(columns, rows), *unnamed), orientation=Orientation.LANDSCAPE
        )


def _annex(report: PeriodReport, lines: Sequence[ReportLine], address: str) -> Appendix:
    columns = (
        Column("TT", 0.6, Align.CENTER),
        Column("Chỉ số", 4.2),
        Column("Đơn vị", 1.2, Align.CENTER),
        Column("Kế hoạch", 1.2, Align.RIGHT),
        Column("Thực hiện", 1.2, Align.RIGHT),
        Column("Đạt (%)", 1.1, Align.RIGHT),
        Column("Cùng kỳ năm trước", 1.3, Align.RIGHT),
        Column("Ước thực hiện", 1.2, Align.RIGHT),
    )
    rows = tuple(
        Row.of(
            str(place),
            line.label,
            line.unit,
            _or_dash(line.target),
            Link(number_words(line.value), f"{address}{figure_path(report, line)}"),
            percent_words(line.value, line.target),
            _or_dash(line.year_before),
            _or_dash(line.estimate),
        )
        for place, line in enumerate(lines, start=1)
    )
    frozen = "chưa chốt, theo sổ hiện nay"
    if report.frozen_at:
        frozen = f"chốt lúc {timezone.localtime(report.frozen_at):%d/%m/%Y %H:%M}"
    confidence = "" if not report.period_rule.is_unchecked else " Kỳ số liệu: chưa đối chiếu văn bản."
    note = Note(f"Số liệu {report.period.days}; {frozen}. Mỗi con số mở danh sách hồ sơ đã đếm.{confidence}")
    return Appendix(
        "Phụ lục I",
        f"Chỉ số {report.period.label}",
        (Table(columns, rows), note),
        orientation=Orientation.LANDSCAPE,
    )


def _or_dash(value: object) -> str:
    return "—" if value is None else number_words(value)  # type: ignore[arg-type]  # a Decimal where it is not None
