"""To whom the pages of documents and programmes open."""

from __future__ import annotations

from khcn.kernel.access.gates import Gate, add_gates
from khcn.language.words import words as _
from khcn.policies.models import Programme, ProgrammeTarget
from khcn.policies.permissions import (
    DRAFTER_WORDS,
    REPORTER_WORDS,
    may_advance,
    may_draft,
    may_follow_target,
    may_report_value,
)

READERS = _("Ai được biết chương trình; chỉ có chỉ tiêu mình được biết")

add_gates(
    Gate("legal-document-new", DRAFTER_WORDS, may=may_draft),
    Gate("programme-new", DRAFTER_WORDS, may=may_draft),
    Gate("work-plan-item-new", DRAFTER_WORDS, may=may_draft),
    Gate("programme-target-new", DRAFTER_WORDS, may=may_advance, register=Programme.REGISTER),
    Gate("programme-result-new", DRAFTER_WORDS, may=may_advance, register=Programme.REGISTER),
    Gate("programme-values-ask", DRAFTER_WORDS, may=may_advance, register=Programme.REGISTER),
    Gate("programme-export", READERS, register=Programme.REGISTER),
    Gate("programme-download", READERS, register=Programme.REGISTER),
    Gate("target-value-new", REPORTER_WORDS, may=may_report_value, register=ProgrammeTarget.REGISTER),
    Gate("target-year-set", DRAFTER_WORDS, may=may_follow_target, register=ProgrammeTarget.REGISTER),
    Gate("target-adopt", DRAFTER_WORDS, may=may_follow_target, register=ProgrammeTarget.REGISTER),
)
