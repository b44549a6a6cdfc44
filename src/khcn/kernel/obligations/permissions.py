"""Who changes the working calendar and who follows a whole office's dates."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.kernel.obligations.models import FeedScope
from khcn.language.words import words as _


def may_correct_calendar(actor: Any) -> Decision:
    """Decide whether the actor may change the working calendar: an administrator."""
    return requires(actor.holds(Role.ADMINISTRATOR), _("Chỉ quản trị hệ thống được sửa lịch làm việc."))


def may_subscribe(actor: Any, scope: str) -> Decision:
    """Decide whether the actor may read dates by a calendar: their own everyone, the office's who follows all of it."""
    follows = actor.office_id is not None and actor.holds(Role.DIRECTOR, Role.MONITOR)
    return requires(actor.is_active, _("Tài khoản đã ngừng hoạt động.")) & requires(
        scope == FeedScope.PERSON or follows,
        _("Chỉ lãnh đạo Sở và người theo dõi nhiệm vụ đăng ký được lịch chung của cơ quan."),
    )
