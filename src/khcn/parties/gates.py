"""To whom the pages of organisations and people open."""

from __future__ import annotations

from khcn.kernel.access.gates import Gate, add_gates
from khcn.parties.models import Person
from khcn.parties.permissions import STAFF_WORDS, may_edit_party

add_gates(
    Gate("organisation-create", STAFF_WORDS, may=may_edit_party),
    Gate("person-create", STAFF_WORDS, may=may_edit_party),
    Gate("role-give", STAFF_WORDS, may=may_edit_party, register=Person.REGISTER, own_office=True),
    Gate("role-end", STAFF_WORDS, owned=True),
)
