"""Who may do what with protection titles."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.language.words import words as _

STAFF_WORDS = _("Chuyên viên, lãnh đạo phòng của phòng phụ trách; lãnh đạo Sở")


def may_enter_title(actor: Any, record: Any = None) -> Decision:
    """Decide whether the actor may enter titles: a specialist, head of division or director of the record's office."""
    return requires(
        actor.holds(Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR),
        _("Chỉ chuyên viên, lãnh đạo phòng hoặc lãnh đạo Sở được cập nhật sổ sở hữu trí tuệ."),
    ) & requires(record is None or record.office_id == actor.office_id, _("Hồ sơ thuộc sổ của cơ quan khác."))


def may_update_title(actor: Any, record: Any) -> Decision:
    """Decide whether the actor may take a step on a record: staff of the division in charge, or a director."""
    return may_enter_title(actor, record) & requires(
        actor.holds(Role.DIRECTOR) or record.division_id is None or record.division_id in actor.division_ids,
        _("Hồ sơ thuộc phòng khác phụ trách."),
    )
