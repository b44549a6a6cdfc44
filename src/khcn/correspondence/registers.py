"""The register of papers as lists, record pages, imports and exports show it."""

from __future__ import annotations

from typing import Any

from khcn.correspondence.importing import import_paper
from khcn.correspondence.models import Paper
from khcn.correspondence.permissions import may_create
from khcn.correspondence.presenting import paper_page
from khcn.correspondence.rules import REGISTER_WITHIN
from khcn.correspondence.states import SHOWN_TO_ADDRESSEES, Direction, PaperState, Urgency
from khcn.correspondence.steps import add_paper_steps
from khcn.correspondence.workflow import PAPER_WORKFLOW
from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.selectors import DOCUMENT_KIND
from khcn.kernel.records.registry import Column, RecordFilter, Register, add_register
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.kernel.search.visibility import add_visibility
from khcn.kernel.workflow.table import add_workflow
from khcn.language.words import words as _
from khcn.parties.models import Organisation, organisation_ids_of


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _kinds(_user: Any) -> list[tuple[str, str]]:
    used = Classification.objects.of(DOCUMENT_KIND).order_by("name", "code")
    return [(str(row.pk), row.name) for row in used]


def _issuers(user: Any) -> list[tuple[str, str]]:
    issued = Paper.objects.visible_to(user).exclude(issuer=None)
    rows = Organisation.objects.visible_to(user).filter(pk__in=issued.order_by().values("issuer_id"))
    return [(str(key), title) for key, title in rows.order_by("title").values_list("pk", "title")]


def _years(user: Any) -> list[tuple[str, str]]:
    rows = Paper.objects.visible_to(user).exclude(issued_on=None).dates("issued_on", "year", order="DESC")
    return [(str(day.year), str(day.year)) for day in rows]


PAPERS = Register(
    model=Paper,
    label=_("Văn bản đi, đến"),
    label_one=_("Văn bản", "one"),
    group=_("Văn thư", "menu"),
    description=_("Văn bản đến và đi: số, ngày như đã ban hành, bút phê, việc phải làm, bản đã ký."),
    date_field="issued_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column(
            "number",
            _("Số, ký hiệu"),
            importable=True,
            key=True,
            also=("Số văn bản", "Số VB", "Số KH", "Số hiệu", "Số và ký hiệu", "Ký hiệu"),
        ),
        Column(
            "issued_on",
            _("Ngày văn bản"),
            importable=True,
            key=True,
            also=("Ngày tháng", "Ngày ban hành", "Ngày ký", "Ngày VB"),
        ),
        Column(
            "title",
            _("Trích yếu"),
            importable=True,
            required=True,
            also=(
                "Trích yếu nội dung",
                "Nội dung",
                "Nội dung trích yếu",
                "V/v",
                "Tên văn bản",
                "Tên loại và trích yếu nội dung",
            ),
        ),
        Column("kind_text", _("Loại văn bản"), importable=True, also=("Loại VB", "Hình thức văn bản")),
        Column(
            "issuer_text",
            _("Cơ quan ban hành"),
            importable=True,
            also=("Nơi gửi", "Tác giả", "Cơ quan gửi", "Đơn vị ban hành", "CQ ban hành"),
        ),
        Column("direction", _("Chiều"), importable=True),
        Column("state", _("Trạng thái"), importable=True),
        Column("due_on", _("Hạn xử lý")),
        Column("received_on", _("Ngày đến"), wide=False, importable=True, also=("Ngày nhận",)),
        Column(
            "registered_on", _("Ngày vào sổ"), wide=False, importable=True, also=("Ngày đăng ký", "Ngày vào sổ đến")
        ),
        Column("sent_on", _("Ngày phát hành"), wide=False, importable=True, also=("Ngày gửi", "Ngày đi")),
        Column("urgency", _("Độ khẩn"), wide=False, importable=True, also=("Mức độ khẩn", "Khẩn")),
        Column("signer_role", _("Chức vụ người ký"), wide=False, importable=True, also=("Chức vụ",)),
        Column("signer_text", _("Người ký"), wide=False),
        Column("pages", _("Số trang"), wide=False, importable=True, numeric=True, also=("Số tờ",)),
        Column("addressees_text", _("Nơi nhận"), wide=False),
        Column("source_note", _("Nguồn"), wide=False, importable=True),
    ),
    filters=(
        RecordFilter("chieu", _("Chiều"), lambda _user: Direction.choices, _by("direction")),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: PaperState.choices, _by("state")),
        RecordFilter("loai", _("Loại"), _kinds, _by("kind")),
        RecordFilter("nam", _("Năm"), _years, _by("issued_on__year")),
        RecordFilter("co-quan", _("Cơ quan ban hành"), _issuers, _by("issuer")),
        RecordFilter("khan", _("Độ khẩn"), lambda _user: Urgency.choices, _by("urgency")),
    ),
    workflow=PAPER_WORKFLOW,
    facts=(
        (_("Văn bản"), ("direction", "number", "issued_on", "kind", "issuer_text", "signer_text", "urgency", "pages")),
        (
            _("Chuyển giao"),
            ("received_on", "registered_on", "sent_on", "addressees_text", "reply_to", "number_given_by"),
        ),
    ),
    parts=("addressees",),
    related=("kind", "issuer", "office", "addressees__organisation"),
    may_create=may_create,
    search_text=lambda row: f"{row.number} {row.issuer_text} {row.instruction} {row.signer_text} {row.addressees_text}",
    create_url="paper-create",
    import_row=import_paper,
    known_to=_("cơ quan được giao: cả văn bản đã gửi cho mình"),
    page_template="correspondence/_paper_page.html",
    page_context=paper_page,
)


def _tokens(row: Paper) -> list[str]:
    if row.is_incoming or row.state not in SHOWN_TO_ADDRESSEES:
        return []
    return [f"agency:{one.organisation_id}" for one in row.addressees.all() if one.organisation_id]


add_register(PAPERS)
add_workflow(PAPER_WORKFLOW)
add_paper_steps()
add_visibility(
    Paper.REGISTER, of_record=_tokens, of_user=lambda user: [f"agency:{number}" for number in organisation_ids_of(user)]
)
declare_use(REGISTER_WITHIN, _("Văn bản đến: hạn đăng ký, đánh dấu văn bản đăng ký muộn"))
name_group("correspondence", _("Văn bản đi, đến"))
