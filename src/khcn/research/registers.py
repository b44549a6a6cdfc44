"""The registers of research as lists, record pages, imports and exports show them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.models import Q
from django.urls import reverse

from khcn.councils.ratings import name_rating_rules
from khcn.councils.services.forming import interest_facts
from khcn.councils.states import Purpose, Regime
from khcn.councils.votes import name_vote_rule
from khcn.kernel.files.permissions import let_attach
from khcn.kernel.pages.rail import RailItem, add_rail_item
from khcn.kernel.records.corrections import correction_checks
from khcn.kernel.records.registry import Column, RecordFilter, Register, add_register
from khcn.kernel.rulebook.shipped import add_rule_file
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.kernel.search.visibility import add_visibility
from khcn.kernel.workflow.table import add_workflow
from khcn.language.words import words as _
from khcn.parties.filters import OWN_OFFICE
from khcn.parties.models import organisation_ids_of
from khcn.research.call_workflows import APPLICATION_WORKFLOW, CALL_WORKFLOW, PROPOSAL_WORKFLOW
from khcn.research.interests import known_interests
from khcn.research.models import ResearchTask, TaskApplication, TaskCall, TaskProposal
from khcn.research.outside_register import OUTSIDE
from khcn.research.permissions import (
    may_enter,
    may_export,
    may_keep,
    may_open_desk,
    may_propose,
    may_read_statistics,
    may_report,
)
from khcn.research.presenting import application_values, proposal_values, task_values
from khcn.research.selectors import FORMS, REGIME, complete_tasks
from khcn.research.services.calls import enter_call_values, enter_proposal_values
from khcn.research.services.closing import USE_YEARS
from khcn.research.services.identifying import enter_task_values
from khcn.research.services.importing import import_task
from khcn.research.services.money import ADVANCE_RULE
from khcn.research.services.recovering import RECOVERY_RULE
from khcn.research.services.selecting import LABOUR_RULE, LONGEST, LUMP_RULE
from khcn.research.states import (
    ApplicationState,
    CallKind,
    CallState,
    ProposalState,
    ProposerKind,
    TaskForm,
    TaskLevel,
    TaskState,
    TaskTrack,
)
from khcn.research.task_fields import LEVELS_RULE, corrected_field_refusals
from khcn.research.task_filters import BY_ALERT, BY_STAGE
from khcn.research.workflow import TASK_WORKFLOW

RATING_RULE = "research.rating."
VOTE_RULE = "research.outside.pass-share"
GROUP = _("Nhiệm vụ khoa học và công nghệ")
YEARS = [(str(year), str(year)) for year in range(2030, 2009, -1)]


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _running_in(rows: Any, value: str) -> Any:
    """Keep the tasks whose contract covers part of the year."""
    last = Q(ends_on__year__gte=value) | Q(extended_to__year__gte=value)
    return rows.filter(last, starts_on__year__lte=value)


def _years(_user: Any) -> list[tuple[str, str]]:
    return YEARS


TASKS = Register(
    model=ResearchTask,
    label=_("Nhiệm vụ khoa học và công nghệ"),
    label_one=_("Nhiệm vụ", "one"),
    group=GROUP,
    description=_("Đề tài, đề án, dự án từ khi đề xuất đến năm cuối cùng theo dõi ứng dụng kết quả."),
    date_field="approved_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Tên nhiệm vụ"), importable=True, required=True, also=("Tên đề tài", "Tên đề tài, dự án")),
        Column("form", _("Loại hình"), importable=True, wide=False),
        Column("level", _("Cấp quản lý"), importable=True, wide=False, also=("Cấp",)),
        Column("track", _("Loại nhiệm vụ"), importable=True, wide=False),
        Column("innovation_kind", _("Nội dung hỗ trợ"), importable=True, wide=False),
        Column("host", _("Tổ chức chủ trì"), importable=True, also=("Cơ quan chủ trì", "Đơn vị chủ trì")),
        Column("leader", _("Chủ nhiệm"), importable=True, wide=False, also=("Chủ nhiệm đề tài", "Chủ nhiệm nhiệm vụ")),
        Column("state", _("Trạng thái"), importable=True),
        Column("years_text", _("Thời gian")),
        Column("next_due_on", _("Việc gần nhất")),
        Column("unpaid_vnd", _("Chưa giải ngân (đồng)"), numeric=True),
        Column("number", _("Mã số nhiệm vụ"), importable=True, key=True, wide=False, also=("Mã số", "Mã số đề tài")),
        Column("regime", _("Luật áp dụng"), importable=True, wide=False),
        Column("field", _("Lĩnh vực"), importable=True, wide=False),
        Column("programme", _("Thuộc chương trình"), importable=True, wide=False),
        Column("approval_number", _("Số quyết định phê duyệt"), importable=True, wide=False),
        Column("approved_on", _("Phê duyệt ngày"), importable=True, wide=False),
        Column("contract_number", _("Số hợp đồng"), importable=True, wide=False),
        Column("contracted_on", _("Ký hợp đồng ngày"), importable=True, wide=False),
        Column("starts_on", _("Bắt đầu"), importable=True, wide=False),
        Column("ends_on", _("Kết thúc"), importable=True, wide=False),
        Column("extended_to", _("Gia hạn đến"), importable=True, wide=False),
        Column("rating", _("Xếp loại nghiệm thu"), importable=True, wide=False, also=("Xếp loại",)),
        Column("accepted_on", _("Nghiệm thu ngày"), importable=True, wide=False),
        Column("certificate_number", _("Số đăng ký kết quả"), importable=True, wide=False),
        Column("registered_on", _("Đăng ký kết quả ngày"), importable=True, wide=False),
        Column("source_note", _("Nguồn"), importable=True, wide=False),
    ),
    filters=(
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: TaskState.choices, _by("state")),
        RecordFilter("loai", _("Loại hình"), lambda _user: TaskForm.choices, _by("form")),
        RecordFilter("loai-nhiem-vu", _("Loại nhiệm vụ"), lambda _user: TaskTrack.choices, _by("track")),
        RecordFilter("cap", _("Cấp quản lý"), lambda _user: TaskLevel.choices, _by("level")),
        RecordFilter("luat", _("Luật áp dụng"), lambda _user: Regime.choices, _by("regime")),
        RecordFilter("nam", _("Thực hiện trong năm"), _years, _running_in),
        RecordFilter("phe-duyet", _("Năm phê duyệt"), _years, _by("approved_on__year")),
        BY_STAGE,
        BY_ALERT,
        OWN_OFFICE,
    ),
    workflow=TASK_WORKFLOW,
    facts=(
        (
            _("Nhiệm vụ", "one"),
            (
                "form",
                "track",
                "innovation_kind",
                "level",
                "mode",
                "regime",
                "number",
                "programme",
                "host",
                "leader",
                "years_text",
            ),
        ),
        (_("Nội dung"), ("objectives", "content", "expected", "user_organisation", "user_text", "keywords")),
        (_("Xác định, tuyển chọn"), ("similarity_on", "similarity_note", "list_number", "listed_on", "priority")),
        (_("Nhận hồ sơ"), ("call_number", "call_opens_on", "call_closes_on", "revised_on")),
        (_("Phê duyệt, hợp đồng"), ("approval_number", "approved_on", "lump_sum", "months", "contract_number")),
        (_("Thời gian"), ("contracted_on", "starts_on", "ends_on", "extended_to", "declared_on")),
        (
            _("Dừng, chấm dứt"),
            (
                "stop_number",
                "stopped_on",
                "termination_cause",
                "recovery",
                "recovery_vnd",
                "recovery_number",
                "recovery_on",
            ),
        ),
        (_("Nghiệm thu"), ("self_evaluated_on", "final_filed_on", "rating", "accepted_on", "fixed_on")),
        (
            _("Kết quả"),
            (
                "certificate_number",
                "registered_on",
                "recognition_number",
                "recognised_on",
                "settled_on",
                "liquidation_number",
                "liquidated_on",
                "owner",
                "ownership_number",
                "transferred_on",
                "closed_on",
            ),
        ),
    ),
    parts=(
        *("members", "partners", "products", "budget_lines", "tranches", "movements"),
        *("milestones", "progress_reports", "inspections", "changes", "uses", "risk_file"),
    ),
    related=("host", "leader"),
    may_create=may_enter,
    enter=enter_task_values,
    entered=(
        "title",
        "form",
        "track",
        "innovation_kind",
        "level",
        "field",
        "place",
        "objectives",
        "content",
        "expected",
        "user_organisation",
        "user_text",
        "programme",
        "confidentiality",
        "source_note",
    ),
    import_row=import_task,
    editable=(
        "title",
        "form",
        "track",
        "innovation_kind",
        "level",
        "number",
        "field",
        "place",
        "objectives",
        "content",
        "expected",
        "keywords",
        "user_organisation",
        "user_text",
        "programme",
        "responsible",
        "source_note",
    ),
    may_edit=may_keep,
    known_to=_("Tổ chức chủ trì nhiệm vụ."),
    page_template="research/_task.html",
    page_context=task_values,
    page_first=True,
    hides_empty=True,
    read_rows=complete_tasks,
    search_text=lambda row: (
        f"{row.objectives} {row.content} {row.expected} {row.keywords} {row.number} {row.source_note}"
    ),
)
PROPOSALS = Register(
    model=TaskProposal,
    label=_("Đề xuất nhiệm vụ"),
    label_one=_("Đề xuất nhiệm vụ", "one"),
    group=GROUP,
    description=_("Đề xuất, đặt hàng của cơ quan, viện trường, doanh nghiệp, người dân cho kế hoạch từng năm."),
    date_field="received_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Tên đề xuất"), importable=True, required=True, key=True),
        Column("proposer_name", _("Bên đề xuất")),
        Column("plan_year", _("Kế hoạch năm"), importable=True, required=True, key=True),
        Column("received_on", _("Nhận ngày"), importable=True, required=True),
        Column("is_order", _("Đặt hàng"), importable=True, wide=False),
        Column("budget_vnd", _("Kinh phí dự kiến (đồng)"), importable=True, wide=False, numeric=True),
        Column("state", _("Trạng thái")),
        Column("proposer_kind", _("Bên đề xuất là"), importable=True, required=True, wide=False),
        Column("proposer_text", _("Người, đơn vị đề xuất"), importable=True, wide=False),
        Column("task", _("Vào nhiệm vụ"), wide=False),
    ),
    filters=(
        RecordFilter("nam", _("Kế hoạch năm"), _years, _by("plan_year")),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: ProposalState.choices, _by("state")),
        RecordFilter("ben", _("Bên đề xuất là"), lambda _user: ProposerKind.choices, _by("proposer_kind")),
    ),
    workflow=PROPOSAL_WORKFLOW,
    facts=(
        (
            _("Đề xuất"),
            ("proposer_kind", "proposer", "proposer_text", "sent_by", "is_order", "plan_year", "received_on", "call"),
        ),
        (_("Nội dung"), ("urgency", "objectives", "content", "expected", "user_text")),
        (_("Kinh phí dự kiến"), ("budget_vnd", "outside_vnd")),
        (_("Rà soát"), ("similarity_on", "similarity_note", "task")),
    ),
    related=("proposer", "task", "call"),
    may_create=may_enter,
    enter=enter_proposal_values,
    entered=(
        "title",
        "plan_year",
        "call",
        "proposer_kind",
        "proposer",
        "proposer_text",
        "is_order",
        "received_on",
        "urgency",
        "objectives",
        "content",
        "expected",
        "user_text",
        "budget_vnd",
        "outside_vnd",
        "field",
        "place",
    ),
    editable=(
        "title",
        "urgency",
        "objectives",
        "content",
        "expected",
        "user_text",
        "budget_vnd",
        "outside_vnd",
        "proposer_kind",
        "field",
        "place",
        "responsible",
    ),
    may_edit=may_keep,
    hides_empty=True,
    page_template="research/_proposal.html",
    page_context=proposal_values,
    search_text=lambda row: f"{row.objectives} {row.content} {row.expected} {row.proposer_text}",
)
CALLS = Register(
    model=TaskCall,
    label=_("Thông báo nhận đề xuất, hồ sơ"),
    label_one=_("Thông báo", "one"),
    group=GROUP,
    description=_("Thông báo hằng năm: nhận đề xuất nhiệm vụ, nhận hồ sơ đăng ký chủ trì, từ ngày nào đến ngày nào."),
    date_field="closes_on",
    columns=(
        Column("code", _("Mã hồ sơ")),
        Column("title", _("Tên thông báo")),
        Column("kind", _("Nhận gì")),
        Column("plan_year", _("Kế hoạch năm")),
        Column("opens_on", _("Từ ngày")),
        Column("closes_on", _("Đến hết ngày")),
        Column("state", _("Trạng thái")),
        Column("number", _("Số thông báo"), wide=False),
    ),
    filters=(
        RecordFilter("nam", _("Kế hoạch năm"), _years, _by("plan_year")),
        RecordFilter("nhan", _("Nhận gì"), lambda _user: CallKind.choices, _by("kind")),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: CallState.choices, _by("state")),
    ),
    workflow=CALL_WORKFLOW,
    facts=((_("Thông báo", "one"), ("kind", "plan_year", "number", "opens_on", "closes_on")),),
    may_create=may_enter,
    enter=enter_call_values,
    entered=("title", "kind", "plan_year", "confidentiality"),
    editable=("title", "responsible"),
    may_edit=may_keep,
)
APPLICATIONS = Register(
    model=TaskApplication,
    label=_("Hồ sơ đăng ký chủ trì"),
    label_one=_("Hồ sơ đăng ký chủ trì", "one"),
    group=GROUP,
    description=_("Hồ sơ của tổ chức đăng ký chủ trì nhiệm vụ trong danh mục: kiểm tra, hội đồng, kết quả."),
    date_field="filed_on",
    columns=(
        Column("code", _("Mã hồ sơ")),
        Column("title", _("Hồ sơ đăng ký chủ trì")),
        Column("task", _("Nhiệm vụ", "one"), wide=False),
        Column("host", _("Tổ chức đăng ký"), wide=False),
        Column("leader", _("Chủ nhiệm")),
        Column("filed_on", _("Nộp ngày")),
        Column("state_vnd", _("Đề nghị ngân sách (đồng)"), numeric=True),
        Column("outside_vnd", _("Vốn ngoài ngân sách (đồng)"), numeric=True, wide=False),
        Column("state", _("Trạng thái")),
    ),
    filters=(RecordFilter("trang-thai", _("Trạng thái"), lambda _user: ApplicationState.choices, _by("state")),),
    workflow=APPLICATION_WORKFLOW,
    facts=(
        (_("Hồ sơ"), ("task", "host", "leader", "filed_on", "state_vnd", "outside_vnd", "months")),
        (_("Kiểm tra"), ("checked_on", "findings")),
    ),
    related=("task", "host", "leader"),
    page_template="research/_application.html",
    page_context=application_values,
    editable=("title", "responsible"),
    may_edit=may_keep,
)


def _host_token(row: Any) -> list[str]:
    return [f"host:{row.host_id}"] if row.host_id is not None and row.withdrawn_on is None else []


def _host_tokens(user: Any) -> list[str]:
    return [f"host:{number}" for number in organisation_ids_of(user)]


def _opens_desk(user: Any) -> bool:
    return bool(may_open_desk(user))


def _desk_pages(user: Any) -> list[tuple[str, str]]:
    pages = (
        (_("Thống kê nhiệm vụ"), "task-statistics", may_read_statistics),
        (_("Xuất dữ liệu nhiệm vụ"), "task-exports", may_export),
    )
    return [(label, reverse(name)) for label, name, may in pages if may(user)]


add_rail_item(RailItem(_("Điều hành nhiệm vụ"), "task-desk", "flask", 35, _opens_desk, _desk_pages, short=_("Đề tài")))
add_rail_item(RailItem(_("Đề xuất nhiệm vụ"), "task-proposing", "bulb", 25, lambda user: bool(may_propose(user))))
add_rail_item(
    RailItem(
        _("Thống kê nhiệm vụ"),
        "task-statistics",
        "chart-bar",
        60,
        lambda user: bool(may_read_statistics(user)) and not _opens_desk(user),
    )
)
for _register in (TASKS, PROPOSALS, CALLS, APPLICATIONS, OUTSIDE):
    add_register(_register)
    add_workflow(_register.workflow)
add_visibility(ResearchTask.REGISTER, of_record=_host_token, of_user=_host_tokens)
add_visibility(
    TaskProposal.REGISTER,
    of_record=lambda row: [f"proposer:{row.sent_by_id}"] if row.sent_by_id and row.withdrawn_on is None else [],
    of_user=lambda user: [f"proposer:{user.pk}"],
)
let_attach(ResearchTask.REGISTER, may_report)
if known_interests not in interest_facts:
    interest_facts.append(known_interests)
if corrected_field_refusals not in correction_checks:
    correction_checks.append(corrected_field_refusals)
add_rule_file(Path(__file__).with_name("rules.csv"))
declare_use(f"{RATING_RULE}*", _("Nghiệm thu nhiệm vụ: từ đánh giá sản phẩm đến xếp loại của thành viên và hội đồng"))
declare_use(REGIME, _("Nhiệm vụ: luật nào áp dụng, theo ngày phê duyệt"))
declare_use(f"{LUMP_RULE}.*", _("Phê duyệt nhiệm vụ: khi nào được khoán đến sản phẩm cuối cùng"))
declare_use(f"{LONGEST}.*", _("Ký hợp đồng: hợp đồng của loại nhiệm vụ này dài nhất bao nhiêu tháng"))
declare_use(f"{LABOUR_RULE}.*", _("Phê duyệt nhiệm vụ: công lao động không vượt định mức theo vai trò"))
declare_use(f"{ADVANCE_RULE}.*", _("Giải ngân: tạm ứng đợt đầu và điều kiện cấp tiếp"))
declare_use(f"{RECOVERY_RULE}.*", _("Nhiệm vụ không hoàn thành: phải thu hồi ít nhất bao nhiêu"))
declare_use(f"{USE_YEARS}.*", _("Theo dõi ứng dụng: mỗi năm một phiếu, trong bao nhiêu năm"))
declare_use(LEVELS_RULE, _("Nhiệm vụ: mã lĩnh vực ghi đến cấp nào; khi lập, sửa hồ sơ và khi xuất dữ liệu"))
declare_use("research.limit.*", _("Nhiệm vụ: thời hạn các bước thực hiện, báo cáo, nghiệm thu"))
declare_use("research.estimate.years", _("Dự toán năm: số năm lấy bình quân chi một nhiệm vụ mở mới"))
declare_use("research.unused.months", _("Danh sách kết quả đã nghiệm thu mà chưa ứng dụng"))
declare_use(f"{FORMS}.*", _("Trang nhiệm vụ: biểu mẫu dùng ở từng bước"))
declare_use("research.plan.*", _("Lịch ngược từ ngày gửi dự toán"))
declare_use(VOTE_RULE, _("Kết quả không dùng ngân sách nhà nước: bao nhiêu thành viên có mặt phải bỏ phiếu «Đạt»"))
name_vote_rule(Purpose.EVALUATE, VOTE_RULE)
name_rating_rules(RATING_RULE, _("Nhiệm vụ khoa học và công nghệ"))
name_group("research", _("Nhiệm vụ khoa học và công nghệ"))
