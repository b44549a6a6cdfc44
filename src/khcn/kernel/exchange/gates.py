"""To whom the addresses of imports open."""

from __future__ import annotations

from khcn.kernel.access.gates import KEY, Gate, add_gates
from khcn.kernel.exchange.permissions import may_import
from khcn.language.words import words as _

STEPS = (
    "columns",
    "layout",
    "check",
    "values",
    "rows",
    "settle",
    "confirm",
    "progress",
    "result",
    "left-rows",
    "give-up",
)
OWN = _("Người đã tải tệp lên, khi còn được nhập vào sổ")
WORDS = _("Ai được thêm hồ sơ vào sổ; quản trị hệ thống")

add_gates(
    Gate("register-import", WORDS, may=may_import, register=KEY),
    Gate("register-import-remembered", WORDS, may=may_import, register=KEY),
    *(Gate(f"register-import-{step}", OWN, register=KEY, owned=True) for step in STEPS),
)
