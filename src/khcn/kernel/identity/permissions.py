"""Who administers accounts."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.language.words import words as _

ADMINISTRATOR_WORDS = _("Quản trị hệ thống của cơ quan")


def may_administer(actor: Any, account: Any = None) -> Decision:
    """Decide whether the actor may open and change accounts: an administrator, within their own office."""
    return requires(
        actor.holds(Role.ADMINISTRATOR), _("Chỉ quản trị hệ thống được quản lý tài khoản và vai trò.")
    ) & requires(account is None or account.office_id == actor.office_id, _("Tài khoản thuộc cơ quan khác."))


def may_give_roles(actor: Any, account: Any) -> Decision:
    """Decide whether the actor may give or end roles of the account: never of their own, so that two must agree."""
    return may_administer(actor, account) & requires(
        account.pk != actor.pk,
        _("Không ai tự giao hay tự thôi vai trò của chính mình. Nhờ một quản trị hệ thống khác."),
    )
