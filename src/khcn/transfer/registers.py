"""The register of appraisals as lists, record pages, imports and exports show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from khcn.kernel.records.registry import Column, RecordFilter, Register, add_register
from khcn.kernel.rulebook.shipped import add_rule_file
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.kernel.workflow.table import add_workflow
from khcn.language.words import words as _
from khcn.transfer.models import TechnologyAppraisal
from khcn.transfer.permissions import may_appraise, may_receive
from khcn.transfer.services import LIMIT_RULE
from khcn.transfer.states import AppraisalKind, AppraisalState, Opinion
from khcn.transfer.workflow import APPRAISAL_WORKFLOW


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


APPRAISALS = Register(
    model=TechnologyAppraisal,
    label=_("Thẩm định, ý kiến về công nghệ"),
    label_one=_("Hồ sơ thẩm định, ý kiến về công nghệ", "one"),
    group=_("Công nghệ và thị trường công nghệ"),
    description=_("Thẩm định công nghệ và tham gia ý kiến về công nghệ, chuyển giao, thiết bị của dự án đầu tư."),
    date_field="answered_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Dự án đầu tư"), importable=True, required=True, also=("Tên dự án", "Dự án")),
        Column("kind", _("Loại ý kiến"), importable=True, required=True),
        Column("investor", _("Chủ đầu tư"), importable=True, also=("Nhà đầu tư", "Đơn vị chủ đầu tư")),
        Column("received_on", _("Ngày nhận"), importable=True, required=True, also=("Ngày đến", "Ngày tiếp nhận")),
        Column("answered_on", _("Ngày trả lời"), importable=True, also=("Ngày ban hành", "Ngày văn bản trả lời")),
        Column(
            "answer_number",
            _("Số văn bản trả lời"),
            importable=True,
            key=True,
            also=("Số trả lời", "Văn bản trả lời", "Số VB trả lời"),
        ),
        Column("opinion", _("Ý kiến"), importable=True),
        Column("state", _("Trạng thái"), importable=True),
        Column(
            "asking_agency",
            _("Cơ quan hỏi ý kiến"),
            wide=False,
            importable=True,
            also=("Cơ quan đề nghị", "Cơ quan gửi", "Nơi gửi"),
        ),
        Column(
            "request_number",
            _("Số văn bản đề nghị"),
            wide=False,
            importable=True,
            also=("Số VB đề nghị", "Văn bản đề nghị"),
        ),
        Column("request_on", _("Ngày văn bản đề nghị"), wide=False, importable=True),
        Column(
            "technology", _("Công nghệ, thiết bị"), wide=False, importable=True, also=("Công nghệ", "Tên công nghệ")
        ),
        Column("council_held", _("Có họp hội đồng tư vấn"), wide=False, importable=True),
        Column("council_on", _("Hội đồng họp ngày"), wide=False, importable=True),
        Column("opinion_text", _("Nội dung ý kiến"), wide=False, importable=True),
        Column("source_note", _("Nguồn"), wide=False, importable=True),
    ),
    filters=(
        RecordFilter("loai", _("Loại"), lambda _user: AppraisalKind.choices, _by("kind")),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: AppraisalState.choices, _by("state")),
        RecordFilter("y-kien", _("Ý kiến"), lambda _user: Opinion.choices, _by("opinion")),
        RecordFilter(
            "nam",
            _("Năm trả lời"),
            lambda _user: [(str(year), str(year)) for year in range(2026, 2009, -1)],
            _by("answered_on__year"),
        ),
    ),
    workflow=APPRAISAL_WORKFLOW,
    facts=(
        (_("Dự án"), ("kind", "investor", "technology", "first_request")),
        (_("Đề nghị"), ("asking_agency", "request_number", "request_on", "received_on")),
        (_("Ý kiến"), ("council_held", "council_on", "opinion", "opinion_text", "answer_number", "answered_on")),
    ),
    related=("investor", "asking_agency", "first_request"),
    create_url="technology-appraisal-new",
    may_create=may_receive,
    # The kind decides the time limit and the days of receipt and answer its clock: those are no slips of the pen.
    editable=(
        "title",
        "investor",
        "technology",
        "asking_agency",
        "request_number",
        "request_on",
        "opinion",
        "opinion_text",
        "answer_number",
        "source_note",
    ),
    may_edit=may_appraise,
    search_text=lambda row: f"{row.technology} {row.opinion_text} {row.answer_number} {row.source_note}",
)

add_register(APPRAISALS)
add_workflow(APPRAISAL_WORKFLOW)
add_rule_file(Path(__file__).with_name("rules.csv"))
declare_use(LIMIT_RULE, _("Ý kiến về công nghệ: hạn trả lời tính từ ngày nhận đề nghị"))
name_group("transfer", _("Ý kiến về công nghệ"))
