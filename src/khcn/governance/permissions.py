"""Who may record sessions, confirm readings, follow conclusions and see differences."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.language.words import words as _

RECORDER_WORDS = _("Chuyên viên, lãnh đạo phòng, người theo dõi, lãnh đạo Sở")
MONITOR_WORDS = _("Người theo dõi nhiệm vụ, lãnh đạo Sở")
DIRECTOR_WORDS = _("Lãnh đạo Sở")


def _in_its_office(actor: Any, record: Any) -> Decision:
    own = record is None or record.office_id == getattr(actor, "office_id", None)  # who has not signed in has none
    return requires(own, _("Hồ sơ thuộc sổ của cơ quan quản lý khác."))


def may_record_session(actor: Any, record: Any = None) -> Decision:
    """Decide whether the actor may record a session or confirm a reading: staff who follow the leaders' work."""
    return requires(
        actor.is_authenticated and actor.holds(Role.SPECIALIST, Role.DIVISION_HEAD, Role.MONITOR, Role.DIRECTOR),
        _("Chỉ chuyên viên, lãnh đạo phòng, người theo dõi hoặc lãnh đạo Sở được ghi buổi làm việc."),
    ) & _in_its_office(actor, record)


def may_follow_conclusions(actor: Any, record: Any = None) -> Decision:
    """Decide whether the actor may give tasks from a conclusion and close it: the monitor or a director."""
    return requires(
        actor.is_authenticated and actor.holds(Role.MONITOR, Role.DIRECTOR),
        _("Chỉ người theo dõi nhiệm vụ hoặc lãnh đạo Sở được giao và kết thúc ý kiến chỉ đạo."),
    ) & _in_its_office(actor, record)


def may_take_corrections(actor: Any, record: Any = None) -> Decision:
    """Decide whether the actor may take texts with what reviewers corrected out of the system: monitor or director."""
    return requires(
        actor.is_authenticated and actor.holds(Role.MONITOR, Role.DIRECTOR),
        _("Chỉ người theo dõi nhiệm vụ hoặc lãnh đạo Sở được xuất bài đọc đã sửa."),
    ) & _in_its_office(actor, record)


def may_release_differences(actor: Any, session: Any = None) -> Decision:
    """Decide whether the actor may let others see how reported figures differ from the registers: a director."""
    return requires(
        actor.is_authenticated and actor.holds(Role.DIRECTOR), _("Chỉ lãnh đạo Sở được cho xem chênh lệch số liệu.")
    ) & _in_its_office(actor, session)


def may_share_follow_up(actor: Any, session: Any = None) -> Decision:
    """Decide whether the actor may open the report on the conclusions to whoever holds its QR code: a director."""
    return requires(
        actor.is_authenticated and actor.holds(Role.DIRECTOR),
        _("Chỉ lãnh đạo Sở được mở báo cáo thực hiện bằng mã QR."),
    ) & _in_its_office(actor, session)


def may_see_differences(actor: Any, session: Any) -> Decision:
    """Decide whether the actor may see the differences: the office's staff always, others once released."""
    of_office = actor.is_authenticated and actor.is_office_staff and actor.office_id == session.office_id
    return requires(of_office or session.released_on is not None, _("Chênh lệch số liệu đang lưu hành nội bộ của Sở."))
