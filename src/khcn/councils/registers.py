"""The register of councils as lists, record pages and exports show it, and what the module puts into the rulebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.models import Prefetch

from khcn.councils.bodies import BodyFault, body_from
from khcn.councils.fees import FeeFault, Per, fee_rule
from khcn.councils.models import Council, Seat
from khcn.councils.permissions import may_form, may_run
from khcn.councils.presenting import section_values
from khcn.councils.selectors import BODIES, FEES
from khcn.councils.sheets import SHEET, SHEETS
from khcn.councils.states import CouncilState, Purpose
from khcn.councils.workflow import COUNCIL_WORKFLOW
from khcn.kernel.records.registry import Column, RecordFilter, Register, add_register
from khcn.kernel.rulebook.kinds import TABLE, ValueKind, declare_kind
from khcn.kernel.rulebook.shipped import add_rule_file
from khcn.kernel.rulebook.uses import declare_use, name_group
from khcn.kernel.search.visibility import add_visibility
from khcn.kernel.workflow.table import add_workflow
from khcn.language.words import words as _
from khcn.ui import formats


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _body_fault(value: Any) -> str:
    try:
        body_from(value)
    except BodyFault as fault:
        return str(fault)
    return ""


def _fee_fault(value: Any) -> str:
    try:
        fee_rule(value)
    except FeeFault as fault:
        return str(fault)
    return ""


def _fee_words(value: Any, _unit: str) -> str:
    rule = fee_rule(value)
    if not rule.amounts:
        return _("chưa có mức chi")
    per = _("mỗi hồ sơ") if rule.per is Per.MATTER else _("mỗi phiên họp")
    said = "; ".join(f"{role.label}: {formats.money(vnd)}" for role, vnd in rule.amounts.items())
    return f"{said} ({per})"


COUNCILS = Register(
    model=Council,
    label=_("Hội đồng tư vấn"),
    label_one=_("Hội đồng", "one"),
    group=_("Nhiệm vụ khoa học và công nghệ"),
    description=_("Hội đồng xác định, tuyển chọn, thẩm định kinh phí, nghiệm thu và các hội đồng tư vấn khác."),
    date_field="meets_on",
    columns=(
        Column("code", _("Mã hồ sơ")),
        Column("title", _("Tên hội đồng")),
        Column("purpose", _("Việc")),
        Column("meets_on", _("Ngày họp")),
        Column("state", _("Trạng thái")),
        Column("decision_number", _("Số quyết định"), wide=False),
        Column("decided_on", _("Ngày quyết định"), wide=False),
        Column("regime", _("Luật áp dụng"), wide=False),
        Column("venue", _("Địa điểm"), wide=False),
    ),
    filters=(
        RecordFilter("viec", _("Việc"), lambda _user: Purpose.choices, _by("purpose")),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: CouncilState.choices, _by("state")),
    ),
    workflow=COUNCIL_WORKFLOW,
    facts=(
        (_("Hội đồng"), ("purpose", "regime", "sheet", "decision_number", "decided_on")),
        (_("Phiên họp"), ("documents_sent_on", "meets_on", "venue", "opened_at", "counted_at")),
    ),
    parts=("seats", "matters"),
    related=("seats__person", "matters"),
    create_url="council-new",
    may_create=may_form,
    editable=("title", "venue", "responsible"),
    may_edit=may_run,
    known_to=_("Thành viên của hội đồng, kể từ khi có quyết định."),
    page_template="councils/_section.html",
    page_first=True,
    page_context=section_values,
    read_once=(Prefetch("seats", Seat.objects.select_related("person")), "matters"),
    search_text=lambda row: f"{row.decision_number} {row.venue}",
)

add_register(COUNCILS)
add_workflow(COUNCIL_WORKFLOW)
add_visibility(
    Council.REGISTER,
    of_record=lambda row: (
        [f"seat:{user}" for user in row.seats.exclude(user=None).values_list("user_id", flat=True)]
        if row.state != CouncilState.FORMING
        else []
    ),
    of_user=lambda user: [f"seat:{user.pk}"],
)
add_rule_file(Path(__file__).with_name("rules.csv"))
declare_kind(f"{SHEETS}*", SHEET)
declare_kind(f"{BODIES}*", ValueKind("body", _("thành phần hội đồng"), _body_fault, TABLE.words))
declare_kind(f"{FEES}*", ValueKind("fee", _("mức chi của hội đồng"), _fee_fault, _fee_words))
declare_use(f"{FEES}*", _("Hội đồng tư vấn: thù lao của thành viên theo vai trò"))
declare_use(f"{SHEETS}*", _("Hội đồng tư vấn: tiêu chí, điểm tối đa, ngưỡng đạt và phiếu lệch khi kiểm phiếu"))
declare_use(f"{BODIES}*", _("Hội đồng tư vấn: số thành viên, vai trò, tài liệu gửi trước, số phải có mặt"))
name_group("council", _("Hội đồng tư vấn"))
