"""To whom the pages of appraisals open."""

from __future__ import annotations

from khcn.kernel.access.gates import Gate, add_gates
from khcn.transfer.permissions import RECEIVER_WORDS, may_receive

add_gates(Gate("technology-appraisal-new", RECEIVER_WORDS, may=may_receive))
