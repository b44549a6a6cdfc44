"""The minutes that end the contract: what was delivered, and where all of the money went, from the accounts."""

from __future__ import annotations

from collections.abc import Iterator

from khcn.kernel.documents.model import Block, Column, Heading, OfficialDocument, Paragraph, Row, Table
from khcn.language.words import words as _
from khcn.research.models import ResearchTask
from khcn.research.papers.approving import recorded_as
from khcn.research.papers.contracting import listed_annexes, parties_in_brief, signers
from khcn.research.papers.reading import Printing, annexes_of, rules_of
from khcn.research.papers.wording import (
    AMOUNT,
    GAP,
    delivered_table,
    dong,
    doubts,
    draft,
    fact,
    grounds,
    numbered,
    on_day,
)
from khcn.research.selectors import moved_by_kind
from khcn.research.states import FundingSource, MovementKind
from khcn.ui import formats

K = MovementKind
Moved = dict[tuple[FundingSource, MovementKind], int]
MONEY = (
    (K.APPROVE, _("Được phê duyệt")),
    (K.DISBURSE, _("Đã tạm ứng, cấp")),
    (K.VERIFY, _("Đã nghiệm thu khối lượng")),
    (K.SETTLE, _("Đã quyết toán")),
    (K.RETURN, _("Đã hoàn trả")),
    (K.RECOVER, _("Đã thu hồi")),
    (K.CARRY_OVER, _("Đã chuyển nguồn sang năm sau")),
)
"""What papers tell of the money, in the order in which it went; what was taken back is off what was approved."""
MONEY_COLUMNS = (Column(_("Khoản"), 3.6), Column(_("Nguồn"), 3), AMOUNT)


def liquidation_document(asked: Printing) -> OfficialDocument:
    """Return the draft of the minutes by which the parties end the contract."""
    task, rules = asked.task, rules_of(asked)
    contract = numbered(task.contract_number, task.contracted_on)
    return draft(
        asked,
        kind=_("Biên bản"),
        symbol="BB",
        subject=_("Thanh lý Hợp đồng {contract}").format(contract=contract),
        day=task.liquidated_on or asked.today,
        legal_grounds=grounds(
            asked, rules, _("Căn cứ Hợp đồng {paper};").format(paper=contract), *_result_grounds(task)
        ),
        body=(
            *parties_in_brief(task),
            Heading(1, _("I. Hợp đồng")),
            fact(_("Nhiệm vụ", "one"), task.title, place=1),
            fact(_("Thời gian thực hiện"), f"{on_day(task.starts_on)} – {on_day(task.last_day)}", place=2),
            fact(_("Phụ lục hợp đồng"), listed_annexes(annexes_of(task)), place=3),
            Heading(1, _("II. Kết quả thực hiện")),
            *_outcome(task),
            delivered_table(tuple(task.products.all())),
            Heading(1, _("III. Kinh phí")),
            *_money(task),
            Heading(1, _("IV. Kết luận")),
            Paragraph.of(
                _(
                    "Hai bên thống nhất thanh lý Hợp đồng {contract}. Nghĩa vụ còn lại của mỗi bên: {left}. Biên bản "
                    "lập thành {copies} bản có giá trị như nhau."
                ).format(contract=contract, left=GAP, copies=GAP)
            ),
        ),
        **signers(task),
        notes=[*recorded_as(task.liquidation_number, task.liquidated_on), *doubts(rules)],
    )


def money_table(task: ResearchTask) -> Table:
    """Return where the money went: what each kind of movement moved in all and of each source; reversals taken off."""
    moved = moved_by_kind(task.movements.all())
    return Table(columns=MONEY_COLUMNS, rows=tuple(_money_rows(moved)))


def _money_rows(moved: Moved) -> Iterator[Row]:
    for kind, label in MONEY:
        yield Row.of(label, _("Tổng"), formats.number(_whole(moved, kind)), emphasised=True)
        for source in FundingSource:
            if money := _of(moved, source, kind):
                yield Row.of("", source.label, formats.number(money))


def _of(moved: Moved, source: FundingSource, kind: MovementKind) -> int:
    taken = moved.get((source, K.REDUCE), 0) if kind is K.APPROVE else 0
    return moved.get((source, kind), 0) - taken


def _whole(moved: Moved, kind: MovementKind) -> int:
    return sum(_of(moved, source, kind) for source in FundingSource)


def _money(task: ResearchTask) -> Iterator[Block]:
    moved = moved_by_kind(task.movements.all())
    yield money_table(task)
    for place, (kind, label) in enumerate(MONEY, start=1):
        yield fact(label, dong(_whole(moved, kind)), place=place)
    yield fact(_("Quyết toán ngày"), on_day(task.settled_on), place=len(MONEY) + 1)


def _result_grounds(task: ResearchTask) -> Iterator[str]:
    if task.registered_on is not None:
        words = _("Căn cứ Giấy chứng nhận đăng ký kết quả {paper};")
        yield words.format(paper=numbered(task.certificate_number, task.registered_on))
    if task.termination_cause:
        words = _("Căn cứ Quyết định {paper} chấm dứt thực hiện nhiệm vụ;")
        yield words.format(paper=numbered(task.stop_number, task.stopped_on))


def _outcome(task: ResearchTask) -> Iterator[Block]:
    if task.termination_cause:
        yield fact(_("Nguyên nhân chấm dứt"), task.get_termination_cause_display(), place=1)
        return
    yield fact(_("Xếp loại nghiệm thu"), task.get_rating_display(), place=1)
    yield fact(_("Hội đồng nghiệm thu ngày"), on_day(task.accepted_on), place=2)
