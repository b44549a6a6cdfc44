"""To whom the leaders' page opens."""

from __future__ import annotations

from khcn.kernel.access.gates import Gate, add_gates
from khcn.language.words import words as _
from khcn.overview.permissions import may_open_overview

add_gates(Gate("overview", _("Lãnh đạo Sở, lãnh đạo tỉnh"), may=may_open_overview))
