"""The annex to the contract for one agreed change: what was, what becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from khcn.kernel.documents.model import Column, Heading, OfficialDocument, Paragraph, Row, Table
from khcn.kernel.exchange.values import short_decimal
from khcn.language.words import words as _
from khcn.research.models import Milestone, ResearchTask, TaskMember, TaskPartner, TaskProduct, Tranche
from khcn.research.papers.approving import leader_name, party_name
from khcn.research.papers.contracting import listed_annexes, parties_in_brief, signers
from khcn.research.papers.reading import Agreement, Annex, Printing, agreement_of, annexes_of, rules_of
from khcn.research.papers.wording import GAP, NUMBER, amount, both, doubts, draft, fact, grounds, numbered, on_day
from khcn.ui import formats

CHANGE_COLUMNS = (
    NUMBER,
    Column(_("Nội dung"), 2.4),
    Column(_("Theo hợp đồng, phụ lục trước"), 3.6),
    Column(_("Nay điều chỉnh thành"), 3.6),
)
NONE = _("không có")


def annex_document(asked: Printing, annex: Annex) -> OfficialDocument:
    """Return the draft of the annex: what the register knew before the decision beside what it says after it."""
    task, change, rules = asked.task, annex.change, rules_of(asked)
    earlier = listed_annexes([one for one in annexes_of(task) if one.number < annex.number])
    before, after = agreement_of(task, annex.before), agreement_of(task, annex.until)
    rows = [Row.of(str(place), *one) for place, one in enumerate(differences(before, after), start=1)]
    contract = numbered(task.contract_number, task.contracted_on)
    return draft(
        asked,
        kind=_("Phụ lục hợp đồng"),
        symbol="PLHĐ",
        subject=_("Số {number:02d}, kèm Hợp đồng {contract}").format(number=annex.number, contract=contract),
        day=change.decided_on or asked.today,
        legal_grounds=grounds(
            asked,
            rules,
            _("Căn cứ Hợp đồng {paper} thực hiện nhiệm vụ «{title}»;").format(paper=contract, title=task.title),
            _("Căn cứ văn bản {paper} về việc điều chỉnh nhiệm vụ;").format(
                paper=numbered(change.number, change.decided_on)
            ),
        ),
        body=(
            *parties_in_brief(after.task),
            Heading(1, _("Điều 1. Nội dung điều chỉnh")),
            fact(_("Điều chỉnh"), change.get_kind_display(), place=1),
            fact(_("Lý do"), change.reason, place=2),
            fact(_("Phụ lục đã ký trước"), earlier, place=3),
            Table(columns=CHANGE_COLUMNS, rows=tuple(rows) or (Row.of("1", GAP, GAP, GAP),)),
            Heading(1, _("Điều 2. Hiệu lực")),
            Paragraph.of(
                _(
                    "Phụ lục là bộ phận của Hợp đồng {contract}, có hiệu lực từ ngày {day}. Các nội dung khác của hợp "
                    "đồng giữ nguyên. Phụ lục lập thành {copies} bản có giá trị như nhau."
                ).format(contract=contract, day=GAP, copies=GAP)
            ),
        ),
        **signers(after.task),
        notes=[_HOW, *doubts(rules)],
    )


_HOW = _(
    "Cột «Nay điều chỉnh thành» lấy từ những gì sổ ghi từ lúc ghi quyết định này đến quyết định điều chỉnh sau: "
    "gạch bỏ dòng không thuộc quyết định."
)


def differences(before: Agreement, after: Agreement) -> Iterator[tuple[str, str, str]]:
    """Yield what of the agreement differs: what it is, how it was, how it is now."""
    for label, told in FACTS:
        was, now = told(before.task), told(after.task)
        if was != now:
            yield label, was or NONE, now or NONE
    for label, name, told_part in PARTS:
        was_parts = {one.pk: told_part(one) for one in getattr(before, name)}
        now_parts = {one.pk: told_part(one) for one in getattr(after, name)}
        for number in sorted({*was_parts, *now_parts}):
            was, now = was_parts.get(number, NONE), now_parts.get(number, NONE)
            if was != now:
                yield label, was, now


def _product(one: TaskProduct) -> str:
    ordered = both(" ", amount(one.ordered), one.unit)
    return both("; ", f"{one.name}: {ordered}", one.quality)


def _milestone(one: Milestone) -> str:
    return _("{title}: trước ngày {day}").format(title=one.title, day=formats.day(one.due_on))


def _tranche(one: Tranche) -> str:
    money = formats.money(one.amount_vnd)
    words = _("{money} từ {source}, dự kiến ngày {day}").format(
        money=money, source=one.get_source_display(), day=formats.day(one.planned_on)
    )
    return both("; ", words, one.condition)


def _member(one: TaskMember) -> str:
    share = formats.percent(short_decimal(one.share_percent)) if one.share_percent is not None else ""
    return both(", ", one.person.listed_name or GAP, one.get_role_display().lower(), share)


def _partner(one: TaskPartner) -> str:
    return both(": ", one.organisation.listed_name or GAP, one.content)


FACTS: Sequence[tuple[str, Callable[[ResearchTask], str]]] = (
    (_("Tên nhiệm vụ"), lambda task: task.title),
    (_("Mục tiêu"), lambda task: task.objectives),
    (_("Nội dung chính"), lambda task: task.content),
    (_("Tổ chức chủ trì"), party_name),
    (_("Chủ nhiệm"), leader_name),
    (_("Ngày kết thúc"), lambda task: on_day(task.last_day)),
)
PARTS: Sequence[tuple[str, str, Callable[[Any], str]]] = (
    (_("Sản phẩm"), "products", _product),
    (_("Mốc tiến độ"), "milestones", _milestone),
    (_("Đợt cấp kinh phí"), "tranches", _tranche),
    (_("Thành viên thực hiện"), "members", _member),
    (_("Tổ chức phối hợp"), "partners", _partner),
)
