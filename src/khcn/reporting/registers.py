"""The register of period reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from khcn.kernel.pages.rail import RailItem, add_rail_item
from khcn.kernel.records.registry import Column, Register, add_register
from khcn.kernel.rulebook.uses import add_kept_source, declare_use
from khcn.kernel.sharing.registry import add_shareable
from khcn.kernel.workflow.table import add_workflow
from khcn.language.words import words as _
from khcn.reporting.models import PeriodReport
from khcn.reporting.permissions import may_read_reports, may_see_report_differences
from khcn.reporting.shared_page import shared_report
from khcn.reporting.workflow import REPORT_WORKFLOW

REPORTS = Register(
    model=PeriodReport,
    label=_("Báo cáo kỳ"),
    label_one=_("Báo cáo kỳ", "one"),
    group=_("Báo cáo", "menu"),
    description=_("Báo cáo của Sở theo kỳ, lập từ các chỉ số."),
    date_field="period_last",
    columns=(
        Column("code", _("Mã hồ sơ"), key=True),
        Column("title", _("Tên báo cáo")),
        Column("year", _("Năm")),
        Column("period_first", _("Số liệu từ ngày")),
        Column("period_last", _("Đến hết ngày")),
        Column("number", _("Số, ký hiệu")),
        Column("state", _("Trạng thái")),
    ),
    workflow=REPORT_WORKFLOW,
    facts=(
        (
            _("Báo cáo"),
            (
                "kind",
                "year",
                "period_first",
                "period_last",
                "period_rule",
                "number",
                "signed_on",
                "signed_by",
                "frozen_at",
            ),
        ),
    ),
    parts=("sections",),
    related=("period_rule", "signed_by"),
    may_see_lateness=may_see_report_differences,
)
add_register(REPORTS)
add_workflow(REPORT_WORKFLOW)
add_shareable(shared_report())
add_rail_item(
    RailItem(label=_("Báo cáo", "menu"), url_name="reporting:index", icon="report", order=30, may=may_read_reports)
)


def _reports_under(rule: int, reader: Any) -> Iterator[str]:
    """Name the reports cut off by a row of the rulebook: each keeps the days it was made for."""
    for report in PeriodReport.objects.visible_to(reader).filter(period_rule_id=rule).order_by("code"):
        frozen = _("số liệu đã chốt") if report.frozen_at else _("đang soạn, giữ kỳ số liệu lúc lập")
        yield f"{report.code} · {report.title}: {report.period.days}; {frozen}"


add_kept_source(_reports_under)
declare_use(
    "report.submit-within", _("Báo cáo kỳ: hạn gửi tính từ ngày cuối kỳ số liệu, ở Việc cần làm và lịch đăng ký")
)
