"""The sheets by which a task is told to the national database: while it runs, and when its result is registered.

Their fields are those of the national sheets as far as they are known (domain: TT 14/2014/TT-BKHCN, by memory).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from khcn.councils.states import Purpose
from khcn.kernel.documents.model import Column, OfficialDocument, Paragraph, Row, Signature, Table
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.parties.models import written_field
from khcn.research.models import ResearchTask, TaskMember, TaskProduct
from khcn.research.papers.approving import leader_name, party_name, time_words
from khcn.research.papers.reading import Printing, concluded_councils, rules_of
from khcn.research.papers.wording import GAP, NUMBER, amount, both, dong, doubts, draft, known, numbered, on_day
from khcn.research.selectors import money_by_source
from khcn.research.states import FundingSource, MemberRole, ProductKind
from khcn.ui import formats

SHEET_COLUMNS = (NUMBER, Column(_("Mục"), 3), Column(_("Thông tin"), 6.4))
DECLARING, REGISTERING = "research.limit.declare", "research.limit.register"
Lines = Iterable[tuple[str, Any]]


def ongoing_sheet(asked: Printing) -> OfficialDocument:
    """Return the sheet of a task that runs."""
    task = asked.task
    lines = (*_who(task), *_what(task), *_money(task))
    return _sheet(asked, _("Phiếu thông tin nhiệm vụ đang tiến hành"), lines, DECLARING)


def result_sheet(asked: Printing) -> OfficialDocument:
    """Return the sheet by which the result is registered."""
    lines = (*_who(asked.task), *_what(asked.task), *_money(asked.task), *_result(asked))
    return _sheet(asked, _("Phiếu đăng ký kết quả thực hiện nhiệm vụ"), lines, REGISTERING)


def _sheet(asked: Printing, kind: str, lines: Lines, rule: str) -> OfficialDocument:
    task, rules = asked.task, rules_of(asked, rule)
    rows = [Row.of(str(place), label, known(value)) for place, (label, value) in enumerate(lines, start=1)]
    host = party_name(task)
    return draft(
        asked,
        agency=host,
        parent_agency="",
        kind=kind,
        symbol="",
        subject=task.title,
        body=(
            Table(columns=SHEET_COLUMNS, rows=tuple(rows)),
            Paragraph.of(_("Phiếu lập từ hồ sơ {code} của sổ nhiệm vụ.").format(code=task.code)),
        ),
        signature=Signature(position=GAP, authority=_("Tổ chức chủ trì")),
        notes=[_FIELDS, *doubts(rules)],
    )


_FIELDS = _(
    "Các mục của phiếu theo TT 14/2014/TT-BKHCN, dẫn theo trí nhớ (chưa đối chiếu văn bản): so với mẫu hiện hành."
)


def _who(task: ResearchTask) -> Lines:
    members = tuple(task.members.select_related("person", "organisation"))
    partners = [one.organisation.listed_name or GAP for one in task.partners.select_related("organisation")]
    programme = task.programme.listed_name if task.programme is not None else ""
    return (
        (_("Mã số nhiệm vụ"), task.number),
        (_("Tên nhiệm vụ"), task.title),
        (_("Cấp quản lý"), task.get_level_display()),
        (_("Loại hình"), task.get_form_display()),
        (_("Thuộc chương trình"), programme),
        (_("Tổ chức chủ trì"), party_name(task)),
        (_("Chủ nhiệm"), leader_name(task)),
        (_("Giới tính của chủ nhiệm"), ""),
        (_("Thư ký khoa học"), _named(members, MemberRole.SECRETARY)),
        (_("Thành viên thực hiện"), _named(members, MemberRole.KEY, MemberRole.MEMBER)),
        (_("Tổ chức phối hợp"), joined("; ", partners)),
    )


def _what(task: ResearchTask) -> Lines:
    user = task.user_organisation.listed_name if task.user_organisation is not None else ""
    return (
        (_("Mục tiêu"), task.objectives),
        (_("Nội dung chính"), task.content),
        (_("Phương pháp nghiên cứu"), ""),
        (_("Lĩnh vực nghiên cứu"), written_field(task)),
        (_("Mục tiêu kinh tế - xã hội"), ""),
        (_("Sản phẩm dự kiến"), joined("; ", [_ordered(one) for one in task.products.all()]) or task.expected),
        (_("Nơi ứng dụng kết quả"), user or task.user_text),
        (_("Từ khóa"), task.keywords),
        (_("Thời gian thực hiện"), time_words(task)),
        (_("Gia hạn đến"), formats.day(task.extended_to) if task.extended_to else _("không gia hạn")),
        (_("Hợp đồng"), numbered(task.contract_number, task.contracted_on)),
    )


def _money(task: ResearchTask) -> Lines:
    lines = tuple(task.budget_lines.all())
    by_source = money_by_source(lines)
    yield _("Tổng kinh phí"), dong(sum(by_source.values())) if lines else ""
    for source in FundingSource:
        yield _("Kinh phí: {source}").format(source=source.label), formats.money(by_source.get(source, 0))


def _result(asked: Printing) -> Lines:
    task = asked.task
    council = next(iter(concluded_councils(asked, Purpose.ACCEPT)), None)
    products = tuple(task.products.all())
    return (
        (_("Quyết định thành lập hội đồng"), numbered(council.decision_number, council.decided_on) if council else ""),
        (_("Ngày và nơi họp hội đồng"), both(", ", on_day(council.meets_on), council.venue) if council else ""),
        (_("Xếp loại nghiệm thu"), task.get_rating_display()),
        (_("Báo cáo tổng hợp (tệp PDF, Unicode, không khóa)"), ""),
        (_("Tóm tắt kết quả"), ""),
        (_("Phụ lục số liệu, bản đồ, bản vẽ, phần mềm"), ""),
        (_("Mức độ sẵn sàng của công nghệ"), ""),
        (_("Đơn, văn bằng sở hữu trí tuệ"), _delivered(products, ProductKind.INTELLECTUAL_PROPERTY)),
        (_("Bài báo, sách"), _delivered(products, ProductKind.PUBLICATION)),
        (_("Đào tạo"), _delivered(products, ProductKind.TRAINING)),
        (_("Khả năng chuyển giao"), ""),
        (_("Nơi lưu giữ kết quả"), ""),
        (_("Giấy chứng nhận đăng ký kết quả"), numbered(task.certificate_number, task.registered_on)),
    )


def _named(members: Iterable[TaskMember], *roles: MemberRole) -> str:
    return joined("; ", [one.person.listed_name or GAP for one in members if one.role in roles])


def _ordered(one: TaskProduct) -> str:
    return f"{one.name} ({both(' ', amount(one.ordered), one.unit)})"


def _delivered(products: Iterable[TaskProduct], kind: ProductKind) -> str:
    return joined(
        "; ", [f"{one.name} ({both(' ', amount(one.delivered), one.unit)})" for one in products if one.kind == kind]
    )
