"""Make organisations and people by walking their services."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.access.roles import Role
from khcn.kernel.tests.factories import make_office, make_user
from khcn.parties.models import AgencyAccount, Organisation, Person, PersonRole
from khcn.parties.services import enter_organisation, enter_person, give_role, link_account

DAY = date(2021, 1, 4)


def make_organisation(title: str = "Hợp tác xã mẫu", *, actor: Any, **values: Any) -> Organisation:
    """Return an organisation of the actor's office."""
    return enter_organisation(
        organisation=Organisation(office=actor.office, title=title, **values), actor=actor, on=DAY
    )


def make_person(title: str = "Người Mẫu", *, actor: Any, **values: Any) -> Person:
    """Return a person of the actor's office."""
    return enter_person(person=Person(office=actor.office, title=title, **values), actor=actor, on=DAY)


def make_role(person: Person, role: str = "Giám đốc", *, actor: Any, **values: Any) -> PersonRole:
    """Return a role that the person holds."""
    return give_role(held=PersonRole(person=person, role=role, **values), actor=actor)


def make_agency_user(organisation: Organisation, username: str = "co-quan") -> Any:
    """Return a user who acts for the organisation from 2021 on."""
    user = make_user(Role.ASSIGNED_AGENCY, username=username)
    link_account(user=user, organisation=organisation, valid_from=DAY, actor=make_administrator())
    return user


def make_administrator() -> Any:
    """Return the administrator of the office, made if need be."""
    office = make_office()
    found = office.users.filter(username="quan-tri").first()
    return found or make_user(Role.ADMINISTRATOR, username="quan-tri", office=office)


__all__ = ["AgencyAccount", "make_administrator", "make_agency_user", "make_organisation", "make_person", "make_role"]
