"""The registers of targets and of the values reported for them."""

from __future__ import annotations

from typing import Any

from khcn.kernel.records.registry import Column, RecordFilter, Register
from khcn.policies.models import ProgrammeTarget, TargetReport
from khcn.policies.services import import_report, import_target
from khcn.policies.states import ReportingPeriod, TargetReportState, TargetState
from khcn.policies.target_pages import target_page
from khcn.policies.target_workflow import TARGET_REPORT_WORKFLOW, TARGET_WORKFLOW

GROUP = "Văn bản, chương trình, kế hoạch"
YEARS = [(str(year), str(year)) for year in range(2030, 2014, -1)]


def _by(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _of_year(rows: Any, year: str) -> Any:
    return rows.filter(years__year=year).distinct()


TARGETS = Register(
    model=ProgrammeTarget,
    label="Chỉ tiêu của chương trình",
    label_one="Chỉ tiêu của chương trình",
    group=GROUP,
    description="Chỉ tiêu của các chương trình, nghị quyết: đích từng năm, cơ quan chịu trách nhiệm, nguồn.",
    columns=(
        Column("code", "Mã hồ sơ", key=True, importable=True),
        Column("title", "Chỉ tiêu", importable=True, required=True, key=True),
        Column("programme", "Chương trình", importable=True, required=True, key=True),
        Column("unit", "Đơn vị", importable=True),
        Column("owner_organisation", "Cơ quan chịu trách nhiệm", importable=True),
        Column("state", "Trạng thái"),
        Column("years_text", "Đích từng năm", wide=False, importable=True),
        Column("mark", "Ký hiệu trong văn bản", wide=False, importable=True),
        Column("direction", "Chiều so sánh", wide=False, importable=True),
        Column("baseline", "Giá trị gốc", wide=False, importable=True),
        Column("baseline_year", "Năm gốc", wide=False, importable=True),
        Column("owner", "Đơn vị chịu trách nhiệm, theo văn bản", wide=False, importable=True),
        Column("source", "Mục trong văn bản", wide=False, importable=True),
        Column("method", "Cách tính", wide=False, importable=True),
        Column("source_note", "Nguồn", wide=False, importable=True),
    ),
    filters=(
        RecordFilter("nam", "Năm", lambda _user: YEARS, _of_year),
        RecordFilter("trang-thai", "Trạng thái", lambda _user: TargetState.choices, _by("state")),
    ),
    workflow=TARGET_WORKFLOW,
    facts=(
        ("Chỉ tiêu", ("programme", "mark", "unit", "direction", "baseline", "baseline_year", "method")),
        ("Trách nhiệm, nguồn", ("owner_organisation", "owner", "source")),
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
    label="Số liệu chỉ tiêu",
    label_one="Số liệu chỉ tiêu",
    group=GROUP,
    description="Số liệu các cơ quan báo cáo cho từng chỉ tiêu, từng kỳ, kèm minh chứng; đính chính là dòng mới.",
    date_field="measured_on",
    columns=(
        Column("code", "Mã hồ sơ"),
        Column("title", "Nội dung", importable=True, required=True),
        Column("target", "Chỉ tiêu", wide=False, importable=True, required=True, key=True),
        Column("period", "Kỳ", importable=True, key=True),
        Column("year", "Năm", importable=True, required=True, key=True),
        Column("value", "Giá trị", importable=True, required=True, key=True),
        Column("organisation", "Cơ quan báo cáo", importable=True),
        Column("state", "Trạng thái"),
        Column("measured_on", "Số liệu đến ngày", wide=False, importable=True, required=True, key=True),
        Column("reported_on", "Ngày báo cáo", wide=False, importable=True, required=True),
        Column("comparator", "So sánh", wide=False, importable=True),
        Column("evidence", "Minh chứng", wide=False, importable=True, required=True),
        Column("source_note", "Nguồn", wide=False, importable=True),
    ),
    filters=(
        RecordFilter("nam", "Năm", lambda _user: YEARS, _by("year")),
        RecordFilter("ky", "Kỳ", lambda _user: ReportingPeriod.choices, _by("period")),
        RecordFilter("trang-thai", "Trạng thái", lambda _user: TargetReportState.choices, _by("state")),
    ),
    workflow=TARGET_REPORT_WORKFLOW,
    facts=(
        ("Số liệu", ("target", "year", "period", "value", "comparator", "measured_on")),
        ("Báo cáo", ("organisation", "reported_on", "reported_by", "evidence")),
    ),
    related=("target", "organisation"),
    import_row=import_report,
    search_text=lambda row: f"{row.evidence} {row.source_note}",
)
