"""To whom the gallery opens: it shows invented values only, and lies below those who could say so themselves."""

from __future__ import annotations

from khcn.kernel.access.gates import Audience, Gate, add_gates
from khcn.language.words import words as _

PIECES = ("", "-record", "-list", "-public", "-sign-in", "-drawer", "-confirm")

add_gates(*(Gate(f"ui:gallery{piece}", _("Mọi người; chỉ có dữ liệu mẫu"), Audience.EVERYONE) for piece in PIECES))
