"""Make CVs, laboratories, equipment and yearly figures by walking their services."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.shipped import RESEARCH_FIELD
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.parties.models import (
    Equipment,
    EquipmentBooking,
    Laboratory,
    Organisation,
    Person,
    ScienceSpending,
    ScienceStaffing,
    ScientistProfile,
)
from khcn.parties.services.figures import enter_spending, enter_staffing
from khcn.parties.services.infrastructure import enter_equipment, enter_laboratory
from khcn.parties.services.science import enter_profile
from khcn.parties.services.sharing import request_booking
from khcn.parties.tests.factories import make_organisation, make_person

DAY = date(2021, 9, 24)
FIELDS = (("1", "Khoa học tự nhiên"), ("104", "Hoá học"), ("10401", "Hoá vô cơ"), ("401", "Trồng trọt"))
ORCID = "0000-0002-1825-0097"


def make_rules() -> None:
    """Load the shipped rules and a few research fields, valid until 14 December 2025, and one of seven digits."""
    load_shipped_rules()
    for code, name in (*FIELDS, ("1040101", "Hoá vô cơ hẹp")):
        Classification.objects.create(scheme=RESEARCH_FIELD, code=code, name=name, valid_to=date(2025, 12, 14))


def end_rule(key: str, *, actor: Any) -> None:
    """Let a rule have ended long ago."""
    rule = Rule.objects.get(key=key)
    rule.valid_to = date(2020, 1, 1)
    with recording(actor=actor, verb="end", label="hết hiệu lực"):
        rule.save()


def make_profile(
    name: str = "Tô Văn Hạ", *, actor: Any, field: str = "", person: Person | None = None, **values: Any
) -> ScientistProfile:
    """Return a CV of a person of the actor's office, updated on the day it is entered."""
    said = {"updated_on": DAY, **values}
    known = person or make_person(name, actor=actor)
    profile = ScientistProfile(office=actor.office, person=known, **said)
    return enter_profile(profile=profile, field=field, actor=actor, on=max(DAY, said["updated_on"]))


def make_laboratory(
    title: str = "Phòng phân tích",
    *,
    actor: Any,
    organisation: Organisation | None = None,
    field: str = "",
    **values: Any,
) -> Laboratory:
    """Return a laboratory of an organisation."""
    owner = organisation or make_organisation("Viện mẫu", actor=actor)
    laboratory = Laboratory(office=actor.office, title=title, organisation=owner, **values)
    return enter_laboratory(laboratory=laboratory, field=field, actor=actor, on=DAY)


def make_equipment(
    title: str = "Máy sắc ký", *, actor: Any, organisation: Organisation | None = None, **values: Any
) -> Equipment:
    """Return a piece of equipment of an organisation."""
    owner = organisation or make_organisation("Viện mẫu", actor=actor)
    device = Equipment(office=actor.office, title=title, organisation=owner, **values)
    return enter_equipment(equipment=device, actor=actor, on=DAY)


def make_staffing(organisation: Organisation, year: int = 2020, *, actor: Any, **values: int) -> ScienceStaffing:
    """Return the people of an organisation in a year: as many Kinh and natural scientists as there are, if not said."""
    total = values.pop("total", 10)
    said = {"women": 4, "kinh": total, "natural": total, **values}
    staffing = ScienceStaffing(office=actor.office, organisation=organisation, year=year, total=total, **said)
    return enter_staffing(staffing=staffing, actor=actor, on=DAY)


def make_spending(
    organisation: Organisation, item: str, amount: str = "100", *, actor: Any, year: int = 2020, source: str = "NSDP"
) -> ScienceSpending:
    """Return what an organisation spent on an item."""
    spending = ScienceSpending(office=actor.office, organisation=organisation, year=year, item=item, source=source)
    spending.amount_million = Decimal(amount)
    return enter_spending(spending=spending, actor=actor, on=DAY)


def make_shared(title: str = "Máy quang phổ", *, actor: Any, **values: Any) -> Equipment:
    """Return a piece of equipment that others may use, for 200.000 đồng an hour if not said otherwise."""
    said = {"is_shared": True, "fee_per_hour_vnd": 200_000, "confidentiality": Confidentiality.PUBLIC, **values}
    return make_equipment(title, actor=actor, **said)


def make_booking(equipment: Equipment, first: datetime, hours: int = 2, *, actor: Any, **values: Any) -> Any:
    """Return a booking that was asked for on the day before it starts."""
    said = {"user_name": "Người dùng mẫu", "purpose": "Phân tích mẫu", **values}
    span = {"starts_at": first, "ends_at": first + timedelta(hours=hours)}
    booking = EquipmentBooking(equipment=equipment, **span, **said)
    before = first - timedelta(days=1)
    return request_booking(booking=booking, actor=actor, on=before.date(), at=before)
