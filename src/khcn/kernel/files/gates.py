"""To whom the addresses of files open."""

from __future__ import annotations

from khcn.kernel.access.gates import KEY, Audience, Gate, add_gates
from khcn.kernel.files.permissions import may_attach
from khcn.language.words import words as _

add_gates(
    Gate("file", _("Ai xem được hồ sơ chứa tệp"), Audience.EVERYONE, owned=True),
    Gate(
        "file-upload",
        _("Cán bộ của cơ quan quản lý hồ sơ; cơ quan được giao với nhiệm vụ của mình"),
        may=lambda actor, _register, record: may_attach(actor, record),
        register=KEY,
    ),
)
