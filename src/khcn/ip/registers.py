"""The registers of intellectual property as lists, record pages, imports and exports show them."""

from __future__ import annotations

from typing import Any

from khcn.ip import steps
from khcn.ip.entry import HOLDERS, enter_foreign_values, enter_title_values
from khcn.ip.models import ForeignRegistration, ProtectionTitle
from khcn.ip.permissions import may_enter_title, may_update_title
from khcn.ip.states import ForeignState, TitleKind, TitleState
from khcn.ip.workflow import FOREIGN_WORKFLOW, TITLE_WORKFLOW
from khcn.kernel.records.registry import Column, RecordFilter, Register, add_register
from khcn.kernel.workflow.table import add_workflow

GROUP = "Sở hữu trí tuệ"


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


TITLES = Register(
    model=ProtectionTitle,
    label="Văn bằng bảo hộ",
    label_one="Văn bằng bảo hộ",
    group=GROUP,
    description="Đơn và văn bằng sở hữu công nghiệp của tổ chức, cá nhân trên địa bàn.",
    date_field="granted_on",
    columns=(
        Column("code", "Mã hồ sơ", key=True, importable=True),
        Column("title", "Đối tượng được bảo hộ", importable=True, required=True),
        Column("kind", "Loại văn bằng", importable=True, required=True),
        Column("title_number", "Số văn bằng", importable=True, key=True),
        Column("granted_on", "Ngày cấp", importable=True),
        Column("holders_text", "Chủ văn bằng"),
        Column("state", "Trạng thái", importable=True),
        Column("application_number", "Số đơn", wide=False, importable=True),
        Column("filed_on", "Ngày nộp đơn", wide=False, importable=True),
        Column("goods", "Phạm vi bảo hộ", wide=False, importable=True),
    ),
    filters=(
        RecordFilter("kind", "Loại", lambda _user: TitleKind.choices, _by("kind")),
        RecordFilter("state", "Trạng thái", lambda _user: TitleState.choices, _by("state")),
        RecordFilter(
            "nam", "Năm cấp", lambda _user: [(str(y), str(y)) for y in range(2026, 2009, -1)], _by("granted_on__year")
        ),
    ),
    workflow=TITLE_WORKFLOW,
    facts=(
        ("Văn bằng", ("kind", "title_number", "granted_on", "expires_on", "holders_text")),
        ("Đơn", ("application_number", "filed_on", "goods")),
    ),
    parts=("holders",),
    related=("holders__organisation", "holders__person"),
    may_create=may_enter_title,
    enter=enter_title_values,
    entered=("title", "kind", HOLDERS.name, "application_number", "filed_on", "goods", "place", "source_note"),
    editable=(
        "title",
        "kind",
        HOLDERS.name,
        "application_number",
        "filed_on",
        "title_number",
        "granted_on",
        "expires_on",
        "goods",
        "place",
        "responsible",
        "source_note",
    ),
    may_edit=may_update_title,
    questions=(HOLDERS,),
    search_text=lambda row: f"{row.goods} {row.holders_text} {row.source_note}",
)
FOREIGN = Register(
    model=ForeignRegistration,
    label="Đăng ký bảo hộ ở nước ngoài",
    label_one="Hồ sơ đăng ký ở nước ngoài",
    group=GROUP,
    description="Nhãn hiệu, chỉ dẫn địa lý của tỉnh đăng ký ở từng nước.",
    date_field="started_on",
    columns=(
        Column("code", "Mã hồ sơ", key=True, importable=True),
        Column("title", "Nhãn hiệu, chỉ dẫn", importable=True, required=True, key=True),
        Column("territory", "Nước, vùng lãnh thổ", importable=True, required=True, key=True),
        Column("owner", "Chủ sở hữu", importable=True),
        Column("started_on", "Bắt đầu", importable=True),
        Column("registered_on", "Được bảo hộ ngày", importable=True),
        Column("refused_on", "Bị từ chối ngày", wide=False, importable=True),
        Column("state", "Trạng thái", importable=True),
    ),
    filters=(RecordFilter("state", "Trạng thái", lambda _user: ForeignState.choices, _by("state")),),
    workflow=FOREIGN_WORKFLOW,
    facts=(
        (
            "Đăng ký",
            (
                "territory",
                "route",
                "owner",
                "title_at_home",
                "started_on",
                "registered_on",
                "refused_on",
                "announced_on",
                "number",
            ),
        ),
    ),
    related=("owner",),
    may_create=may_enter_title,
    enter=enter_foreign_values,
    entered=("title", "territory", "route", "owner", "title_at_home", "started_on", "source_note"),
    editable=(
        "title",
        "territory",
        "route",
        "owner",
        "title_at_home",
        "started_on",
        "registered_on",
        "refused_on",
        "announced_on",
        "number",
        "responsible",
        "source_note",
    ),
    may_edit=may_update_title,
)

for _register in (TITLES, FOREIGN):
    add_register(_register)
    add_workflow(_register.workflow)
steps.add_steps()
