"""The registers of yearly figures as lists, record pages, imports and exports show them."""

from __future__ import annotations

from typing import Any

from khcn.kernel.records.registry import Column, RecordFilter, Register
from khcn.language.words import words as _
from khcn.parties.entry import enter_spending_values, enter_staffing_values, importer
from khcn.parties.filters import OWN_OFFICE, YEAR, by_column
from khcn.parties.models import ScienceSpending, ScienceStaffing
from khcn.parties.permissions import may_edit_figure
from khcn.parties.science_workflow import SPENDING_WORKFLOW, STAFFING_WORKFLOW
from khcn.parties.shared_columns import CODE, GROUP, NOTE, STATE_COLUMN
from khcn.parties.states import FigureState, FundingSource, SpendingItem
from khcn.parties.statistics_presenting import ITEM, SOURCE, STATE

WHOLE_ITEMS: dict[str, str] = {
    SpendingItem.RECURRENT: _("Chi sự nghiệp khoa học và công nghệ, mọi mục"),
    SpendingItem.STAFF_AND_OFFICE: _("Chi quỹ lương và hoạt động bộ máy, mọi mục"),
    SpendingItem.TASKS: _("Chi thực hiện nhiệm vụ khoa học và công nghệ, mọi mục"),
}


def _keep_within(rows: Any, value: str) -> Any:
    return rows.within(value)


PEOPLE_COUNTS = (
    "total",
    "women",
    "kinh",
    "minority",
    "foreign",
    "natural",
    "engineering",
    "medical",
    "agricultural",
    "social",
    "humanities",
    "other_field",
)
STAFFING = Register(
    model=ScienceStaffing,
    label=_("Nhân lực khoa học và công nghệ"),
    label_one=_("Số liệu nhân lực trong năm", "one"),
    group=GROUP,
    description=_("Số người làm khoa học và công nghệ của từng tổ chức cuối mỗi năm, theo các dòng của biểu 02CS."),
    columns=(
        CODE,
        Column("title", _("Nội dung")),
        Column("organisation", _("Tổ chức báo cáo"), importable=True, required=True, key=True),
        Column("year", _("Năm báo cáo"), importable=True, required=True, key=True),
        *(
            Column(name, importable=True, numeric=True, wide=name in {"total", "women"}, required=name == "total")
            for name in PEOPLE_COUNTS
        ),
        STATE_COLUMN,
        NOTE,
    ),
    filters=(
        YEAR,
        RecordFilter(STATE, _("Trạng thái"), lambda _user: FigureState.choices, by_column("state")),
        OWN_OFFICE,
    ),
    workflow=STAFFING_WORKFLOW,
    facts=(
        (_("Báo cáo"), ("organisation", "year", "total", "women")),
        (_("Chia theo quốc tịch, dân tộc"), ("kinh", "minority", "foreign")),
        (_("Chia theo lĩnh vực"), PEOPLE_COUNTS[5:]),
    ),
    related=("organisation",),
    may_create=may_edit_figure,
    enter=enter_staffing_values,
    entered=("organisation", "year", *PEOPLE_COUNTS, "source_note"),
    editable=(*PEOPLE_COUNTS, "source_note"),
    may_edit=may_edit_figure,
    import_row=importer(enter_staffing_values),
)
SPENDING = Register(
    model=ScienceSpending,
    label=_("Chi cho khoa học và công nghệ"),
    label_one=_("Khoản chi trong năm", "one"),
    group=GROUP,
    description=_("Số tiền từng tổ chức đã chi mỗi năm, theo mục của biểu 03CS và nguồn kinh phí, triệu đồng."),
    columns=(
        CODE,
        Column("title", _("Nội dung")),
        Column("organisation", _("Tổ chức báo cáo"), importable=True, required=True, key=True),
        Column("year", _("Năm báo cáo"), importable=True, required=True, key=True),
        Column(
            "item",
            _("Mục chi"),
            wide=False,
            importable=True,
            required=True,
            key=True,
            also=("Khoản chi", "Nội dung chi"),
        ),
        Column("source", _("Nguồn kinh phí"), importable=True, required=True, key=True, also=("Nguồn vốn",)),
        Column("amount_million", _("Số tiền, triệu đồng"), importable=True, required=True, numeric=True),
        STATE_COLUMN,
        NOTE,
    ),
    filters=(
        YEAR,
        RecordFilter(
            ITEM,
            _("Mục chi"),
            lambda _user: [(value, WHOLE_ITEMS.get(value, label)) for value, label in SpendingItem.choices],
            _keep_within,
        ),
        RecordFilter(SOURCE, _("Nguồn kinh phí"), lambda _user: FundingSource.choices, by_column("source")),
        RecordFilter(STATE, _("Trạng thái"), lambda _user: FigureState.choices, by_column("state")),
        OWN_OFFICE,
    ),
    workflow=SPENDING_WORKFLOW,
    facts=((_("Khoản chi"), ("organisation", "year", "item", "source", "amount_million")),),
    related=("organisation",),
    may_create=may_edit_figure,
    enter=enter_spending_values,
    entered=("organisation", "year", "item", "source", "amount_million", "source_note"),
    # The item is in the title and decides what is counted twice: a wrong one is withdrawn and entered anew.
    editable=("amount_million", "source", "source_note"),
    may_edit=may_edit_figure,
    import_row=importer(enter_spending_values),
)
