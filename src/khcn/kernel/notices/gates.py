"""To whom the addresses of notices open."""

from __future__ import annotations

from khcn.kernel.access.gates import Gate, add_gates
from khcn.language.words import words as _

OWN = _("Người đã đăng nhập, thông báo của chính mình")

add_gates(Gate("notices", OWN), Gate("notices-read", OWN), Gate("notice-open", OWN, owned=True))
