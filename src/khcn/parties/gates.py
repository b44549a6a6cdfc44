"""To whom the pages of organisations, people and their potential open."""

from __future__ import annotations

from functools import partial

from khcn.kernel.access.gates import Gate, add_gates
from khcn.parties.models import Equipment, Organisation, Person, ScientistProfile
from khcn.parties.permissions import (
    BOOKER_WORDS,
    HEAD_WORDS,
    PRIVATE_WORDS,
    READER_WORDS,
    STAFF_WORDS,
    may_book,
    may_edit_party,
    may_erase_private,
    may_keep_private,
    may_see_statistics,
)

SECTIONS = ("language", "career", "publication")
_of_cv = partial(Gate, register=ScientistProfile.REGISTER, own_office=True)

add_gates(
    Gate("organisation-create", STAFF_WORDS, may=may_edit_party),
    Gate("organisation-science", STAFF_WORDS, may=may_edit_party, register=Organisation.REGISTER, own_office=True),
    Gate("person-create", STAFF_WORDS, may=may_edit_party),
    Gate("role-give", STAFF_WORDS, may=may_edit_party, register=Person.REGISTER, own_office=True),
    Gate("role-end", STAFF_WORDS, owned=True),
    *(_of_cv(f"scientist-{part}-add", STAFF_WORDS, may=may_edit_party) for part in SECTIONS),
    *(_of_cv(f"scientist-{part}-remove", STAFF_WORDS, owned=True) for part in SECTIONS),
    _of_cv("scientist-private", PRIVATE_WORDS, may=may_keep_private),
    _of_cv("scientist-private-erase", HEAD_WORDS, may=may_erase_private),
    _of_cv("scientist-consent", STAFF_WORDS, may=may_edit_party),
    _of_cv("scientist-consent-withdraw", STAFF_WORDS, may=may_edit_party),
    Gate("equipment-book", BOOKER_WORDS, may=may_book, register=Equipment.REGISTER, own_office=True),
    Gate("potential-statistics", READER_WORDS, may=may_see_statistics),
)
