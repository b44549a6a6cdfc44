"""To whom the pages of documents and programmes open."""

from __future__ import annotations

from khcn.kernel.access.gates import Gate, add_gates
from khcn.policies.models import Programme
from khcn.policies.permissions import DRAFTER_WORDS, may_advance, may_draft

add_gates(
    Gate("legal-document-new", DRAFTER_WORDS, may=may_draft),
    Gate("programme-new", DRAFTER_WORDS, may=may_draft),
    Gate("work-plan-item-new", DRAFTER_WORDS, may=may_draft),
    Gate("programme-target-new", DRAFTER_WORDS, may=may_advance, register=Programme.REGISTER),
    Gate("programme-result-new", DRAFTER_WORDS, may=may_advance, register=Programme.REGISTER),
)
