"""Who keeps the register of appraisals."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.language.words import words as _

RECEIVER_WORDS = _("Văn thư, chuyên viên, lãnh đạo phòng, lãnh đạo Sở")
APPRAISER_WORDS = _("Chuyên viên, lãnh đạo phòng của phòng phụ trách; lãnh đạo Sở")


def may_receive(actor: Any, _record: Any = None) -> Decision:
    """Decide whether the actor may enter a request: a clerk, a specialist, a head of division or a director."""
    return requires(
        actor.holds(Role.CLERK, Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR),
        _("Chỉ văn thư, chuyên viên, lãnh đạo phòng hoặc lãnh đạo Sở được nhập đề nghị thẩm định."),
    )


def may_appraise(actor: Any, record: Any) -> Decision:
    """Decide whether the actor may take a step on a request: staff of the division in charge, or a director."""
    return (
        requires(
            actor.holds(Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR),
            _("Chỉ chuyên viên, lãnh đạo phòng hoặc lãnh đạo Sở được xử lý hồ sơ thẩm định."),
        )
        & requires(record.office_id == actor.office_id, _("Hồ sơ thuộc sổ của cơ quan quản lý khác."))
        & requires(
            actor.holds(Role.DIRECTOR) or record.division_id is None or record.division_id in actor.division_ids,
            _("Hồ sơ thuộc phòng khác phụ trách."),
        )
    )
