"""The demonstration's nine-month report of 2021, frozen as it would have been then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from khcn.config.demo.facts import evening_of, known_since
from khcn.kernel.identity.models import Office, User
from khcn.kernel.indicators.models import ReportedValue, Target
from khcn.kernel.records.record import Provenance
from khcn.reporting.services.drafting import draft_report, enter_signed_report

PLANNED_ON = date(2021, 1, 8)
FROZEN_ON = date(2021, 9, 16)
NOTE = "Dữ liệu minh hoạ: kế hoạch và ước thực hiện do nhóm phát triển đặt ra."
TARGETS = {
    "policies.legal_documents_issued": "4",
    "policies.programmes_issued": "14",
    "transfer.projects_appraised": "15",
    "ip.titles_granted": "80",
}
ESTIMATES = {
    "policies.legal_documents_issued": "4",
    "policies.programmes_issued": "14",
    "transfer.projects_appraised": "18",
    "ip.titles_granted": "85",
}


def load(office: Office, people: Mapping[str, User]) -> None:
    """Set the year's targets and estimates, then enter the report as frozen two days after the cut-off."""
    for code, value in TARGETS.items():
        with known_since(PLANNED_ON, "nhập kế hoạch năm"):
            Target(
                office=office,
                indicator=code,
                period_kind="nine-month",
                year=2021,
                value=Decimal(value),
                source="Kế hoạch minh hoạ năm 2021",
                note=NOTE,
            ).save()
        with known_since(FROZEN_ON, "nhập ước thực hiện"):
            ReportedValue(
                office=office,
                indicator=code,
                period_kind="nine-month",
                year=2021,
                value=Decimal(ESTIMATES[code]),
                is_estimate=True,
                answered_by="Phòng phụ trách (minh hoạ)",
                source="Ước thực hiện minh hoạ",
                note=NOTE,
            ).save()
    with known_since(FROZEN_ON, "nhập báo cáo đã ký"):
        report = draft_report(office=office, kind="nine-month", year=2021, actor=people["giam-doc"], on=FROZEN_ON)
        report.provenance, report.source_note = (
            Provenance.ILLUSTRATIVE,
            "Báo cáo minh hoạ: lời văn và người ký không phải của văn bản thật.",
        )
        enter_signed_report(
            report=report, signed_on=FROZEN_ON, frozen_at=evening_of(FROZEN_ON), actor=people["giam-doc"]
        )
