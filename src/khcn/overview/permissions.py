"""Who begins the day with the overview."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.language.words import words as _


def may_open_overview(actor: Any) -> Decision:
    """Decide whether the actor sees the leaders' page: directors of the office and leaders of the province."""
    return requires(
        actor.holds(Role.DIRECTOR, Role.PROVINCIAL_LEADER), _("Trang tổng quan dành cho lãnh đạo Sở và lãnh đạo tỉnh.")
    )
