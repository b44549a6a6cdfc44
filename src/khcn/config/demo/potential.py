"""The demonstration's potential: invented scientists, laboratories, equipment and yearly figures, each marked so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from khcn.config.demo.facts import known_since
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.identity.models import Office, User
from khcn.kernel.records.record import Provenance
from khcn.parties.models import (
    CareerEntry,
    Equipment,
    Laboratory,
    Organisation,
    Person,
    ProfileLanguage,
    Publication,
    ScienceOrganisation,
    ScienceSpending,
    ScienceStaffing,
    ScientistProfile,
)
from khcn.parties.services import enter_organisation, enter_person
from khcn.parties.services.figures import enter_spending, enter_staffing
from khcn.parties.services.infrastructure import enter_equipment, enter_laboratory
from khcn.parties.services.science import (
    add_to_cv,
    describe_organisation,
    enter_profile,
    keep_private,
    record_consent,
)
from khcn.parties.states import (
    AcademicTitle,
    EconomicType,
    FoundingLevel,
    FundingSource,
    OrganisationKind,
    OrganisationType,
    Origin,
    Qualification,
    Sex,
    SpendingItem,
)

INVENTED = "Dữ liệu minh hoạ: người, tổ chức, thiết bị và số liệu đều do nhóm phát triển đặt ra."
ENTERED_ON = date(2025, 11, 3)
YEARS = (2024, 2025)
# Name, sex, origin, qualification, title, field, post, last updated.
SCIENTISTS = (
    (
        "Lương Thị Minh Hoạ",
        Sex.FEMALE,
        Origin.MINORITY,
        Qualification.DOCTOR,
        AcademicTitle.ASSOCIATE,
        "401",
        "2025-9-15",
    ),
    ("Đỗ Minh Hoạ", Sex.MALE, Origin.KINH, Qualification.DOCTOR, "", "104", "2025-6-2"),
    ("Ngô Thị Minh Hoạ", Sex.FEMALE, Origin.KINH, Qualification.MASTER, "", "202", "2023-3-20"),
    ("Bế Văn Minh Hoạ", Sex.MALE, Origin.MINORITY, Qualification.BACHELOR, "", "", "2022-10-5"),
)
DEVICES = (
    ("Máy sắc ký lỏng khối phổ (minh hoạ)", 4_850_000_000, True),
    ("Kính hiển vi điện tử quét (minh hoạ)", 6_200_000_000, True),
    ("Tủ sấy chân không (minh hoạ)", 185_000_000, False),
)
PEOPLE = {"total": 64, "women": 31, "kinh": 45, "minority": 18, "foreign": 1}
FIELDS = {"natural": 8, "engineering": 12, "medical": 4, "agricultural": 32, "social": 6, "humanities": 2}
SPENT = (
    (SpendingItem.INVESTMENT, FundingSource.LOCAL, "3200"),
    (SpendingItem.WAGES, FundingSource.LOCAL, "7450.5"),
    (SpendingItem.OFFICE, FundingSource.LOCAL, "1280"),
    (SpendingItem.PROVINCE_TASKS, FundingSource.LOCAL, "4620"),
    (SpendingItem.MINISTRY_TASKS, FundingSource.CENTRAL, "2100"),
    (SpendingItem.CAPACITY, FundingSource.ENTERPRISE, "650"),
)


def load(office: Office, people: Mapping[str, User]) -> None:
    """Load an institute with its certificate, then what it has and reports."""
    acting: dict[str, Any] = {"actor": people["chuyen-vien"], "on": ENTERED_ON}
    with known_since(ENTERED_ON, "nhập tiềm lực minh hoạ"):
        institute = Organisation(title="Viện nghiên cứu minh hoạ Trung du", **_said(office))
        institute.kind = OrganisationKind.RESEARCH
        enter_organisation(organisation=institute, **acting)
        _describe(institute, acting)
        _load_scientists(office, institute, acting)
        _load_devices(office, institute, acting)
        for year in YEARS:
            _load_figures(office, institute, year, acting)


def _said(office: Office) -> dict[str, Any]:
    return {"office": office, "provenance": Provenance.ILLUSTRATIVE, "source_note": INVENTED}


def _describe(institute: Organisation, acting: dict[str, Any]) -> None:
    facts = ScienceOrganisation(
        organisation=institute,
        kind=OrganisationType.RESEARCH,
        founding_level=FoundingLevel.PROVINCE,
        economic_type=EconomicType.STATE,
        certificate_number="MH-01/ĐK-KHCN",
        certificate_on=date(2022, 1, 20),
        certificate_issuer="Sở Khoa học và Công nghệ (minh hoạ)",
        certificate_until=date(2027, 1, 19),
        assets_million=86_500,
        laboratory_count=2,
    )
    describe_organisation(facts=facts, field="401", **acting)


def _load_scientists(office: Office, institute: Organisation, acting: dict[str, Any]) -> None:
    for name, sex, origin, qualification, title, field, updated in SCIENTISTS:
        person = enter_person(person=Person(title=name, **_said(office)), **acting)
        year, month, day = map(int, updated.split("-"))
        profile = ScientistProfile(
            person=person,
            organisation=institute,
            post="Nghiên cứu viên (minh hoạ)",
            qualification=qualification,
            qualification_year=2012,
            qualification_place="Trường đại học minh hoạ",
            academic_title=title,
            updated_on=date(year, month, day),
            **_said(office),
        )
        enter_profile(profile=profile, field=field, **acting)
        keep_private(profile=profile, sex=sex, origin=origin, **acting)
    _fill_first(ScientistProfile.objects.get(person__title=SCIENTISTS[0][0]), acting)


def _fill_first(profile: ScientistProfile, acting: dict[str, Any]) -> None:
    for part in (
        ProfileLanguage(profile=profile, language="Tiếng Anh", level="C1"),
        CareerEntry(profile=profile, first_year=2008, last_year=2016, post="Giảng viên", employer="Trường minh hoạ"),
        CareerEntry(profile=profile, first_year=2016, post="Trưởng phòng", organisation=profile.organisation),
        Publication(profile=profile, title="Công bố minh hoạ về giống chè", year=2021, venue="Tạp chí minh hoạ"),
    ):
        add_to_cv(part=part, **acting)
    record_consent(profile=profile, consented_on=ENTERED_ON, note="Phiếu đồng ý minh hoạ", **acting)
    profile.confidentiality = Confidentiality.PUBLIC
    profile.save()


def _load_devices(office: Office, institute: Organisation, acting: dict[str, Any]) -> None:
    laboratory = Laboratory(title="Phòng phân tích minh hoạ", organisation=institute, **_said(office))
    enter_laboratory(laboratory=laboratory, field="104", **acting)
    for number, (name, cost, shared) in enumerate(DEVICES, start=1):
        terms = {"shared_for": "Tổ chức, doanh nghiệp trong tỉnh", "shared_hours": 400, "fee_per_hour_vnd": 350_000}
        device = Equipment(
            title=name,
            organisation=institute,
            laboratory=laboratory,
            model=f"MH-{number}",
            country="Nước minh hoạ",
            year_made=2018,
            year_in_use=2019,
            cost_vnd=cost,
            is_shared=shared,
            **(terms if shared else {}),
            **_said(office),
        )
        enter_equipment(equipment=device, **acting)


def _load_figures(office: Office, institute: Organisation, year: int, acting: dict[str, Any]) -> None:
    staffing = ScienceStaffing(organisation=institute, year=year, **PEOPLE, **FIELDS, **_said(office))
    enter_staffing(staffing=staffing, **acting)
    for item, source, amount in SPENT:
        spending = ScienceSpending(organisation=institute, year=year, item=item, source=source, **_said(office))
        spending.amount_million = Decimal(amount)
        enter_spending(spending=spending, **acting)
