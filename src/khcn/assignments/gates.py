"""To whom the pages of given work open."""

from __future__ import annotations

from khcn.assignments.models import Assignment
from khcn.assignments.permissions import (
    CLOSER_WORDS,
    GIVER_WORDS,
    LEAD_WORDS,
    MONITOR_WORDS,
    RELEASER_WORDS,
    may_accept,
    may_give,
    may_monitor,
    may_release_lateness,
    may_report,
    may_request_extension,
    may_urge,
)
from khcn.kernel.access.gates import Gate, add_gates
from khcn.language.words import words as _

KEY = Assignment.REGISTER

add_gates(
    Gate("assignments-board", _("Người đã đăng nhập; chỉ thấy nhiệm vụ mình được biết")),
    Gate("assignment-new", GIVER_WORDS, may=may_give),
    Gate("assignment-report", LEAD_WORDS, may=may_report, register=KEY),
    Gate("assignment-result", CLOSER_WORDS, may=may_accept, register=KEY),
    Gate("assignment-extension", LEAD_WORDS, may=may_request_extension, register=KEY),
    Gate("assignment-extension-decision", MONITOR_WORDS, register=KEY, owned=True),
    Gate("assignment-urge", GIVER_WORDS, may=may_urge, register=KEY),
    Gate("assignment-closing-rule", MONITOR_WORDS, may=may_monitor, register=KEY),
    Gate("assignment-release-lateness", RELEASER_WORDS, may=may_release_lateness, register=KEY),
)
