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
from khcn.language.words import words as _

GROUP = _("Sở hữu trí tuệ")


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


TITLES = Register(
    model=ProtectionTitle,
    label=_("Văn bằng bảo hộ"),
    label_one=_("Văn bằng bảo hộ", "one"),
    group=GROUP,
    description=_("Đơn và văn bằng sở hữu công nghiệp của tổ chức, cá nhân trên địa bàn."),
    date_field="granted_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column(
            "title",
            _("Đối tượng được bảo hộ"),
            importable=True,
            required=True,
            also=("Tên đối tượng", "Tên nhãn hiệu", "Nhãn hiệu", "Tên sáng chế", "Tên kiểu dáng"),
        ),
        Column(
            "kind",
            _("Loại văn bằng"),
            importable=True,
            required=True,
            also=("Loại hình", "Đối tượng", "Loại hình bảo hộ", "Loại đối tượng"),
        ),
        Column(
            "title_number",
            _("Số văn bằng"),
            importable=True,
            key=True,
            also=("Số VB", "Số bằng", "Số GCN", "Số giấy chứng nhận", "Văn bằng số"),
        ),
        Column("granted_on", _("Ngày cấp"), importable=True, also=("Ngày cấp văn bằng", "Ngày cấp bằng")),
        Column("holders_text", _("Chủ văn bằng")),
        Column("state", _("Trạng thái"), importable=True, also=("Tình trạng", "Tình trạng pháp lý")),
        Column("application_number", _("Số đơn"), wide=False, importable=True, also=("Số đơn đăng ký", "Mã số đơn")),
        Column("filed_on", _("Ngày nộp đơn"), wide=False, importable=True, also=("Ngày nộp", "Ngày đơn")),
        Column(
            "goods",
            _("Phạm vi bảo hộ"),
            wide=False,
            importable=True,
            also=("Sản phẩm, dịch vụ", "Danh mục sản phẩm", "Nhóm sản phẩm"),
        ),
    ),
    filters=(
        RecordFilter("kind", _("Loại"), lambda _user: TitleKind.choices, _by("kind")),
        RecordFilter("state", _("Trạng thái"), lambda _user: TitleState.choices, _by("state")),
        RecordFilter(
            "nam",
            _("Năm cấp"),
            lambda _user: [(str(y), str(y)) for y in range(2026, 2009, -1)],
            _by("granted_on__year"),
        ),
    ),
    workflow=TITLE_WORKFLOW,
    facts=(
        (_("Văn bằng"), ("kind", "title_number", "granted_on", "expires_on", "holders_text")),
        (_("Đơn"), ("application_number", "filed_on", "goods")),
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
    label=_("Đăng ký bảo hộ ở nước ngoài"),
    label_one=_("Hồ sơ đăng ký ở nước ngoài", "one"),
    group=GROUP,
    description=_("Nhãn hiệu, chỉ dẫn địa lý của tỉnh đăng ký ở từng nước."),
    date_field="started_on",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Nhãn hiệu, chỉ dẫn"), importable=True, required=True, key=True),
        Column("territory", _("Nước, vùng lãnh thổ"), importable=True, required=True, key=True),
        Column("owner", _("Chủ sở hữu"), importable=True),
        Column("started_on", _("Bắt đầu"), importable=True),
        Column("registered_on", _("Được bảo hộ ngày"), importable=True),
        Column("refused_on", _("Bị từ chối ngày"), wide=False, importable=True),
        Column("state", _("Trạng thái"), importable=True),
    ),
    filters=(RecordFilter("state", _("Trạng thái"), lambda _user: ForeignState.choices, _by("state")),),
    workflow=FOREIGN_WORKFLOW,
    facts=(
        (
            _("Đăng ký"),
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
