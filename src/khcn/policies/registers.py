"""The registers of policies as lists, record pages, imports and exports show them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from khcn.kernel.records.registry import Column, RecordFilter, Register, add_register
from khcn.kernel.rulebook.shipped import add_rule_file
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.kernel.workflow.table import add_workflow
from khcn.language.words import words as _
from khcn.policies.models import LegalDocument, Programme, WorkPlanItem
from khcn.policies.permissions import may_advance, may_draft
from khcn.policies.presenting import programme_page
from khcn.policies.states import LegalDocumentKind, LegalDocumentState, ProgrammeKind, ProgrammeState, WorkPlanState
from khcn.policies.target_registers import TARGET_REPORTS, TARGETS
from khcn.policies.workflow import LEGAL_DOCUMENT_WORKFLOW, PROGRAMME_WORKFLOW, WORK_PLAN_WORKFLOW

GROUP = _("Văn bản, chương trình, kế hoạch")
YEARS = [(str(year), str(year)) for year in range(2030, 2009, -1)]


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _years(_user: Any) -> list[tuple[str, str]]:
    return YEARS


LEGAL_DOCUMENTS = Register(
    model=LegalDocument,
    label=_("Văn bản quy phạm pháp luật"),
    label_one=_("Văn bản quy phạm pháp luật", "one"),
    group=GROUP,
    description=_(
        "Nghị quyết, quyết định của tỉnh về khoa học và công nghệ, từ đề nghị xây dựng đến khi hết hiệu lực."
    ),
    date_field="issued_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Trích yếu"), importable=True, required=True),
        Column("kind", _("Loại văn bản"), importable=True, required=True),
        Column("number", _("Số, ký hiệu"), importable=True, key=True),
        Column("issued_on", _("Ngày ban hành"), importable=True),
        Column("state", _("Trạng thái"), importable=True),
        Column("effective_on", _("Ngày có hiệu lực"), wide=False, importable=True),
        Column("expired_on", _("Hết hiệu lực từ"), wide=False, importable=True),
        Column("issuer", _("Cơ quan ban hành"), wide=False, importable=True),
        Column("advised_by_department", _("Sở tham mưu"), wide=False, importable=True),
        Column("source_note", _("Nguồn"), wide=False, importable=True),
    ),
    filters=(
        RecordFilter("loai", _("Loại"), lambda _user: LegalDocumentKind.choices, _by("kind")),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: LegalDocumentState.choices, _by("state")),
        RecordFilter("nam", _("Năm ban hành"), _years, _by("issued_on__year")),
    ),
    workflow=LEGAL_DOCUMENT_WORKFLOW,
    facts=(
        (_("Văn bản"), ("kind", "number", "issued_on", "effective_on", "expired_on", "issuer", "successor")),
        (
            _("Quá trình"),
            ("advised_by_department", "consulted_from", "appraised_on", "appraisal_number", "submitted_on"),
        ),
    ),
    related=("issuer", "successor"),
    create_url="legal-document-new",
    may_create=may_draft,
    editable=(
        "title",
        "kind",
        "number",
        "issued_on",
        "effective_on",
        "issuer",
        "advised_by_department",
        "source_note",
    ),
    may_edit=may_advance,
    search_text=lambda row: f"{row.number} {row.source_note}",
)
PROGRAMMES = Register(
    model=Programme,
    label=_("Chương trình, kế hoạch, đề án"),
    label_one=_("Chương trình, kế hoạch, đề án", "one"),
    group=GROUP,
    description=_("Chương trình, kế hoạch, đề án, dự án về khoa học và công nghệ: chỉ tiêu, việc giao, kết quả."),
    date_field="issued_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Tên"), importable=True, required=True),
        Column("kind", _("Loại"), importable=True, required=True),
        Column("number", _("Số, ký hiệu"), importable=True, key=True),
        Column("issued_on", _("Ngày ban hành"), importable=True),
        Column("years_text", _("Giai đoạn")),
        Column("state", _("Trạng thái"), importable=True),
        Column("first_year", _("Từ năm"), wide=False, importable=True),
        Column("last_year", _("Đến năm"), wide=False, importable=True),
        Column("issuer", _("Cơ quan ban hành"), wide=False, importable=True),
        Column("effective_on", _("Ngày có hiệu lực"), wide=False, importable=True),
        Column("advised_by_department", _("Sở tham mưu"), wide=False, importable=True),
        Column("source_note", _("Nguồn"), wide=False, importable=True),
    ),
    filters=(
        RecordFilter("loai", _("Loại"), lambda _user: ProgrammeKind.choices, _by("kind")),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: ProgrammeState.choices, _by("state")),
        RecordFilter("nam", _("Năm ban hành"), _years, _by("issued_on__year")),
    ),
    workflow=PROGRAMME_WORKFLOW,
    facts=(
        (_("Văn bản"), ("kind", "number", "issued_on", "effective_on", "issuer", "parent", "years_text")),
        (_("Quá trình"), ("advised_by_department", "submitted_on", "concluded_on")),
    ),
    parts=("results",),
    related=("issuer", "parent"),
    create_url="programme-new",
    page_template="policies/_programme.html",
    page_context=programme_page,
    may_create=may_draft,
    editable=(
        "title",
        "kind",
        "number",
        "issued_on",
        "effective_on",
        "issuer",
        "first_year",
        "last_year",
        "advised_by_department",
        "source_note",
    ),
    may_edit=may_advance,
    search_text=lambda row: f"{row.number} {row.source_note}",
)
WORK_PLAN = Register(
    model=WorkPlanItem,
    label=_("Kế hoạch công tác"),
    label_one=_("Việc trong kế hoạch công tác", "one"),
    group=GROUP,
    description=_("Việc của kỳ tới: nội dung, sản phẩm, phòng chủ trì, hạn, từ kết luận hay chương trình nào."),
    date_field="due_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Nội dung"), importable=True, required=True, key=True),
        Column("period_text", _("Kỳ")),
        Column("year", _("Năm"), wide=False, importable=True, required=True, key=True),
        Column("quarter", _("Quý"), wide=False, importable=True, key=True),
        Column("division", _("Phòng chủ trì"), importable=True),
        Column("due_on", _("Hạn"), importable=True),
        Column("product", _("Sản phẩm"), importable=True),
        Column("state", _("Trạng thái"), importable=True),
        Column("origin_text", _("Từ kết luận, chương trình"), wide=False, importable=True),
    ),
    filters=(
        RecordFilter("nam", _("Năm"), _years, _by("year")),
        RecordFilter(
            "quy", _("Quý"), lambda _user: [(str(n), _("Quý {n}").format(n=n)) for n in (1, 2, 3, 4)], _by("quarter")
        ),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: WorkPlanState.choices, _by("state")),
    ),
    workflow=WORK_PLAN_WORKFLOW,
    facts=((_("Kế hoạch"), ("period_text", "product", "due_on", "done_on", "origin_text")),),
    related=("division",),
    create_url="work-plan-item-new",
    may_create=may_draft,
    search_text=lambda row: f"{row.product} {row.origin_text} {row.source_note}",
)

for _register in (LEGAL_DOCUMENTS, PROGRAMMES, WORK_PLAN, TARGETS, TARGET_REPORTS):
    add_register(_register)
    add_workflow(_register.workflow)
add_rule_file(Path(__file__).with_name("rules.csv"))
name_group("policies", _("Văn bản, chương trình"))
declare_use("policies.target_report", _("Chỉ tiêu của chương trình: hạn báo cáo giá trị sau ngày chốt số liệu"))
declare_use("policies.target_path", _("Chỉ tiêu của chương trình: khi nào gọi là đúng tiến độ, chậm"))
