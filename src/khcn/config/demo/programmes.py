"""Resolutions 01 and 57 as programmes: published numbers with their sources, and marked inventions beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from khcn.config.demo.facts import day, known_since, rows
from khcn.config.demo.registers import ILLUSTRATIVE
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.identity.models import Office, User
from khcn.kernel.records.record import Provenance
from khcn.parties.models import Organisation
from khcn.policies.models import Programme, ProgrammeTarget, TargetReport, TargetYear
from khcn.policies.services import ask_for_values
from khcn.policies.states import ProgrammeKind, ProgrammeState, ReportingPeriod, TargetReportState, TargetState

RESOLUTION_57 = "57-NQ/TW"
ASKED_ON = date(2026, 11, 2)


def load(office: Office, people: Mapping[str, User]) -> None:
    """Load the second resolution, the targets of both with their values, and what is asked of an agency now."""
    organisations = {one.title: one for one in Organisation.objects.of_office(office)}
    load_resolution(office)
    targets = load_targets(office, organisations)
    load_reports(office, organisations, targets)
    programme = Programme.objects.of_office(office).get(number=RESOLUTION_57)
    ask_for_values(
        programme=programme, year=ASKED_ON.year, period=ReportingPeriod.YEAR, actor=people["giam-doc"], on=ASKED_ON
    )


def load_resolution(office: Office) -> None:
    """Enter Resolution 57 of the Political Bureau, which sets targets but is no programme the department advised on."""
    with known_since(date(2025, 1, 9), "nhập nghị quyết theo nguồn công bố"):
        Programme(
            office=office,
            title="Đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
            number=RESOLUTION_57,
            kind=ProgrammeKind.PARTY_RESOLUTION,
            issued_on=date(2024, 12, 22),
            first_year=2025,
            last_year=2030,
            advised_by_department=False,
            state=ProgrammeState.CARRIED_OUT,
            provenance=Provenance.PUBLISHED,
            source_note="Nghị quyết của Bộ Chính trị; số liệu của tỉnh theo nguồn nêu ở từng chỉ tiêu."
            " Ngày 22/12/2024 chưa đối chiếu văn bản",
            confidentiality=Confidentiality.PUBLIC,
        ).save()


def load_targets(office: Office, organisations: Mapping[str, Organisation]) -> dict[str, ProgrammeTarget]:
    """Enter the targets with what they want each year, by wording."""
    found = {}
    programmes = {
        one.number: one for one in Programme.objects.of_office(office).filter(kind=ProgrammeKind.PARTY_RESOLUTION)
    }
    for row in rows("targets.csv"):
        with known_since(date.fromisoformat(row["known_on"]), "nhập chỉ tiêu"):
            target = ProgrammeTarget(
                office=office,
                programme=programmes[row["programme"]],
                title=row["title"],
                baseline=Decimal(row["baseline"]) if row["baseline"] else None,
                baseline_year=int(row["baseline_year"]) if row["baseline_year"] else None,
                owner_organisation=organisations[row["owner_organisation"]] if row["owner_organisation"] else None,
                source_note=row["source_note"] or ILLUSTRATIVE,
                state=TargetState.FOLLOWED,
                confidentiality=Confidentiality.PUBLIC,
                **{name: row[name] for name in ("mark", "unit", "direction", "owner", "source", "indicator")},
                provenance=row["provenance"],
            )
            target.save()
            for part in row["years"].split(";"):
                year, _, value = part.partition("=")
                TargetYear(target=target, year=int(year), value=Decimal(value) if value else None).save()
        found[target.title] = target
    return found


def load_reports(
    office: Office, organisations: Mapping[str, Organisation], targets: Mapping[str, ProgrammeTarget]
) -> None:
    """Enter the reported values, each known since it was reported; a corrected one stood until its correction."""
    replaced: dict[tuple[str, str], TargetReport] = {}
    for row in rows("target_reports.csv"):
        reported_on = day(row["reported_on"]) or ASKED_ON
        target = targets[row["target"]]
        key = (row["target"], f"{row['period']} {row['year']}")
        report = TargetReport(
            office=office,
            target=target,
            year=int(row["year"]),
            measured_on=date.fromisoformat(row["measured_on"]),
            reported_on=reported_on,
            value=Decimal(row["value"]),
            organisation=organisations[row["organisation"]] if row["organisation"] else None,
            source_note=row["source_note"] or ILLUSTRATIVE,
            state=row["state"] if row["state"] != TargetReportState.SUPERSEDED else TargetReportState.ACCEPTED,
            confidentiality=target.confidentiality,
            **{name: row[name] for name in ("period", "comparator", "evidence", "provenance")},
        )
        report.title = f"{target.title}: {report.get_period_display().lower()} {report.year}"
        with known_since(reported_on, "nhập số liệu chỉ tiêu"):
            if key in replaced:
                replaced[key].state = TargetReportState.SUPERSEDED
                replaced[key].save()
            report.save()
        if row["state"] == TargetReportState.SUPERSEDED:
            replaced[key] = report
