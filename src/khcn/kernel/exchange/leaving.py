"""Give the rows set aside as a spreadsheet that may come back as another import."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from khcn.kernel.exchange.exporting import without_formula
from khcn.kernel.exchange.models import StagedRow, Staging
from khcn.kernel.exchange.staging import columns_of, original_text
from khcn.kernel.exchange.values import label_of
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _

REASONS = _("Lý do chưa nhập")
ROWS_AT_ONCE = 500


def sheet_of_rows_left(register: Register, staging: Staging) -> bytes:
    """Return an XLSX file: the matched columns under the register's own headings, and why each row was left.

    The register recognises these headings when the file comes back; the column of reasons is passed over.
    """
    columns = columns_of(register, staging)
    labels = {column.name: label_of(register, column) for column in columns.values()}
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet: Any = book.add_worksheet("De lai")
        bold, wrap = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        sheet.set_column(0, len(columns), 20)
        sheet.set_column(len(columns), len(columns), 60)
        for place, label in enumerate([*labels.values(), REASONS]):
            sheet.write_string(0, place, label, bold)
        kept = staging.rows.filter(is_set_aside=True).order_by("number")
        for line, row in enumerate(kept.iterator(chunk_size=ROWS_AT_ONCE), start=1):
            for place, cell in enumerate(columns):
                sheet.write_string(line, place, without_formula(_text(row, cell)))
            sheet.write_string(line, len(columns), without_formula(_reasons(row, labels)), wrap)
    return file.getvalue()


def _text(row: StagedRow, place: int) -> str:
    return str(row.mended.get(str(place), original_text(row, place)))


def _reasons(row: StagedRow, labels: dict[str, str]) -> str:
    return "; ".join(f"{labels[name]}: {reason}" if name in labels else reason for name, reason in row.faults)
