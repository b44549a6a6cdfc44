"""What the page and the paper of a council's fees show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from khcn.councils.fees import Per
from khcn.councils.models import Council
from khcn.councils.printing import council_document
from khcn.councils.selectors import FEES, FeeLine, FeeSheet
from khcn.councils.states import SeatRole
from khcn.kernel.documents.model import Align, Column, Note, OfficialDocument, Paragraph, Row, Signature, Table
from khcn.kernel.text.numbers import money_in_words
from khcn.language.words import words as _
from khcn.ui import formats

COLUMNS = [
    {"label": _("Thành viên")},
    {"label": _("Vai trò")},
    {"label": _("Số hồ sơ"), "num": True},
    {"label": _("Mức chi (đồng)"), "num": True},
    {"label": _("Thành tiền (đồng)"), "num": True},
]
PAPER_COLUMNS = (
    Column(_("TT"), 0.5, Align.CENTER),
    Column(_("Họ và tên"), 2.5),
    Column(_("Vai trò"), 2),
    Column(_("Số hồ sơ"), 0.8, Align.CENTER),
    Column(_("Mức chi (đồng)"), 1.4, Align.RIGHT),
    Column(_("Thành tiền (đồng)"), 1.5, Align.RIGHT),
)
HOW = {
    Per.MATTER: _("Mỗi hồ sơ mà thành viên có mặt đã khóa phiếu được tính một lần."),
    Per.MEETING: _("Mỗi thành viên có mặt được tính một lần cho cả phiên họp."),
}


def fee_values(council: Council, sheet: FeeSheet | None) -> dict[str, Any]:
    """Return what the page of the fees is drawn with; without amounts only where they are entered."""
    key = f"{FEES}{council.purpose}"
    if sheet is None:
        return {"sheet": None, "purpose": council.get_purpose_display(), "rule_url": reverse("rule", args=[key])}
    return {
        "sheet": sheet,
        "columns": COLUMNS,
        "rows": [{"cells": _cells(sheet, line)} for line in sheet.lines],
        "totals": [_("Tổng"), "", "", "", sheet.total_vnd],
        "total": formats.money(sheet.total_vnd),
        "words": money_in_words(sheet.total_vnd),
        "how": HOW[sheet.rule.per],
        "rule": {"text": sheet.used.legal_basis, "doubt": sheet.used.doubt},
        "papers": [
            {"label": label, "url": reverse("council-fee-paper", args=[council.code, suffix])}
            for label, suffix in ((_("Bảng kê thù lao, Word"), "docx"), (_("Bảng kê thù lao, PDF"), "pdf"))
        ],
    }


def fee_document(council: Council, sheet: FeeSheet, *, produced_at: datetime) -> OfficialDocument:
    """Return the list by which fees are paid."""
    rows = [
        Row.of(str(number), line.seat.person.listed_name, *(_written(one) for one in _cells(sheet, line)[1:]))
        for number, line in enumerate(sheet.lines, start=1)
    ]
    total = Row.of("", _("Tổng"), "", "", "", _written(sheet.total_vnd), emphasised=True)
    doubt = f" ({sheet.used.doubt.lower()})" if sheet.used.doubt else ""
    return council_document(
        council,
        kind=_("Bảng kê"),
        symbol="",
        subject=_("Thù lao {title}").format(title=council.title),
        produced_at=produced_at,
        day=council.meets_on,
        signature=Signature(position=_("Giám đốc")),
        body=(
            Table(columns=PAPER_COLUMNS, rows=(*rows, total)),
            Note(_("Tính theo {basis}{doubt}.").format(basis=sheet.used.legal_basis, doubt=doubt)),
            Note(HOW[sheet.rule.per]),
            Paragraph.of(_("Bằng chữ: {words}.").format(words=money_in_words(sheet.total_vnd))),
        ),
    )


def _cells(sheet: FeeSheet, line: FeeLine) -> list[Any]:
    role = line.seat.get_role_display()
    return [line.seat.person.listed_name, role, line.matters, sheet.rule.amounts[SeatRole(line.seat.role)], line.vnd]


def _written(value: Any) -> str:
    return formats.number(value) if isinstance(value, int) else str(value)
