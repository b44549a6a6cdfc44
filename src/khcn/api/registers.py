"""Lead from the page of one's account to the access tokens."""

from __future__ import annotations

from khcn.kernel.identity.doors import AccountDoor, add_account_door
from khcn.language.words import words as _

add_account_door(
    AccountDoor(
        _("Mã truy cập"), _("Cho chương trình khác đọc số liệu thay bạn; thu hồi được bất cứ lúc nào."), "access-tokens"
    )
)
