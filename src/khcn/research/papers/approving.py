"""The decision that approves a task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from khcn.councils.states import Purpose
from khcn.kernel.documents.model import Block, OfficialDocument, Paragraph, Signature
from khcn.language.words import words as _
from khcn.research.models import ResearchTask
from khcn.research.papers.reading import Agreement, Printing, concluded_councils, first_agreement, rules_of
from khcn.research.papers.wording import (
    GAP,
    article,
    both,
    doubts,
    draft,
    estimate_blocks,
    fact,
    grounds,
    known,
    numbered,
    on_day,
    product_table,
)
from khcn.research.selectors import FORMS
from khcn.research.services.selecting import LUMP_RULE
from khcn.ui import formats


def approval_document(asked: Printing) -> OfficialDocument:
    """Return the draft of the decision that approves the task, as it stood before any agreed change."""
    task, terms, rules = asked.task, first_agreement(asked.task), rules_of(asked, LUMP_RULE, FORMS)
    host = party_name(terms.task)
    return draft(
        asked,
        kind=_("Quyết định"),
        symbol="QĐ",
        subject=_("Phê duyệt nhiệm vụ khoa học và công nghệ «{title}»").format(title=terms.task.title),
        day=task.approved_on or asked.today,
        legal_grounds=grounds(asked, rules, *_papers_before(asked), _("Xét đề nghị của {who}.").format(who=GAP)),
        body=(
            article(_("Điều 1. Phê duyệt nhiệm vụ với các nội dung chính sau:")),
            *_content(terms),
            article(
                _(
                    "Điều 2. {host} và chủ nhiệm nhiệm vụ tổ chức thực hiện theo nội dung được phê duyệt và hợp đồng. "
                    "{office} ký hợp đồng, cấp kinh phí, theo dõi, kiểm tra việc thực hiện."
                ).format(host=host, office=task.office.name)
            ),
            last_article(task, host),
        ),
        **decision_foot(),
        notes=[*recorded_as(task.approval_number, task.approved_on), *doubts(rules)],
    )


def last_article(task: ResearchTask, host: str) -> Paragraph:
    """Return the third and last article of a decision about a task: since when it has effect, who carries it out."""
    return article(
        _(
            "Điều 3. Quyết định có hiệu lực kể từ ngày ký. {office}, {host}, chủ nhiệm nhiệm vụ và các đơn vị "
            "có liên quan chịu trách nhiệm thi hành Quyết định này."
        ).format(office=task.office.name, host=host)
    )


def decision_foot() -> dict[str, Any]:
    """Return to whom a decision goes and who signs it: nobody knows before it is submitted."""
    recipients = (_("Như Điều 3"), _("Lưu: VT, {unit}").format(unit=GAP))
    return {"recipients": recipients, "signature": Signature(position=GAP)}


def party_name(task: ResearchTask) -> str:
    """Return the organisation that hosts the task, a gap to readers who may not know of it."""
    return known(task.host.listed_name if task.host is not None else "")


def leader_name(task: ResearchTask) -> str:
    """Return who leads the task with their degree, a gap to readers who may not know of them."""
    leader = task.leader
    name = leader.listed_name if leader is not None else ""
    return known(both(" ", leader.degree, name) if leader is not None and name else "")


def time_words(task: ResearchTask) -> str:
    """Return for how long, from when to when, as the contract has it."""
    months = formats.number(task.months) if task.months else GAP
    return _("{months} tháng, từ {first} đến {last}").format(
        months=months, first=on_day(task.starts_on), last=on_day(task.ends_on)
    )


def recorded_as(number: str, day: Any) -> list[str]:
    """Return the note that the register already has the paper as signed; none where it has not."""
    if not number:
        return []
    return [_("Sổ đã ghi văn bản này: {paper}.").format(paper=numbered(number, day))]


def _papers_before(asked: Printing) -> Iterator[str]:
    task = asked.task
    if task.list_number:
        words = _("Căn cứ Quyết định {paper} phê duyệt danh mục nhiệm vụ;")
        yield words.format(paper=numbered(task.list_number, task.listed_on))
    for purpose in (Purpose.SELECT, Purpose.BUDGET):
        for council in concluded_councils(asked, purpose)[:1]:
            words = _("Căn cứ biên bản họp {title} ngày {day};")
            yield words.format(title=council.title, day=on_day(council.meets_on))


def _content(terms: Agreement) -> Iterator[Block]:
    task = terms.task
    facts = (
        (_("Tên nhiệm vụ"), task.title),
        (_("Mã số nhiệm vụ"), task.number),
        (_("Loại hình, cấp quản lý"), both(", ", task.get_form_display(), task.get_level_display())),
        (_("Phương thức"), task.get_mode_display()),
        (_("Luật áp dụng"), task.get_regime_display()),
        (_("Mục tiêu"), task.objectives),
        (_("Nội dung chính"), task.content),
        (_("Tổ chức chủ trì"), party_name(task)),
        (_("Chủ nhiệm"), leader_name(task)),
        (_("Thời gian thực hiện"), time_words(task)),
        (_("Phương thức khoán"), task.get_lump_sum_display()),
    )
    for place, (label, value) in enumerate(facts, start=1):
        yield fact(label, value, place=place)
    yield Paragraph.of(f"{len(facts) + 1}. ", _("Sản phẩm phải giao nộp:"))
    yield product_table(terms.products)
    yield Paragraph.of(f"{len(facts) + 2}. ", _("Kinh phí:"))
    yield from estimate_blocks(terms.lines)
