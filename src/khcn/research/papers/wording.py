"""Word what the papers of a task share: gaps, amounts, parties, tables of products and money, the notes of a draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.documents.model import (
    Align,
    Appendix,
    Block,
    Column,
    Note,
    OfficialDocument,
    Paragraph,
    Row,
    Table,
    Text,
)
from khcn.kernel.exchange.values import short_decimal
from khcn.kernel.pages.office_papers import office_draft
from khcn.kernel.rulebook.kinds import words_of
from khcn.kernel.rulebook.models import Confidence, Rule
from khcn.kernel.text.numbers import money_in_words
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.research.financing import shares_by_source
from khcn.research.models import BudgetLine, TaskProduct
from khcn.research.papers.reading import Printing
from khcn.research.selectors import REGIME, estimate_lines
from khcn.ui import formats

GAP = "«…»"
"""What the register does not know, to be filled in by hand before anybody signs."""
FILL_IN = _("Chỗ «…» là điều sổ của Sở chưa ghi: đối chiếu với hồ sơ và điền trước khi trình ký.")
WHO_SIGNS = _("Cơ quan ban hành, chức danh và người ký theo phân cấp của tỉnh: sửa cho đúng trước khi trình.")
NUMBER = Column(_("TT"), 0.6, Align.CENTER)
AMOUNT = Column(_("Số tiền (đồng)"), 1.7, Align.RIGHT)
PRODUCT_COLUMNS = (
    NUMBER,
    Column(_("Sản phẩm"), 3),
    Column(_("Nhóm sản phẩm"), 2),
    Column(_("Đơn vị tính"), 1.1, Align.CENTER),
    Column(_("Số lượng"), 1, Align.CENTER),
    Column(_("Yêu cầu chất lượng"), 3),
)
DELIVERED_COLUMNS = (
    NUMBER,
    Column(_("Sản phẩm"), 3.4),
    Column(_("Đơn vị tính"), 1.2, Align.CENTER),
    Column(_("Đặt hàng"), 1, Align.CENTER),
    Column(_("Giao nộp"), 1, Align.CENTER),
    Column(_("Minh chứng"), 2.8),
)
LINE_COLUMNS = (
    NUMBER,
    Column(_("Khoản chi"), 2.6),
    Column(_("Nguồn"), 2.3),
    Column(_("Năm"), 0.8, Align.CENTER),
    Column(_("Cách chi"), 1.2),
    AMOUNT,
)
SOURCE_COLUMNS = (NUMBER, Column(_("Nguồn"), 4), AMOUNT, Column(_("Tỷ lệ"), 1, Align.RIGHT))


def known(value: Any) -> str:
    """Return what is known as people read it, a gap for nothing."""
    return str(value).strip() or GAP if value is not None else GAP


def on_day(value: date | None) -> str:
    """Return a day, a gap where it is not known."""
    return formats.day(value) if value is not None else GAP


def numbered(number: str, day: date | None) -> str:
    """Return number and day of a paper, with gaps for what is not known."""
    return _("số {number} ngày {day}").format(number=known(number), day=on_day(day))


def amount(value: Decimal | None) -> str:
    """Return how much of a product, a gap where nobody said."""
    return formats.number(short_decimal(value)) if value is not None else GAP


def dong(vnd: int) -> str:
    """Return money in figures and in words."""
    return _("{money} (bằng chữ: {words})").format(money=formats.money(vnd), words=money_in_words(vnd))


def both(separator: str, *parts: str) -> str:
    """Return the parts that say something, joined."""
    return joined(separator, [one for one in parts if one])


def article(words: str) -> Paragraph:
    """Return an article of a decision; its number stands out, as the decree sets it."""
    number, _point, rest = str(words).partition(". ")
    return Paragraph.of(Text(f"{number}.", bold=True), f" {rest}")


def fact(label: str, value: Any, *, place: int | None = None) -> Paragraph:
    """Return one fact as a line, numbered where it stands in a list; a gap where nothing is known."""
    mark = "-" if place is None else f"{place}."
    return Paragraph.of(f"{mark} {label}: {known(value).rstrip('.')}.")


def draft(asked: Printing, *, subject: str, notes: Sequence[str], **said: Any) -> OfficialDocument:
    """Return a draft about the task, in the name of its office unless said otherwise, its notes on a last sheet."""
    task = asked.task
    appendices = (*said.pop("appendices", ()), notes_sheet(asked, notes))
    options = {"about": task.code, "produced_at": asked.produced_at, "day": asked.today, "appendices": appendices}
    return office_draft(task.office, subject=subject, **{**options, **said})


def notes_sheet(asked: Printing, notes: Sequence[str]) -> Appendix:
    """Return the sheet that goes with a draft only: what is to be filled in, and what nobody compared with its text."""
    task, said = asked.task, [FILL_IN, WHO_SIGNS, *notes]
    if task.confidentiality == Confidentiality.CONFIDENTIAL:
        scope = _("Phạm vi «{scope}»: chỉ giao bản in cho người được biết nhiệm vụ.")
        said.insert(0, scope.format(scope=task.get_confidentiality_display()))
    return Appendix(
        label=_("Ghi chú của bản dự thảo"),
        title=_("Bỏ trang này trước khi ký"),
        blocks=tuple(Note(f"{place}. {words}") for place, words in enumerate(said, start=1)),
        attached_to=_("bản lập từ hồ sơ {code} ngày {day}").format(code=task.code, day=formats.day(asked.today)),
    )


def grounds(asked: Printing, rules: Iterable[Rule], *more: str) -> tuple[str, ...]:
    """Return the lines of legal grounds: the law of the task, texts of its rules in use, papers of the task.

    A rule that nobody compared with its text is no ground: the notes of the draft name it.
    """
    law = asked.task.get_regime_display() or GAP
    said = dict.fromkeys([law, *(one.legal_basis for one in rules if one.key != REGIME and not one.is_unchecked)])
    return (*(_("Căn cứ {basis};").format(basis=basis) for basis in said), *more)


def doubts(rules: Iterable[Rule]) -> list[str]:
    """Return which rules of a paper nobody compared with their text, or were read at second hand only."""
    doubtful = [one for one in rules if one.confidence not in (Confidence.VERIFIED, Confidence.LOCAL)]
    words = _("{label}: {basis} ({doubt}).")
    return [
        words.format(label=one.label, basis=one.legal_basis, doubt=one.get_confidence_display().lower())
        for one in doubtful
    ]


def rule_words(rule: Rule) -> str:
    """Return what a rule says, with the word of doubt beside a value nobody compared with its text."""
    said = words_of(rule.key, rule.value, rule.unit)
    return f"{said} ({rule.get_confidence_display().lower()})" if rule.is_unchecked else said


def product_table(products: Sequence[TaskProduct]) -> Table:
    """Return what a task promises; a row of gaps where nothing was entered."""
    rows = [
        Row.of(
            str(place),
            one.name,
            one.get_kind_display(),
            known(one.unit),
            amount(one.ordered),
            known(one.quality),
        )
        for place, one in enumerate(products, start=1)
    ]
    return Table(columns=PRODUCT_COLUMNS, rows=tuple(rows) or (gap_row(PRODUCT_COLUMNS),))


def delivered_table(products: Sequence[TaskProduct]) -> Table:
    """Return what was promised beside what came of it."""
    rows = [
        Row.of(str(place), one.name, known(one.unit), amount(one.ordered), amount(one.delivered), known(one.evidence))
        for place, one in enumerate(products, start=1)
    ]
    return Table(columns=DELIVERED_COLUMNS, rows=tuple(rows) or (gap_row(DELIVERED_COLUMNS),))


def estimate_blocks(lines: Sequence[BudgetLine]) -> Iterator[Block]:
    """Yield the estimate: its sum in words, its lines, its sources."""
    whole = sum(one.amount_vnd for one in lines)
    yield Paragraph.of(_("Tổng kinh phí: {money}.").format(money=dong(whole) if lines else GAP))
    yield Table(columns=LINE_COLUMNS, rows=(*_line_rows(lines), _total(len(LINE_COLUMNS), whole)))
    yield Paragraph.of(_("Trong đó, theo nguồn:"))
    shares = shares_by_source(estimate_lines(lines))
    rows = [
        Row.of(str(place), source.label, formats.number(money), formats.percent(float(share * 100), 1))
        for place, (source, (money, share)) in enumerate(shares.items(), start=1)
    ]
    yield Table(columns=SOURCE_COLUMNS, rows=tuple(rows) or (gap_row(SOURCE_COLUMNS),))


def gap_row(columns: Sequence[Column]) -> Row:
    """Return a row to be filled in by hand."""
    return Row.of("1", *(GAP for _column in columns[1:]))


def _line_rows(lines: Sequence[BudgetLine]) -> Iterator[Row]:
    for place, one in enumerate(lines, start=1):
        item = f"{one.get_item_display()} ({one.note})" if one.note else one.get_item_display()
        way = _("khoán") if one.is_lump else _("không khoán")
        money = formats.number(one.amount_vnd)
        yield Row.of(str(place), item, one.get_source_display(), str(one.year), way, money)


def _total(columns: int, whole: int) -> Row:
    blank = ["" for _column in range(columns - 3)]
    return Row.of("", _("Tổng"), *blank, formats.number(whole), emphasised=True)
