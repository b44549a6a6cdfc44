"""Make offices, divisions, people with roles, and records of the exemplar register, without knowing its module."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Division, Office, RoleGrant, User
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.workflow.services import enter, perform

TODAY = date(2021, 9, 24)
TITLES = "protection-title"


def make_office(code: str = "TN") -> Office:
    """Return the office of that code, made if need be."""
    office, _ = Office.objects.get_or_create(
        code=code,
        defaults={
            "name": f"Sở Khoa học và Công nghệ {code}",
            "short_name": "Sở KH&CN",
            "symbol": "SKHCN",
            "parent_name": "Ủy ban nhân dân tỉnh",
            "seat": "Thái Nguyên",
        },
    )
    return office


def make_division(office: Office | None = None, code: str = "QLCN") -> Division:
    """Return a division of the office, made if need be."""
    division, _ = Division.objects.get_or_create(
        office=office or make_office(), code=code, defaults={"name": f"Phòng {code}"}
    )
    return division


def make_user(
    *roles: Role,
    username: str = "",
    division: Division | None = None,
    office: Office | None = None,
    password: str | None = None,
) -> User:
    """Return a person who holds the roles since 2020."""
    home = office or (division.office if division else make_office())
    name = username or "-".join([*roles, division.code if division else "so"]) or "khach"
    user = User.objects.create_user(name, password, full_name=f"Người {name}", office=home, division=division)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, office=home, division=division, valid_from=date(2020, 1, 1))
    return user.act_on(TODAY)


def make_title(
    title: str = "Nhãn hiệu mẫu",
    *,
    actor: Any = None,
    on: date = TODAY,
    known_from: datetime | None = None,
    **values: Any,
) -> Any:
    """Return an application entered in the exemplar register, «filed»."""
    found = register(TITLES)
    record = found.model(**{"office": make_office(), "kind": "mark", "title": title, **values})  # type: ignore[misc]  # the fields of the register
    with recording(actor=actor, verb="make", label="lập", on=on, known_from=known_from):
        return enter(found.workflow, record, actor=actor, on=on)


def make_granted_title(title: str, *, number: str, granted_on: date, actor: Any, **values: Any) -> Any:
    """Return a title that was granted, having walked its workflow."""
    record = make_title(title, actor=actor, title_number=number, granted_on=granted_on, **values)
    return perform(register(TITLES).workflow, "grant", record, actor=actor, on=granted_on)


def instant(day: date, hour: int = 12) -> datetime:
    """Return an aware instant of a local day."""
    naive = datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001 (made aware below)
    return timezone.make_aware(naive)
