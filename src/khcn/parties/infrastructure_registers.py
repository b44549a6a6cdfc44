"""The registers of laboratories and equipment as lists, record pages, imports and exports show them."""

from __future__ import annotations

from typing import Any

from khcn.kernel.records.registry import Column, RecordFilter, Register
from khcn.language.words import words as _
from khcn.parties import science_selectors as rules
from khcn.parties.entry import FIELD_QUESTION, enter_equipment_values, enter_laboratory_values, importer
from khcn.parties.filters import OWN_OFFICE, by_column
from khcn.parties.models import Equipment, Laboratory
from khcn.parties.permissions import may_edit_party
from khcn.parties.science_presenting import equipment_page, laboratory_page
from khcn.parties.science_workflow import EQUIPMENT_WORKFLOW, LABORATORY_WORKFLOW
from khcn.parties.shared_columns import CODE, FIELD, GROUP, NOTE, STATE_COLUMN, cut
from khcn.parties.states import EquipmentState, FieldGroup, LaboratoryState
from khcn.parties.statistics_presenting import COST, SHARED, STATE, YES
from khcn.parties.statistics_selectors import FIELD_FILTER
from khcn.ui import formats


def _keep_worth(rows: Any, value: str) -> Any:
    return rows.worth(int(value))


def _cost_choices(user: Any) -> list[tuple[str, str]]:
    cost = rules.large_cost_vnd(user)
    return [(str(cost), _("từ {cost}").format(cost=formats.money(cost, "tỷ")))] if cost is not None else []


LABORATORIES = Register(
    model=Laboratory,
    label=_("Phòng thí nghiệm"),
    label_one=_("Phòng thí nghiệm", "one"),
    group=GROUP,
    description=_("Phòng thí nghiệm, trạm, xưởng thực nghiệm của các tổ chức trong tỉnh."),
    columns=(
        CODE,
        Column("title", _("Tên phòng thí nghiệm"), importable=True, required=True, key=True, also=("Tên", "Phòng")),
        Column("organisation", _("Tổ chức chủ quản"), importable=True, required=True, key=True, also=("Đơn vị",)),
        FIELD,
        Column("head", _("Người phụ trách chuyên môn"), importable=True, also=("Phụ trách", "Trưởng phòng")),
        Column("location", _("Địa điểm"), importable=True, also=("Địa chỉ",)),
        STATE_COLUMN,
        Column("founded_year", _("Năm thành lập"), wide=False, importable=True),
        Column("accreditation", _("Công nhận, chỉ định"), wide=False, importable=True, also=("VILAS",)),
        Column("work", _("Nội dung hoạt động"), wide=False, importable=True),
        NOTE,
    ),
    filters=(
        RecordFilter(FIELD_FILTER, _("Lĩnh vực"), lambda _user: FieldGroup.choices, cut(FIELD_FILTER)),
        RecordFilter(STATE, _("Trạng thái"), lambda _user: LaboratoryState.choices, by_column("state")),
        OWN_OFFICE,
    ),
    workflow=LABORATORY_WORKFLOW,
    facts=(
        (_("Phòng thí nghiệm"), ("organisation", "head", "field", "founded_year", "accreditation")),
        (_("Hoạt động"), ("location", "work")),
    ),
    related=("organisation", "head", "field"),
    search_text=lambda row: f"{row.location} {row.accreditation} {row.work} {row.source_note}",
    may_create=may_edit_party,
    enter=enter_laboratory_values,
    entered=("title", "organisation", "head", FIELD_QUESTION.name, "location", "founded_year", "accreditation", "work"),
    editable=(
        "title",
        "organisation",
        "head",
        FIELD_QUESTION.name,
        "location",
        "founded_year",
        "accreditation",
        "work",
        "source_note",
    ),
    may_edit=may_edit_party,
    import_row=importer(enter_laboratory_values),
    questions=(FIELD_QUESTION,),
    page_template="parties/_laboratory_page.html",
    page_context=laboratory_page,
)
EQUIPMENT_FACTS = (
    "title",
    "organisation",
    "laboratory",
    "model",
    "country",
    "year_made",
    "year_in_use",
    "cost_vnd",
    "location",
    "is_shared",
    "shared_for",
    "sharing_terms",
    "shared_hours",
    "fee_per_hour_vnd",
    "published_at",
    "source_note",
)
EQUIPMENT = Register(
    model=Equipment,
    label=_("Thiết bị nghiên cứu"),
    label_one=_("Thiết bị nghiên cứu", "one"),
    group=GROUP,
    description=_("Thiết bị của các tổ chức khoa học và công nghệ, với điều kiện cho tổ chức khác dùng chung."),
    columns=(
        CODE,
        Column("title", _("Tên thiết bị"), importable=True, required=True, key=True, also=("Tên", "Thiết bị")),
        Column("model", _("Ký hiệu, mã hiệu"), importable=True, key=True, also=("Model", "Mã hiệu")),
        Column("organisation", _("Tổ chức sở hữu"), importable=True, required=True, key=True, also=("Đơn vị",)),
        Column("laboratory", _("Đặt tại phòng thí nghiệm"), importable=True, also=("Phòng thí nghiệm",)),
        Column("cost_vnd", _("Nguyên giá, đồng"), importable=True, numeric=True, also=("Nguyên giá", "Giá trị")),
        Column("is_shared", _("Dùng chung"), importable=True, also=("Cho dùng chung",)),
        STATE_COLUMN,
        Column("country", _("Nước sản xuất"), wide=False, importable=True, also=("Xuất xứ",)),
        Column("year_made", _("Năm sản xuất"), wide=False, importable=True),
        Column("year_in_use", _("Năm đưa vào sử dụng"), wide=False, importable=True, also=("Năm sử dụng",)),
        Column("location", _("Nơi đặt"), wide=False, importable=True),
        Column("shared_for", _("Đối tượng được sử dụng"), wide=False, importable=True),
        Column("sharing_terms", _("Điều kiện sử dụng chung"), wide=False, importable=True),
        Column("shared_hours", _("Số giờ dùng chung một năm"), wide=False, importable=True, numeric=True),
        Column("fee_per_hour_vnd", _("Giá sử dụng một giờ, đồng"), wide=False, importable=True, numeric=True),
        Column("published_at", _("Nơi đã công khai"), wide=False, importable=True),
        NOTE,
    ),
    filters=(
        RecordFilter(
            SHARED,
            _("Dùng chung"),
            lambda _user: [(YES, _("dùng chung")), ("khong", _("không dùng chung"))],
            lambda rows, value: rows.filter(is_shared=value == YES),
        ),
        RecordFilter(COST, _("Nguyên giá"), _cost_choices, _keep_worth),
        RecordFilter(
            "con-dung",
            _("Còn trong sổ tài sản"),
            lambda _user: [(YES, _("chưa thanh lý"))],
            lambda rows, _value: rows.exclude(state=EquipmentState.DISPOSED),
        ),
        RecordFilter(STATE, _("Trạng thái"), lambda _user: EquipmentState.choices, by_column("state")),
        OWN_OFFICE,
    ),
    workflow=EQUIPMENT_WORKFLOW,
    facts=(
        (_("Thiết bị"), ("model", "country", "year_made", "year_in_use", "cost_vnd")),
        (_("Sở hữu"), ("organisation", "laboratory", "location")),
        (
            _("Dùng chung"),
            ("is_shared", "shared_for", "sharing_terms", "shared_hours", "fee_per_hour_vnd", "published_at"),
        ),
    ),
    related=("organisation", "laboratory"),
    search_text=lambda row: f"{row.model} {row.country} {row.location} {row.source_note}",
    may_create=may_edit_party,
    enter=enter_equipment_values,
    entered=EQUIPMENT_FACTS,
    editable=EQUIPMENT_FACTS,
    may_edit=may_edit_party,
    import_row=importer(enter_equipment_values),
    page_template="parties/_equipment_page.html",
    page_context=equipment_page,
)
