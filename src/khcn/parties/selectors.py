"""Read organisations and people: by name, by role and day, and for whom an account acts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from khcn.kernel.identity.models import Office, User
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.text.folding import name_key
from khcn.language.words import words as _
from khcn.parties.models import (
    AgencyAccount,
    Organisation,
    OrganisationQuerySet,
    Person,
    PersonRole,
    PersonRoleQuerySet,
    organisation_ids_of,
)

__all__ = [
    "OrganisationUnknown",
    "acts_for",
    "organisation_ids_of",
    "organisation_named",
    "organisations_known",
    "organisations_of",
    "people_at",
    "people_named",
    "protocol_order",
    "roles_on",
]
LAST_RANK = 100


class OrganisationUnknown(ValueError):
    """No organisation, or more than one, bears the name."""


def organisations_known(user: Any) -> OrganisationQuerySet:
    """Return the standing organisations of the user's office that the user may know of, as forms take them."""
    rows: OrganisationQuerySet = Organisation.objects.visible_to(user).filter(office_id=user.office_id).standing()
    return rows


def people_named(text: str, user: Any) -> Any:
    """Return the people the user may know of whose name the words of the text begin, in the order of lists."""
    return Person.objects.visible_to(user).standing().named(text).in_list_order()


def roles_on(person: Person, day: date) -> PersonRoleQuerySet:
    """Return the roles a person held on the day, the highest in protocol first."""
    rows: PersonRoleQuerySet = person.roles.held_on(day).select_related("organisation").order_by("protocol_rank", "pk")
    return rows


def people_at(organisation: Organisation, day: date) -> PersonRoleQuerySet:
    """Return the roles held in an organisation on the day: by protocol, then in the order of lists."""
    rows: PersonRoleQuerySet = (
        organisation.person_roles.held_on(day)
        .select_related("person")
        .order_by("protocol_rank", "person__sort_name", "pk")
    )
    return rows


def protocol_order(people: Iterable[Person], day: date) -> list[Person]:
    """Return the people by their highest rank on the day, then in the order of lists; one query however many."""
    found = list(people)
    ranks: dict[int, int] = {}
    for held in PersonRole.objects.filter(person__in=found).held_on(day):
        ranks[held.person_id] = min(held.protocol_rank, ranks.get(held.person_id, held.protocol_rank))
    return sorted(found, key=lambda person: (ranks.get(person.pk, LAST_RANK), person.sort_name, person.pk))


def organisation_named(name: str, office: Office, *, on: date | None = None) -> Organisation:
    """Return the organisation of the office's register with this name or short name, spelling of tones and case aside.

    `on`: of several, the one existing on the day is meant. Raises: OrganisationUnknown.
    """
    rows = Organisation.objects.of_office(office).standing()
    wanted = name_key(name)
    names = rows.values_list("pk", "title", "short_name", "code")
    keys = [pk for pk, *texts in names if wanted and wanted in {name_key(text) for text in texts}]
    found = rows.filter(pk__in=keys)
    if on is not None and len(keys) > 1:
        found = found.existing_on(on)
    if len(found) != 1:
        many = _("có {count} tổ chức").format(count=len(found)) if found else _("chưa có tổ chức")
        raise OrganisationUnknown(
            _("Sổ tổ chức {many} tên «{name}». Ghi mã của tổ chức, hoặc ghi tổ chức vào sổ trước.").format(
                many=many, name=name
            )
        )
    chosen: Organisation = found[0]
    return chosen


def organisations_of(user: Any) -> Any:
    """Return the organisations a user acts for."""
    return Organisation.objects.filter(pk__in=organisation_ids_of(user)).order_by("title")


def acts_for(user: Any) -> list[RecordRef]:
    """Return references to the organisations a user acts for; the inbox asks this of every user."""
    return [RecordRef(Organisation.REGISTER, number) for number in organisation_ids_of(user)]


def accounts_of(ref: RecordRef, day: date) -> list[User]:
    """Return the users who act for an organisation on the day; reminders ask this of every outside party."""
    if ref.register != Organisation.REGISTER:
        return []
    accounts = AgencyAccount.objects.filter(organisation_id=ref.id).in_force(day).select_related("user")
    return [account.user for account in accounts.order_by("pk")]
