"""The contract of a task with its annexes on products, schedule and money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khcn.kernel.documents.model import (
    Align,
    Appendix,
    Block,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
)
from khcn.kernel.rulebook.models import Rule
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.research.models import Milestone, ResearchTask, Tranche
from khcn.research.papers.approving import leader_name, party_name, recorded_as, time_words
from khcn.research.papers.reading import Agreement, Annex, Printing, first_agreement, rules_of
from khcn.research.papers.wording import (
    AMOUNT,
    GAP,
    NUMBER,
    dong,
    doubts,
    draft,
    estimate_blocks,
    fact,
    gap_row,
    grounds,
    known,
    numbered,
    product_table,
    rule_words,
)
from khcn.research.services.money import ADVANCE_RULE
from khcn.research.services.selecting import LUMP_RULE
from khcn.ui import formats

REPORTS, FINAL_FILE = "research.limit.report", "research.limit.final-file"
MILESTONE_COLUMNS = (NUMBER, Column(_("Nội dung"), 5), Column(_("Hoàn thành trước ngày"), 2, Align.CENTER))
TRANCHE_COLUMNS = (
    NUMBER,
    Column(_("Dự kiến ngày"), 1.5, Align.CENTER),
    Column(_("Nguồn"), 2.4),
    AMOUNT,
    Column(_("Điều kiện cấp"), 3),
)


def contract_document(asked: Printing) -> OfficialDocument:
    """Return the draft of the contract, as it stood before any agreed change."""
    task, terms = asked.task, first_agreement(asked.task)
    rules = rules_of(asked, LUMP_RULE, ADVANCE_RULE, REPORTS, FINAL_FILE)
    approval = _("Căn cứ Quyết định {paper} phê duyệt nhiệm vụ;")
    return draft(
        asked,
        kind=_("Hợp đồng"),
        symbol="HĐ",
        subject=_("Thực hiện nhiệm vụ khoa học và công nghệ «{title}»").format(title=terms.task.title),
        day=task.contracted_on or asked.today,
        legal_grounds=grounds(asked, rules, approval.format(paper=numbered(task.approval_number, task.approved_on))),
        body=(*parties(terms.task), *_articles(terms, rules)),
        appendices=(
            Appendix(_("Phụ lục 1"), _("Sản phẩm phải giao nộp"), (product_table(terms.products),)),
            Appendix(_("Phụ lục 2"), _("Tiến độ thực hiện"), (milestone_table(terms.milestones),)),
            Appendix(_("Phụ lục 3"), _("Dự toán và các đợt cấp kinh phí"), tuple(_money(terms))),
        ),
        **signers(terms.task),
        notes=[*recorded_as(task.contract_number, task.contracted_on), *doubts(rules)],
    )


def parties(task: ResearchTask) -> Iterator[Block]:
    """Yield who agrees: the department and the host, each with what must be known of a party."""
    host = task.host if task.host is not None and not task.host.is_kept_back else None
    yield Heading(1, _("Bên A (bên giao nhiệm vụ): {name}").format(name=task.office.name))
    yield from (fact(label, "") for label in (_("Địa chỉ"), _("Tài khoản"), _("Đại diện, chức vụ")))
    yield Heading(1, _("Bên B (tổ chức chủ trì): {name}").format(name=party_name(task)))
    yield fact(_("Địa chỉ"), host.address if host else "")
    yield fact(_("Mã số thuế"), host.tax_code if host else "")
    yield fact(_("Thư điện tử"), host.email if host else "")
    yield from (fact(label, "") for label in (_("Tài khoản"), _("Đại diện, chức vụ")))
    yield fact(_("Chủ nhiệm"), leader_name(task))


def parties_in_brief(task: ResearchTask) -> Iterator[Block]:
    """Yield who agrees, in a paper that goes with a contract in which the parties stand in full."""
    yield Heading(1, _("Bên A (bên giao nhiệm vụ): {name}").format(name=task.office.name))
    yield fact(_("Đại diện, chức vụ"), "")
    yield Heading(1, _("Bên B (tổ chức chủ trì): {name}").format(name=party_name(task)))
    yield fact(_("Đại diện, chức vụ"), "")
    yield fact(_("Chủ nhiệm"), leader_name(task))


def signers(task: ResearchTask) -> dict[str, object]:
    """Return who signs between the parties: the department, the leader of the task, the host."""
    leader = task.leader.listed_name if task.leader is not None else ""
    return {
        "cosigners": (
            Signature(position=GAP, authority=_("Đại diện bên A")),
            Signature(position=_("Chủ nhiệm"), name=leader),
        ),
        "signature": Signature(position=GAP, authority=_("Đại diện bên B")),
    }


def milestone_table(milestones: Sequence[Milestone]) -> Table:
    """Return the schedule; a row of gaps where nothing was entered."""
    rows = [Row.of(str(place), one.title, formats.day(one.due_on)) for place, one in enumerate(milestones, start=1)]
    return Table(columns=MILESTONE_COLUMNS, rows=tuple(rows) or (gap_row(MILESTONE_COLUMNS),))


def tranche_table(tranches: Sequence[Tranche]) -> Table:
    """Return the payments as planned, with their sum; a row of gaps where nothing was entered."""
    rows = [
        Row.of(
            str(place),
            formats.day(one.planned_on),
            one.get_source_display(),
            formats.number(one.amount_vnd),
            known(one.condition),
        )
        for place, one in enumerate(tranches, start=1)
    ]
    whole = formats.number(sum(one.amount_vnd for one in tranches))
    total = Row.of("", _("Tổng"), "", whole, "", emphasised=True)
    return Table(columns=TRANCHE_COLUMNS, rows=(*rows, total) if rows else (gap_row(TRANCHE_COLUMNS),))


def listed_annexes(annexes: Sequence[Annex]) -> str:
    """Return annexes in order, each by its number and by the paper that decided it."""
    words = _("số {number:02d} (văn bản {paper})")
    told = [
        words.format(number=one.number, paper=numbered(one.change.number, one.change.decided_on)) for one in annexes
    ]
    return joined("; ", told) if told else _("không có")


def _articles(terms: Agreement, rules: Sequence[Rule]) -> Iterator[Block]:
    task, lines = terms.task, terms.lines
    whole = dong(sum(one.amount_vnd for one in lines)) if lines else GAP
    yield Heading(1, _("Điều 1. Nội dung và sản phẩm"))
    yield fact(_("Mục tiêu"), task.objectives, place=1)
    yield fact(_("Nội dung chính"), task.content, place=2)
    yield Paragraph.of(f"3. {_('Bên B giao nộp sản phẩm đủ số lượng, chất lượng ghi tại Phụ lục 1.')}")
    yield Heading(1, _("Điều 2. Thời gian và tiến độ"))
    yield fact(_("Thời gian thực hiện"), time_words(task), place=1)
    yield Paragraph.of(f"2. {_('Tiến độ thực hiện ghi tại Phụ lục 2.')}")
    yield Heading(1, _("Điều 3. Kinh phí"))
    yield fact(_("Tổng kinh phí"), whole, place=1)
    yield fact(_("Phương thức khoán"), task.get_lump_sum_display(), place=2)
    yield Paragraph.of(f"3. {_('Dự toán theo khoản chi, theo nguồn và các đợt cấp ghi tại Phụ lục 3.')}")
    yield Heading(1, _("Điều 4. Báo cáo, nghiệm thu"))
    yield from (fact(one.label, rule_words(one)) for one in rules if one.key.startswith((REPORTS, FINAL_FILE)))
    yield Heading(1, _("Điều 5. Quyền, trách nhiệm của các bên"))
    yield fact(_("Bên A"), "", place=1)
    yield fact(_("Bên B"), "", place=2)
    yield fact(_("Quyền đối với kết quả"), "", place=3)
    yield fact(_("Xử lý vi phạm, giải quyết tranh chấp"), "", place=4)
    yield Heading(1, _("Điều 6. Hiệu lực"))
    yield Paragraph.of(
        _(
            "Hợp đồng có hiệu lực từ ngày {day}. Mọi điều chỉnh lập thành phụ lục hợp đồng, đánh số theo thứ tự. Các "
            "phụ lục là bộ phận của hợp đồng. Hợp đồng lập thành {copies} bản có giá trị như nhau."
        ).format(day=GAP if task.contracted_on is None else formats.day(task.contracted_on), copies=GAP)
    )


def _money(terms: Agreement) -> Iterator[Block]:
    yield Heading(1, _("I. Dự toán"))
    yield from estimate_blocks(terms.lines)
    yield Heading(1, _("II. Các đợt cấp kinh phí"))
    yield tranche_table(terms.tranches)
