"""The list of rules as a spreadsheet, for whoever compares values with their texts at a desk."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter

from khcn.kernel.exchange.exporting import without_formula
from khcn.kernel.rulebook.kinds import words_of
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.telling import validity_words
from khcn.kernel.rulebook.uses import uses_of
from khcn.language.words import words as _

HEAD = (
    _("Khóa"),
    _("Nội dung"),
    _("Giá trị"),
    _("Hiệu lực"),
    _("Căn cứ"),
    _("Độ tin cậy"),
    _("Nơi dùng"),
    _("Ghi chú"),
)
TO_FILL = (_("Văn bản đã đọc"), _("Điều, khoản"), _("Giá trị theo văn bản"), _("Người đọc, ngày"))
WIDTH = 26


def rules_as_sheet(rules: Iterable[Rule]) -> bytes:
    """Return an XLSX with one row for each value, and empty columns for what is found in the text."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Bộ quy định"))
    bold, wrapped = (book.add_format({"text_wrap": True, "valign": "top", "bold": yes}) for yes in (True, False))
    sheet.set_column(0, len(HEAD) + len(TO_FILL) - 1, WIDTH)
    sheet.write_row(0, 0, (*HEAD, *TO_FILL), bold)
    for number, rule in enumerate(rules, start=1):
        sheet.write_row(number, 0, [without_formula(text) for text in _cells(rule)], wrapped)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    book.close()
    return file.getvalue()


def _cells(rule: Rule) -> tuple[str, ...]:
    return (
        rule.key,
        rule.label,
        words_of(rule.key, rule.value, rule.unit),
        validity_words(rule.valid_from, rule.valid_to),
        rule.legal_basis,
        str(rule.get_confidence_display()),
        "; ".join(uses_of(rule.key)),
        rule.note,
    )
