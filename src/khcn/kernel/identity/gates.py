"""To whom the addresses of signing in and of one's account open."""

from __future__ import annotations

from khcn.kernel.access.gates import Audience, Gate, add_gates
from khcn.language.words import words as _

OWN = _("Người đã đăng nhập, với tài khoản của chính mình")

add_gates(
    Gate("sign-in", _("Mọi người"), Audience.EVERYONE),
    Gate("sign-out", _("Mọi người"), Audience.EVERYONE),
    Gate("set-language", _("Mọi người"), Audience.EVERYONE),
    Gate("account", OWN),
    Gate("account-password", OWN),
    Gate("account-delegate", _("Lãnh đạo Sở, lãnh đạo phòng, vai trò của chính mình"), guards=()),
    Gate("account-end-delegation", _("Người đã ủy quyền"), owned=True),
)
