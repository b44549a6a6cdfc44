"""Who may keep the registers of parties and of their potential for science and technology."""

from __future__ import annotations

from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import DIVISION_READERS, STAFF_ROLES, Role
from khcn.language.words import words as _
from khcn.parties.models import organisation_ids_of
from khcn.parties.states import FigureState

STAFF_WORDS = _("Công chức, viên chức của Sở")
PRIVATE_WORDS = _("Công chức, viên chức của Sở, trừ quản trị hệ thống")
OWNER_WORDS = _("Công chức, viên chức của Sở; tài khoản của tổ chức sở hữu thiết bị")
CANCELLER_WORDS = _("Người đăng ký; công chức, viên chức của Sở; tài khoản của tổ chức sở hữu thiết bị")
BOOKER_WORDS = _("Người có vai trò trong hệ thống; thiết bị mình được biết")
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


def may_book(actor: Any, equipment: Any = None) -> Decision:
    """Decide whether the actor may ask for shared equipment: everyone with an account of the office that keeps it.

    Which equipment they may know of is another matter.
    """
    return requires(
        actor.is_authenticated and bool(actor.grants), _("Tài khoản chưa được giao vai trò nào.")
    ) & requires(
        equipment is None or equipment.office_id == actor.office_id, _("Thiết bị thuộc sổ của cơ quan quản lý khác.")
    )


def may_decide_booking(actor: Any, booking: Any) -> Decision:
    """Decide whether the actor accepts bookings and records use: staff, and who acts for the owner of the equipment."""
    staff = requires(
        actor.holds(*STAFF_ROLES) and booking.equipment.office_id == actor.office_id,
        _("Chỉ công chức, viên chức của Sở hoặc tài khoản của tổ chức sở hữu được quyết định về lượt sử dụng."),
    )
    return staff | requires(
        booking.equipment.organisation_id in organisation_ids_of(actor),
        _("Tài khoản không gắn với tổ chức sở hữu thiết bị."),
    )


def may_cancel_booking(actor: Any, booking: Any) -> Decision:
    """Decide whether the actor may give a booking up: whoever asked for it, and whoever decides about it."""
    own = requires(booking.requested_by_id == actor.pk, _("Chỉ người đăng ký hoặc bên cho dùng được hủy lượt này."))
    return own | may_decide_booking(actor, booking)


def _of_its_office(actor: Any, record: Any) -> Decision:
    return requires(record.office_id == actor.office_id, _("Hồ sơ thuộc sổ của cơ quan quản lý khác."))
