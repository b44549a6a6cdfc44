"""Who may draft, submit and sign a period report."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import Role
from khcn.language.words import words as _
from khcn.reporting.models import PeriodReport

DRAFT_WORDS = _("Chuyên viên, người theo dõi, lãnh đạo phòng, lãnh đạo Sở")
DESIGN_WORDS = _("Lãnh đạo phòng, lãnh đạo Sở, quản trị hệ thống")
SIGN_WORDS = _("Lãnh đạo Sở")


def may_read_reports(actor: Any) -> Decision:
    """Decide whether reports stand in the actor's rail: the office's staff and leaders of the province."""
    return requires(
        actor.is_office_staff or actor.holds(Role.PROVINCIAL_LEADER),
        _("Mục Báo cáo dành cho cán bộ của Sở và lãnh đạo tỉnh."),
    )


def may_draft_report(actor: Any, report: Any = None) -> Decision:
    """Decide whether the actor may draft a report: the office's specialists, heads, monitors and directors."""
    return requires(
        actor.holds(Role.SPECIALIST, Role.MONITOR, Role.DIVISION_HEAD, Role.DIRECTOR),
        _("Chỉ chuyên viên, người theo dõi, lãnh đạo phòng hoặc lãnh đạo Sở được soạn báo cáo."),
    ) & _of_the_office(actor, report)


def may_design_reports(actor: Any, design: Any = None) -> Decision:
    """Decide whether the actor may design what reports consist of: the office's heads, directors, administrators.

    Who drafts fills a report in; who answers for it says what it must hold. An administrator, who already keeps the
    days that reports count, may do it at their word.
    """
    may = requires(
        actor.holds(Role.DIVISION_HEAD, Role.DIRECTOR, Role.ADMINISTRATOR),
        _("Chỉ lãnh đạo phòng, lãnh đạo Sở hoặc quản trị hệ thống được sửa mẫu báo cáo."),
    )
    may &= requires(actor.office_id is not None, _("Tài khoản chưa thuộc cơ quan nào."))
    return may & requires(design is None or design.office_id == actor.office_id, _("Mẫu báo cáo của cơ quan khác."))


def may_read_designs(actor: Any) -> Decision:
    """Decide whether the actor may read the outlines of their office's reports: its staff."""
    return requires(actor.is_office_staff and actor.office_id is not None, _("Mẫu báo cáo dành cho cán bộ của Sở."))


def may_sign_report(actor: Any, report: Any = None) -> Decision:
    """Decide whether the actor may freeze and sign a report: a director of its office."""
    decision = requires(actor.holds(Role.DIRECTOR), _("Chỉ lãnh đạo Sở được ký và chốt số liệu báo cáo."))
    return decision & _of_the_office(actor, report)


def may_see_report_differences(actor: Any, report: Any) -> Decision:
    """Decide whether the actor may see what moved since the freeze: the office's staff, others once it is released."""
    return requires(
        (actor.is_office_staff and report.office_id == actor.office_id) or report.released_on is not None,
        _("Chênh lệch so với số liệu hiện nay đang lưu hành nội bộ của Sở."),
    )


def may_compare_periods(actor: Any) -> Decision:
    """Decide whether the actor may compare periods at all: whoever reads the reports of the office they work in."""
    return may_read_reports(actor) & requires(actor.office_id is not None, _("Tài khoản chưa thuộc cơ quan nào."))


def may_read_period(actor: Any, office: Any, reading: Any) -> Decision:
    """Decide whether the actor may read figures of a period as known at an instant.

    Whoever reads reports may, but beside a signed report another instant than its own is internal to the office until
    its director releases it.
    """
    may = may_compare_periods(actor) & requires(actor.office_id == office.pk, _("Số liệu của cơ quan khác."))
    if not may or actor.is_office_staff:
        return may
    found = _signed_on(office, reading.period)
    if any(report.frozen_at == reading.as_of for report in found):
        return may
    for report in found:
        may &= may_see_report_differences(actor, report)
    return may


def may_read_lateness(actor: Any, office: Any, reading: Any) -> Decision:
    """Decide whether the actor may read, in a period, the figures that tell what is late.

    The office's staff may; others as a signed report froze them, or once the director released its differences.
    """
    inside = actor.is_authenticated and actor.is_office_staff and actor.office_id == office.pk
    given = inside or any(
        report.frozen_at == reading.as_of or report.released_on is not None
        for report in _signed_on(office, reading.period)
    )
    return requires(given, _("Số liệu về chậm tiến độ lưu hành nội bộ của Sở đến khi lãnh đạo Sở ký báo cáo của kỳ."))


def _signed_on(office: Any, period: Any) -> list[PeriodReport]:
    signed = PeriodReport.objects.of_office(office).standing().exclude(frozen_at=None)
    return list(signed.filter(kind=period.kind, year=period.year, period_part=period.part))


def _of_the_office(actor: Any, report: Any) -> Decision:
    return requires(report is None or report.office_id == actor.office_id, _("Báo cáo của cơ quan khác."))
