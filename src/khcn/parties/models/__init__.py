"""The tables of parties: organisations, people, and what the province has for science and technology."""

from khcn.parties.models.parties import (
    AgencyAccount,
    AgencyAccountQuerySet,
    NameKey,
    Organisation,
    OrganisationQuerySet,
    Person,
    PersonQuerySet,
    PersonRole,
    PersonRoleQuerySet,
    organisation_ids_of,
)

__all__ = [
    "AgencyAccount",
    "AgencyAccountQuerySet",
    "NameKey",
    "Organisation",
    "OrganisationQuerySet",
    "Person",
    "PersonQuerySet",
    "PersonRole",
    "PersonRoleQuerySet",
    "organisation_ids_of",
]
