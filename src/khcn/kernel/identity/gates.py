"""To whom the addresses of signing in and of one's account open."""

from __future__ import annotations

from khcn.kernel.access.gates import Audience, Gate, add_gates

OWN = "Người đã đăng nhập, với tài khoản của chính mình"

add_gates(
    Gate("sign-in", "Mọi người", Audience.EVERYONE),
    Gate("sign-out", "Mọi người", Audience.EVERYONE),
    Gate("account", OWN),
    Gate("account-password", OWN),
    Gate("account-delegate", "Lãnh đạo Sở, lãnh đạo phòng, vai trò của chính mình", guards=()),
    Gate("account-end-delegation", "Người đã ủy quyền", owned=True),
)
