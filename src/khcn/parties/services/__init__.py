"""The writing of parties: one verb per function."""

from khcn.parties.services.parties import (
    PartyRefused,
    circles_refused,
    end_account,
    end_organisation,
    end_role,
    enter_organisation,
    enter_person,
    give_role,
    link_account,
)

__all__ = [
    "PartyRefused",
    "circles_refused",
    "end_account",
    "end_organisation",
    "end_role",
    "enter_organisation",
    "enter_person",
    "give_role",
    "link_account",
]
