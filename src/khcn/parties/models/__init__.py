"""The tables of parties: organisations, people, and what the province has for science and technology."""

from khcn.parties.models.figures import ScienceSpending, ScienceStaffing
from khcn.parties.models.infrastructure import Equipment, Laboratory
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
from khcn.parties.models.science import (
    CareerEntry,
    ProfileLanguage,
    Publication,
    ScienceOrganisation,
    ScientistPrivate,
    ScientistProfile,
    written_field,
)
from khcn.parties.models.sharing import TAKEN, BookingQuerySet, EquipmentBooking

__all__ = [
    "TAKEN",
    "AgencyAccount",
    "AgencyAccountQuerySet",
    "BookingQuerySet",
    "CareerEntry",
    "Equipment",
    "EquipmentBooking",
    "Laboratory",
    "NameKey",
    "Organisation",
    "OrganisationQuerySet",
    "Person",
    "PersonQuerySet",
    "PersonRole",
    "PersonRoleQuerySet",
    "ProfileLanguage",
    "Publication",
    "ScienceOrganisation",
    "ScienceSpending",
    "ScienceStaffing",
    "ScientistPrivate",
    "ScientistProfile",
    "organisation_ids_of",
    "written_field",
]
