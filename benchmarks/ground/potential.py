"""Fill the registers of potential with invented CVs and yearly figures, as many as go with so many tasks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

ON, BATCH = date(2022, 3, 1), 2_000
FIRST_YEAR, YEARS = 2013, 10
TASKS_A_PERSON, TASKS_AN_ORGANISATION = 2, 100
"""Over ten years a scientist leads about two tasks, and an organisation carries out a hundred."""
ITEMS = ("1", "2.1.1", "2.1.2", "2.2", "2.3.2", "2.3.3", "2.3.4", "2.4", "2.6", "3")
SOURCES = ("NSTW", "NSDP", "DN", "DH", "NN", "K")
SEXES, ORIGINS, DEGREES = ("nu", "nam", ""), ("kinh", "thieu-so", "nuoc-ngoai", ""), ("TS", "ThS", "DH", "CD", "", "K")


def fill(tasks: int) -> Any:
    """Write the people and organisations that go with so many tasks; return a specialist of their office.

    Some rows are confidential, withdrawn or of another office; some people say neither sex nor origin nor field.
    """
    from khcn.kernel.classifications.models import Classification
    from khcn.kernel.classifications.services import load_classifications
    from khcn.kernel.identity.models import Division, Office
    from khcn.kernel.rulebook.services import load_shipped_rules

    load_shipped_rules()
    load_classifications()
    said = {"short_name": "S", "symbol": "S", "parent_name": "U", "seat": "T"}
    offices = [Office.objects.create(code=code, name=f"S {code}", **said) for code in ("TN", "BK")]
    divisions = [Division.objects.create(office=offices[0], code=code, name=code) for code in ("A", "B")]
    fields = [None, *Classification.objects.filter(scheme__startswith="research-field").order_by("pk")]
    organisations = _organisations(offices, max(2, tasks // TASKS_AN_ORGANISATION))
    _people(offices, divisions, fields, max(2, tasks // TASKS_A_PERSON))
    _figures(organisations)
    return _reader(offices[0], divisions[0])


def _reader(office: Any, division: Any) -> Any:
    from khcn.kernel.access.roles import Role
    from khcn.kernel.identity.models import RoleGrant, User

    user = User.objects.create_user("cv", None, full_name="Chuyên viên", office=office, division=division)
    RoleGrant.objects.create(
        user=user, role=Role.SPECIALIST, office=office, division=division, valid_from=date(2010, 1, 1)
    )
    return user.act_on(ON)


def _write(rows: Any) -> None:
    from khcn.kernel.records.bulk import write_new
    from khcn.kernel.records.recording import recording

    with recording(actor=None, verb="fill", label="fill", on=ON, imported=True):
        write_new(rows)


def _kept(number: int, offices: Any, divisions: Any = (None,)) -> dict[str, Any]:
    """Return whose a row is and who may know of it, by its number."""
    elsewhere = len(offices) > 1 and number % 20 == 1
    said: dict[str, Any] = {"office": offices[elsewhere], "provenance": "imported"}
    if not elsewhere:
        said["division"] = divisions[number % len(divisions)]
    if not number % 13:
        said["confidentiality"] = "confidential"
    if not number % 17:
        said |= {"withdrawn_on": ON, "withdrawal_reason": "nhập nhầm"}
    return said


def _organisations(offices: Any, count: int) -> list[Any]:
    from khcn.parties.models import Organisation

    made = [
        Organisation(
            office=offices[0], code=f"TC-2014-{number:06d}", title=f"Tổ chức {number}", state="active", kind="research"
        )
        for number in range(count)
    ]
    for start in range(0, count, BATCH):
        _write(made[start : start + BATCH])
    return made


def _people(offices: Any, divisions: Any, fields: Any, count: int) -> None:
    from khcn.parties.models import Person, ScientistPrivate, ScientistProfile

    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        people = [
            Person(office=offices[0], code=f"CN-2014-{number:06d}", title=f"Người {number}", state="active")
            for number in numbers
        ]
        _write(people)
        profiles = [
            ScientistProfile(
                person=person,
                code=f"LLKH-2014-{number:06d}",
                title=person.title,
                state="kept" if number % 11 else "closed",
                field=fields[number % len(fields)],
                qualification=DEGREES[number % len(DEGREES)],
                updated_on=ON,
                **_kept(number, offices, divisions),
            )
            for person, number in zip(people, numbers, strict=True)
        ]
        _write(profiles)
        private = [
            ScientistPrivate(profile=profile, sex=SEXES[number % 3], origin=ORIGINS[number // 3 % 4])
            for profile, number in zip(profiles, numbers, strict=True)
            if number % 9
        ]
        ScientistPrivate.objects.bulk_create(private, batch_size=500)


def _figures(organisations: list[Any]) -> None:
    """Write of every organisation and year its people, and what it spent on every item from one source."""
    number = 0
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        for start in range(0, len(organisations), BATCH // len(ITEMS)):
            some = organisations[start : start + BATCH // len(ITEMS)]
            _write([_staffing(one, year, number + place) for place, one in enumerate(some)])
            _write([_spending(one, year, item, number + place) for place, one in enumerate(some) for item in ITEMS])
            number += len(some)


def _staffing(organisation: Any, year: int, number: int) -> Any:
    from khcn.parties.models import ScienceStaffing

    counts = {name: (number * step) % 9 for step, name in enumerate(("natural", "engineering", "medical"), start=2)}
    total = sum(counts.values()) + number % 4
    foreign = total // 10
    kept = _kept(number, [organisation.office])
    return ScienceStaffing(
        organisation=organisation,
        year=year,
        code=f"NLKH-{year}-{number:07d}",
        title=f"Nhân lực năm {year}",
        state="entered" if number % 2 else "confirmed",
        total=total,
        women=total // 3,
        kinh=total - foreign - total // 5,
        minority=total // 5,
        foreign=foreign,
        other_field=number % 4,
        **counts,
        **kept,
    )


def _spending(organisation: Any, year: int, item: str, number: int) -> Any:
    from khcn.parties.models import ScienceSpending

    place = number * len(ITEMS) + ITEMS.index(item)
    return ScienceSpending(
        organisation=organisation,
        year=year,
        item=item,
        source=SOURCES[place % len(SOURCES)],
        code=f"CKH-{year}-{place:07d}",
        title=f"{item}, năm {year}",
        state="entered",
        amount_million=Decimal(place % 977) + Decimal("0.5"),
        **_kept(place, [organisation.office]),
    )
