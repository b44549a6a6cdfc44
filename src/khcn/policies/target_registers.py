"""The registers of targets and of the values reported for them."""

from __future__ import annotations

from typing import Any

from khcn.kernel.records.registry import Column, RecordFilter, Register
from khcn.language.words import words as _
from khcn.policies.models import ProgrammeTarget, TargetReport
from khcn.policies.services import import_report, import_target
from khcn.policies.states import ReportingPeriod, TargetReportState, TargetState
from khcn.policies.target_pages import target_page
from khcn.policies.target_workflow import TARGET_REPORT_WORKFLOW, TARGET_WORKFLOW

GROUP = _("Văn bản, chương trình, kế hoạch")
YEARS = [(str(year), str(year)) for year in range(2030, 2014, -1)]


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _of_year(rows: Any, year: str) -> Any:
    return rows.filter(years__year=year).distinct()


TARGETS = Register(
    model=ProgrammeTarget,
    label=_("Chỉ tiêu của chương trình"),
    label_one=_("Chỉ tiêu của chương trình", "one"),
    group=GROUP,
    description=_("Chỉ tiêu của các chương trình, nghị quyết: đích từng năm, cơ quan chịu trách nhiệm, nguồn."),
    columns=(
        Column("code", _("Mã hồ sơ"), key=True, importable=True),
        Column("title", _("Chỉ tiêu"), importable=True, required=True, key=True),
        Column("programme", _("Chương trình"), importable=True, required=True, key=True),
        Column("unit", _("Đơn vị"), importable=True),
        Column("owner_organisation", _("Cơ quan chịu trách nhiệm"), importable=True),
        Column("state", _("Trạng thái")),
        Column("years_text", _("Đích từng năm"), wide=False, importable=True),
        Column("mark", _("Ký hiệu trong văn bản"), wide=False, importable=True),
        Column("direction", _("Chiều so sánh"), wide=False, importable=True),
        Column("baseline", _("Giá trị gốc"), wide=False, importable=True),
        Column("baseline_year", _("Năm gốc"), wide=False, importable=True),
        Column("owner", _("Đơn vị chịu trách nhiệm, theo văn bản"), wide=False, importable=True),
        Column("source", _("Mục trong văn bản"), wide=False, importable=True),
        Column("method", _("Cách tính"), wide=False, importable=True),
        Column("source_note", _("Nguồn"), wide=False, importable=True),
    ),
    filters=(
        RecordFilter("nam", _("Năm"), lambda _user: YEARS, _of_year),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: TargetState.choices, _by("state")),
    ),
    workflow=TARGET_WORKFLOW,
    facts=(
        (_("Chỉ tiêu"), ("programme", "mark", "unit", "direction", "baseline", "baseline_year", "method")),
        (_("Trách nhiệm, nguồn"), ("owner_organisation", "owner", "source")),
    ),
    parts=("years",),
    related=("programme", "owner_organisation", "years"),
    import_row=import_target,
    page_template="policies/_target.html",
    page_context=target_page,
    search_text=lambda row: f"{row.owner} {row.source} {row.source_note}",
)
# No code and no state come in with a sheet: another value of a period is another report, which someone accepts.
TARGET_REPORTS = Register(
    model=TargetReport,
    label=_("Số liệu chỉ tiêu"),
    label_one=_("Số liệu chỉ tiêu", "one"),
    group=GROUP,
    description=_("Số liệu các cơ quan báo cáo cho từng chỉ tiêu, từng kỳ, kèm minh chứng; đính chính là dòng mới."),
    date_field="measured_on",
    columns=(
        Column("code", _("Mã hồ sơ")),
        Column("title", _("Nội dung"), importable=True, required=True),
        Column("target", _("Chỉ tiêu"), wide=False, importable=True, required=True, key=True),
        Column("period", _("Kỳ"), importable=True, key=True),
        Column("year", _("Năm"), importable=True, required=True, key=True),
        Column("value", _("Giá trị"), importable=True, required=True, key=True),
        Column("organisation", _("Cơ quan báo cáo"), importable=True),
        Column("state", _("Trạng thái")),
        Column("measured_on", _("Số liệu đến ngày"), wide=False, importable=True, required=True, key=True),
        Column("reported_on", _("Ngày báo cáo"), wide=False, importable=True, required=True),
        Column("comparator", _("So sánh"), wide=False, importable=True),
        Column("evidence", _("Minh chứng"), wide=False, importable=True, required=True),
        Column("source_note", _("Nguồn"), wide=False, importable=True),
    ),
    filters=(
        RecordFilter("nam", _("Năm"), lambda _user: YEARS, _by("year")),
        RecordFilter("ky", _("Kỳ"), lambda _user: ReportingPeriod.choices, _by("period")),
        RecordFilter("trang-thai", _("Trạng thái"), lambda _user: TargetReportState.choices, _by("state")),
    ),
    workflow=TARGET_REPORT_WORKFLOW,
    facts=(
        (_("Số liệu"), ("target", "year", "period", "value", "comparator", "measured_on")),
        (_("Báo cáo"), ("organisation", "reported_on", "reported_by", "evidence")),
    ),
    related=("target", "organisation"),
    import_row=import_report,
    search_text=lambda row: f"{row.evidence} {row.source_note}",
)
