"""The register of given work as lists, record pages, imports and exports show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from khcn.assignments.models import Assignment, is_outside_agency
from khcn.assignments.permissions import may_give, may_monitor, may_report, may_see_lateness
from khcn.assignments.presenting import lead_choices, may_open_board, section_values
from khcn.assignments.selectors import DUE_SOON_RULE
from khcn.assignments.services import import_assignment, note_urging
from khcn.assignments.states import URGING_RULES, AssignmentState, DeadlinePrecision, IssuerLevel, Priority
from khcn.assignments.workflow import ASSIGNMENT_WORKFLOW
from khcn.kernel.files.permissions import let_attach
from khcn.kernel.obligations.reminding import urged_hooks
from khcn.kernel.pages.rail import RailItem, add_rail_item
from khcn.kernel.records.registry import Column, RecordFilter, Register, add_register
from khcn.kernel.rulebook.shipped import add_rule_file
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.kernel.search.visibility import add_visibility
from khcn.kernel.workflow.table import add_workflow
from khcn.language.words import words as _
from khcn.parties.models import organisation_ids_of


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _tokens_of(row: Any) -> list[str]:
    helpers = [helper.organisation_id for helper in row.coordinators.all()]
    return [f"agency:{number}" for number in (row.lead_organisation_id, *helpers) if number is not None]


def _tokens_held(user: Any) -> list[str]:
    return [f"agency:{number}" for number in organisation_ids_of(user)] if is_outside_agency(user) else []


ASSIGNMENTS = Register(
    model=Assignment,
    label=_("Nhiệm vụ giao"),
    label_one=_("Nhiệm vụ giao", "one"),
    group=_("Chỉ đạo, điều hành"),
    description=_("Việc giao cho cơ quan, phòng, dù ai giao: nội dung, chủ trì, hạn, sản phẩm, kết quả có minh chứng."),
    date_field="assigned_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column(
            "title",
            _("Nội dung"),
            importable=True,
            required=True,
            key=True,
            also=(
                "Nội dung công việc",
                "Nội dung nhiệm vụ",
                "Tên nhiệm vụ",
                "Nhiệm vụ giao",
                "Công việc",
                "Nội dung chỉ đạo",
            ),
        ),
        Column("lead_text", _("Chủ trì")),
        Column(
            "lead_organisation",
            _("Cơ quan chủ trì"),
            wide=False,
            importable=True,
            also=("Đơn vị chủ trì", "Đơn vị thực hiện", "Cơ quan thực hiện", "ĐV chủ trì"),
        ),
        Column(
            "lead_division",
            _("Phòng chủ trì"),
            wide=False,
            importable=True,
            also=("Phòng thực hiện", "Phòng chuyên môn"),
        ),
        Column(
            "assigned_on",
            _("Ngày giao"),
            importable=True,
            required=True,
            key=True,
            also=("Ngày giao việc", "Ngày chỉ đạo"),
        ),
        Column(
            "due_on",
            _("Hạn"),
            importable=True,
            also=("Thời hạn", "Hạn hoàn thành", "Thời hạn hoàn thành", "Hạn xử lý", "Thời gian hoàn thành"),
        ),
        Column(
            "state", _("Trạng thái"), importable=True, also=("Tình trạng", "Kết quả thực hiện", "Tình hình thực hiện")
        ),
        Column("completed_on", _("Hoàn thành ngày"), importable=True, also=("Ngày hoàn thành",)),
        Column("closed_on", _("Xác nhận ngày"), wide=False, importable=True),
        Column("precision", _("Độ rõ của hạn"), wide=False, importable=True),
        Column("deadline_text", _("Thời hạn, như đã nói"), wide=False, importable=True),
        Column("original_due_on", _("Hạn ban đầu"), wide=False, importable=True),
        Column("issuer_level", _("Cấp giao"), wide=False, importable=True),
        Column(
            "given_by",
            _("Người, cơ quan giao"),
            wide=False,
            importable=True,
            also=("Người giao", "Cơ quan giao", "Lãnh đạo giao"),
        ),
        Column("product", _("Sản phẩm phải có"), wide=False, importable=True, also=("Sản phẩm", "Kết quả đầu ra")),
        Column("coordinators_text", _("Phối hợp"), wide=False),
        Column("priority", _("Mức ưu tiên"), wide=False, importable=True),
        Column("origin_text", _("Câu giao việc"), wide=False, importable=True),
    ),
    filters=(
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: AssignmentState.choices, _by("state")),
        RecordFilter("chu-tri", _("Cơ quan chủ trì"), lead_choices, _by("lead_organisation")),
        RecordFilter("cap", _("Cấp giao"), lambda _user: IssuerLevel.choices, _by("issuer_level")),
        RecordFilter("han", _("Độ rõ của hạn"), lambda _user: DeadlinePrecision.choices, _by("precision")),
        RecordFilter("uu-tien", _("Mức ưu tiên"), lambda _user: Priority.choices, _by("priority")),
    ),
    workflow=ASSIGNMENT_WORKFLOW,
    facts=(
        (_("Việc được giao"), ("lead_text", "coordinators_text", "product", "priority", "advise_only")),
        (_("Nơi giao"), ("issuer_level", "given_by", "giver", "assigned_on", "origin_text")),
        (_("Thời hạn"), ("deadline_text", "due_on", "precision", "original_due_on")),
        (_("Kết quả"), ("acknowledged_on", "completed_on", "reported_by", "closed_on", "closed_by")),
    ),
    # Reminders tell lateness: the section shows them, with who sent them, to those who may see it.
    parts=("coordinators", "progress", "extensions"),
    related=("lead_organisation", "lead_division", "coordinators__organisation", "coordinators__division"),
    create_url="assignment-new",
    may_create=may_give,
    # Lead, due date and result change by steps of their own, which tell whoever is concerned.
    editable=("title", "product", "priority", "advise_only", "origin_text", "source_note"),
    may_edit=may_monitor,
    import_row=import_assignment,
    may_see_lateness=may_see_lateness,
    known_to=_("cơ quan được giao: chỉ nhiệm vụ mình chủ trì hoặc phối hợp"),
    page_template="assignments/_section.html",
    page_context=section_values,
    search_text=lambda row: f"{row.origin_text} {row.product} {row.given_by} {row.lead_text} {row.source_note}",
)

add_register(ASSIGNMENTS)
add_workflow(ASSIGNMENT_WORKFLOW)
add_rule_file(Path(__file__).with_name("rules.csv"))
add_visibility(Assignment.REGISTER, of_record=_tokens_of, of_user=_tokens_held, instead=is_outside_agency)
let_attach(Assignment.REGISTER, may_report)
add_rail_item(
    RailItem(
        label=_("Kết luận, nhiệm vụ giao"),
        url_name="assignments-board",
        icon="list-check",
        order=20,
        may=may_open_board,
        short=_("Nhiệm vụ"),
    )
)
if note_urging not in urged_hooks:
    urged_hooks.append(note_urging)
for key in URGING_RULES.values():
    declare_use(key, _("Nhiệm vụ giao: ngày đôn đốc theo từng mức"))
declare_use(DUE_SOON_RULE, _("Nhiệm vụ giao: khi nào gọi là sắp đến hạn"))
name_group("assignment", _("Nhiệm vụ giao"))
