"""Who may draft, submit and sign a period report."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role

DRAFT_WORDS = "Chuyên viên, người theo dõi, lãnh đạo phòng, lãnh đạo Sở"
SIGN_WORDS = "Lãnh đạo Sở"


def may_read_reports(actor: Any) -> Decision:
    """Decide whether reports stand in the actor's rail: the office's staff and leaders of the province."""
    return requires(
        actor.is_office_staff or actor.holds(Role.PROVINCIAL_LEADER),
        "Mục Báo cáo dành cho cán bộ của Sở và lãnh đạo tỉnh.",
    )


def may_draft_report(actor: Any, report: Any = None) -> Decision:
    """Decide whether the actor may draft a report: the office's specialists, heads, monitors and directors."""
    return requires(
        actor.holds(Role.SPECIALIST, Role.MONITOR, Role.DIVISION_HEAD, Role.DIRECTOR),
        "Chỉ chuyên viên, người theo dõi, lãnh đạo phòng hoặc lãnh đạo Sở được soạn báo cáo.",
    ) & _of_the_office(actor, report)


def may_sign_report(actor: Any, report: Any = None) -> Decision:
    """Decide whether the actor may freeze and sign a report: a director of its office."""
    decision = requires(actor.holds(Role.DIRECTOR), "Chỉ lãnh đạo Sở được ký và chốt số liệu báo cáo.")
    return decision & _of_the_office(actor, report)


def may_see_report_differences(actor: Any, report: Any) -> Decision:
    """Decide whether the actor may see what moved since the freeze: the office's staff, others once it is released."""
    return requires(
        (actor.is_office_staff and report.office_id == actor.office_id) or report.released_on is not None,
        "Chênh lệch so với số liệu hiện nay đang lưu hành nội bộ của Sở.",
    )


def _of_the_office(actor: Any, report: Any) -> Decision:
    return requires(report is None or report.office_id == actor.office_id, "Báo cáo của cơ quan khác.")
