"""To whom the addresses of imports open."""

from __future__ import annotations

from khcn.kernel.access.gates import KEY, Gate, add_gates
from khcn.kernel.exchange.permissions import may_import

WORDS = "Ai được thêm hồ sơ vào sổ; quản trị hệ thống"

add_gates(
    Gate("register-import", WORDS, may=may_import, register=KEY),
    Gate("register-import-confirm", WORDS, may=may_import, register=KEY),
)
