"""To whom the pages of papers open."""

from __future__ import annotations

from khcn.correspondence.models import Paper
from khcn.correspondence.permissions import (
    CLERK_WORDS,
    DRAFTER_WORDS,
    INSTRUCTOR_WORDS,
    may_create,
    may_draft,
    may_instruct,
    may_register,
)
from khcn.kernel.access.gates import Gate, add_gates
from khcn.language.words import joined

add_gates(
    Gate("paper-create", joined("; ", [CLERK_WORDS, DRAFTER_WORDS]), may=may_create),
    Gate("paper-register", CLERK_WORDS, may=may_register),
    Gate("paper-draft", DRAFTER_WORDS, may=may_draft),
    Gate("paper-edit", DRAFTER_WORDS, may=may_draft, register=Paper.REGISTER, own_office=True),
    Gate("paper-instruct", INSTRUCTOR_WORDS, may=may_instruct, register=Paper.REGISTER, own_office=True),
    Gate("paper-number", CLERK_WORDS, may=may_register, register=Paper.REGISTER, own_office=True),
)
