"""To whom links that need no account open, and who gives them out."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision
from khcn.kernel.access.gates import KEY, Audience, Gate, add_gates
from khcn.kernel.records.registry import Register
from khcn.kernel.sharing.registry import Shareable, shareable_of
from khcn.language.words import words as _

WORDS = _("Ai được mở liên kết của hồ sơ ấy: lãnh đạo Sở")


def _may_release(actor: Any, register: Register, record: Any) -> Decision:
    shareable: Shareable | None = shareable_of(register.key)
    if shareable is None:
        raise LookupError(_("Hồ sơ của sổ «{label}» không đọc được bằng liên kết.").format(label=register.label))
    return shareable.may_release(actor, record)


add_gates(
    Gate("shared-link", _("Ai có liên kết hoặc mã QR còn hạn"), Audience.EVERYONE, owned=True),
    Gate(
        "shared-links",
        WORDS,
        may=_may_release,
        register=KEY,
        applies=lambda found: shareable_of(found.key) is not None,
    ),
    Gate("shared-link-revoke", WORDS, owned=True),
)
