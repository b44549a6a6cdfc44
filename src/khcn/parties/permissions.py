"""Who may keep the registers of parties and of their potential for science and technology."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import DIVISION_READERS, STAFF_ROLES, Role
from khcn.language.words import words as _
from khcn.parties.states import FigureState

STAFF_WORDS = _("Công chức, viên chức của Sở")
PRIVATE_WORDS = _("Công chức, viên chức của Sở, trừ quản trị hệ thống")
HEAD_WORDS = _("Lãnh đạo phòng, lãnh đạo Sở")
READER_WORDS = _("Công chức, viên chức của Sở; lãnh đạo tỉnh")


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


def may_edit_figure(actor: Any, figure: Any = None) -> Decision:
    """Decide whether the actor may enter or correct a yearly figure: staff, as long as nobody confirmed it."""
    return may_edit_party(actor, figure) & requires(
        figure is None or figure.state != FigureState.CONFIRMED,
        _("Số liệu đã đối chiếu báo cáo. Mở lại, ghi lý do, rồi sửa."),
    )


def may_confirm_figure(actor: Any, figure: Any) -> Decision:
    """Decide whether the actor may say that a yearly figure is as the organisation reported: a head, a director."""
    return _of_its_office(actor, figure) & requires(
        actor.holds(Role.DIVISION_HEAD, Role.DIRECTOR),
        _("Chỉ lãnh đạo phòng, lãnh đạo Sở được xác nhận hoặc mở lại số liệu."),
    )


def may_keep_private(actor: Any, profile: Any) -> Decision:
    """Decide whether the actor may read and enter what a CV keeps apart: staff; keeping the system is no reason."""
    return _of_its_office(actor, profile) & requires(
        actor.holds(*DIVISION_READERS),
        _("Chỉ công chức, viên chức của Sở được xem và ghi dữ liệu cá nhân; quản trị hệ thống thì không."),
    )


def may_erase_private(actor: Any, profile: Any) -> Decision:
    """Decide whether the actor may erase what a CV keeps apart, for good: a head of division, a director."""
    return _of_its_office(actor, profile) & requires(
        actor.holds(Role.DIVISION_HEAD, Role.DIRECTOR),
        _("Chỉ lãnh đạo phòng, lãnh đạo Sở được xóa dữ liệu cá nhân."),
    )


def may_see_statistics(actor: Any) -> Decision:
    """Decide whether the actor may open the statistics of potential: staff and provincial leaders."""
    return requires(
        actor.holds(*STAFF_ROLES, Role.PROVINCIAL_LEADER),
        _("Thống kê tiềm lực dành cho công chức, viên chức của Sở và lãnh đạo tỉnh."),
    )


def _of_its_office(actor: Any, record: Any) -> Decision:
    return requires(record.office_id == actor.office_id, _("Hồ sơ thuộc sổ của cơ quan quản lý khác."))
