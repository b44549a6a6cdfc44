"""Who keeps research tasks, who decides on them, who reports from the host's side."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import DIVISION_READERS, Role
from khcn.language.words import words as _
from khcn.parties.models import organisation_ids_of

KEEPER_WORDS = _("Chuyên viên, lãnh đạo phòng của phòng phụ trách; lãnh đạo Sở")
DECIDER_WORDS = _("Lãnh đạo phòng của phòng phụ trách; lãnh đạo Sở")
SIGNED_WORDS = _("Phòng phụ trách, văn thư, lãnh đạo Sở")
STAFF_WORDS = _("Cán bộ của Sở")
JOINT_WORDS = _("Tổ chức chủ trì nhiệm vụ; phòng phụ trách, văn thư, lãnh đạo Sở")
HOST_WORDS = _("Tổ chức chủ trì nhiệm vụ; phòng phụ trách, lãnh đạo Sở")

PROPOSER_WORDS = _("Tổ chức, cá nhân, cơ quan được giao có tài khoản")
STATISTICS_WORDS = _("Cán bộ của Sở, lãnh đạo tỉnh; danh sách chỉ có nhiệm vụ mình được biết")

EXPORT_WORDS = _("Chuyên viên, lãnh đạo phòng, lãnh đạo Sở; chỉ xuất nhiệm vụ mình được biết")


def may_enter(actor: Any, _record: Any = None) -> Decision:
    """Decide whether the actor may enter tasks, proposals and notices: a specialist, a head, a director."""
    return requires(
        actor.holds(Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR),
        _("Chỉ chuyên viên, lãnh đạo phòng hoặc lãnh đạo Sở được cập nhật sổ nhiệm vụ."),
    )


def may_propose(actor: Any, _record: Any = None) -> Decision:
    """Decide whether the actor sends proposals on line: people, firms and agencies outside the department."""
    return requires(
        actor.holds(Role.APPLICANT, Role.ASSIGNED_AGENCY),
        _("Trang gửi đề xuất dành cho tổ chức, cá nhân và cơ quan được giao; cán bộ Sở ghi đề xuất ở sổ Đề xuất."),
    ) & requires(actor.office_id is not None, _("Tài khoản chưa thuộc cơ quan nào."))


def may_take_back(actor: Any, proposal: Any) -> Decision:
    """Decide whether the actor takes the proposal back: who sent it, or who keeps it."""
    sender = requires(
        proposal.sent_by_id is not None and proposal.sent_by_id == actor.pk,
        _("Chỉ người gửi hoặc phòng phụ trách rút được đề xuất."),
    )
    return sender | may_keep(actor, proposal)


def may_keep(actor: Any, record: Any) -> Decision:
    """Decide whether the actor may take a step: staff of the division in charge, or a director."""
    return may_enter(actor) & _in_office(actor, record) & _in_charge(actor, record)


def may_decide(actor: Any, record: Any) -> Decision:
    """Decide whether the actor may say no, stop or ask for repayment: the head of the division, or a director."""
    return may_keep(actor, record) & requires(
        actor.holds(Role.DIVISION_HEAD, Role.DIRECTOR), _("Chỉ lãnh đạo phòng hoặc lãnh đạo Sở quyết định việc này.")
    )


def may_record_signed(actor: Any, record: Any) -> Decision:
    """Decide whether the actor may record number and day of what was signed: the division in charge or a clerk."""
    clerk = requires(actor.holds(Role.CLERK), _("Chỉ phòng phụ trách hoặc văn thư ghi nhận được văn bản đã ký."))
    return may_keep(actor, record) | (clerk & _in_office(actor, record))


def may_report(actor: Any, task: Any) -> Decision:
    """Decide whether the actor may report on the work and the use of the result: the host, or who keeps the task."""
    ids = organisation_ids_of(actor) if actor.holds(Role.ASSIGNED_AGENCY) else []
    host = requires(
        task.host_id is not None and task.host_id in ids,
        _("Chỉ tổ chức chủ trì hoặc phòng phụ trách báo cáo được về nhiệm vụ."),
    )
    return (host & _in_office(actor, task)) | may_keep(actor, task)


def may_print_joint(actor: Any, task: Any) -> Decision:
    """Decide whether the actor may have the draft of what the host signs too: who records it as signed, or the host."""
    return may_record_signed(actor, task) | may_report(actor, task)


def may_read_statistics(actor: Any, _record: Any = None) -> Decision:
    """Decide whether the actor reads the statistics of their office's tasks: its staff, leaders of the province."""
    return requires(
        actor.is_office_staff or actor.holds(Role.PROVINCIAL_LEADER),
        _("Thống kê nhiệm vụ dành cho cán bộ của Sở và lãnh đạo tỉnh."),
    ) & requires(actor.office_id is not None, _("Tài khoản chưa thuộc cơ quan nào."))


def may_know_sex(actor: Any, _record: Any = None) -> Decision:
    """Decide whether the actor is told which leaders are women: staff; keeping the system is no reason (ADR 11)."""
    return requires(
        actor.holds(*DIVISION_READERS), _("Giới tính của từng người chỉ cán bộ nghiệp vụ của Sở được biết.")
    )


def may_export(actor: Any, _record: Any = None) -> Decision:
    """Decide whether the actor exports the tasks of their office for other systems: who may enter tasks."""
    may = requires(
        actor.holds(Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR),
        _("Chỉ chuyên viên, lãnh đạo phòng hoặc lãnh đạo Sở được xuất dữ liệu nhiệm vụ."),
    )
    return may & requires(actor.office_id is not None, _("Tài khoản chưa thuộc cơ quan nào."))


def may_open_desk(actor: Any, _record: Any = None) -> Decision:
    """Decide whether the actor sees the desk of tasks, which tells what is late: the staff of the office."""
    return requires(actor.is_office_staff, _("Trang điều hành nhiệm vụ dành cho cán bộ của Sở."))


def _in_office(actor: Any, record: Any) -> Decision:
    return requires(record.office_id == actor.office_id, _("Hồ sơ thuộc sổ của cơ quan quản lý khác."))


def _in_charge(actor: Any, record: Any) -> Decision:
    return requires(
        actor.holds(Role.DIRECTOR) or record.division_id is None or record.division_id in actor.division_ids,
        _("Hồ sơ thuộc phòng khác phụ trách."),
    )
