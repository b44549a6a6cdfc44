"""Who changes the working calendar."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role


def may_correct_calendar(actor: Any) -> Decision:
    """Decide whether the actor may change the working calendar: an administrator."""
    return requires(actor.holds(Role.ADMINISTRATOR), "Chỉ quản trị hệ thống được sửa lịch làm việc.")
