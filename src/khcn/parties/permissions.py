"""Who may keep the register of parties."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import STAFF_ROLES, Role
from khcn.language.words import words as _

STAFF_WORDS = _("Công chức, viên chức của Sở")


def may_edit_party(actor: Any, record: Any = None) -> Decision:
    """Decide whether the actor may enter or change a party: anyone who works in the office that keeps it."""
    return requires(
        actor.holds(*STAFF_ROLES), _("Chỉ công chức, viên chức của Sở được cập nhật sổ tổ chức, cá nhân.")
    ) & requires(
        record is None or record.office_id is None or record.office_id == actor.office_id,
        _("Hồ sơ thuộc sổ của cơ quan quản lý khác."),
    )


def may_link_account(actor: Any, organisation: Any = None) -> Decision:
    """Decide whether the actor may say for which organisation an account acts: an administrator of the office."""
    return requires(
        actor.holds(Role.ADMINISTRATOR), _("Chỉ quản trị hệ thống được gắn tài khoản với cơ quan, tổ chức.")
    ) & requires(
        organisation is None or organisation.office_id == actor.office_id,
        _("Tổ chức thuộc sổ của cơ quan quản lý khác."),
    )
