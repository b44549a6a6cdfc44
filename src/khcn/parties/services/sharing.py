"""Ask for shared equipment, decide about it, and record its use; nobody has it while another does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.notices.services import notify
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.kernel.workflow.standing import withdrawn_reason
from khcn.language.words import words as _
from khcn.parties.models import Equipment, EquipmentBooking
from khcn.parties.permissions import may_book, may_decide_booking
from khcn.parties.sharing_rules import hours_between
from khcn.parties.sharing_workflow import BOOKING_WORKFLOW
from khcn.parties.states import EquipmentState
from khcn.ui import formats

ASKING = _("Đăng ký sử dụng thiết bị")


def request_booking(*, booking: EquipmentBooking, actor: Any, on: date, at: datetime) -> EquipmentBooking:
    """Ask for a span of time of a shared piece of equipment.

    Whoever does not decide about the equipment may ask only for time to come. Who uses it is public nowhere.
    Raises: NotPermitted; NotPossible.
    """
    equipment = booking.equipment
    may_book(actor, equipment).enforce()
    booking.office, booking.division = equipment.office, equipment.division
    is_secret = equipment.confidentiality == Confidentiality.CONFIDENTIAL
    booking.confidentiality = Confidentiality.CONFIDENTIAL if is_secret else Confidentiality.INTERNAL
    booking.requested_by = actor
    booking.title = _("Dùng thiết bị {span}").format(span=_span_words(booking))
    booking.starts_on = timezone.localdate(booking.starts_at)
    booking.hours_booked = hours_between(booking.starts_at, booking.ends_at)
    reasons = _unusable(equipment)
    if booking.ends_at <= booking.starts_at:
        reasons.append(_("Thời điểm kết thúc phải sau thời điểm bắt đầu."))
    if booking.starts_at < at and not may_decide_booking(actor, booking):
        reasons.append(_("Thời gian đăng ký đã qua. Chọn thời gian sắp tới."))
    _refuse(booking, ASKING, reasons or _held_by_others(booking))
    enter(BOOKING_WORKFLOW, booking, actor=actor, on=on, label=_("đăng ký sử dụng thiết bị"))
    return booking


def accept_booking(*, booking: EquipmentBooking, actor: Any, on: date, note: str = "") -> EquipmentBooking:
    """Give the equipment to a booking for its span, if nobody has it then; of two who give it at once one is refused.

    Raises: NotPermitted; NotPossible.
    """
    label = BOOKING_WORKFLOW.by_name["accept"].label
    with recording(actor=actor, verb="accept-booking", label=label, on=on) as change:
        equipment: Equipment = models.QuerySet(Equipment).select_for_update(of=("self",)).get(pk=booking.equipment_id)
        may_decide_booking(actor, booking).enforce()
        _refuse(booking, label, _unusable(equipment) or _held_by_others(booking))
        perform(BOOKING_WORKFLOW, "accept", booking, actor=actor, on=on, note=note)
        _tell(booking, _("đã được nhận"), note, at=change.at, actor=actor)
    return booking


def refuse_booking(*, booking: EquipmentBooking, actor: Any, on: date, note: str) -> EquipmentBooking:
    """Refuse a booking with the reason.

    Raises: NotPermitted; NotPossible.
    """
    return _settle(booking, "refuse", _("bị từ chối"), note, actor=actor, on=on)


def cancel_booking(*, booking: EquipmentBooking, actor: Any, on: date, note: str) -> EquipmentBooking:
    """Give a booking up with the reason; it stays in the register.

    Raises: NotPermitted; NotPossible.
    """
    return _settle(booking, "cancel", _("đã hủy"), note, actor=actor, on=on)


def record_use(
    *, booking: EquipmentBooking, hours_used: Decimal, fee_vnd: int, actor: Any, on: date, note: str = ""
) -> EquipmentBooking:
    """Record how long the equipment was used and what was charged, 0 where it was free.

    Raises: NotPermitted; NotPossible.
    """
    label = BOOKING_WORKFLOW.by_name["record_use"].label
    may_decide_booking(actor, booking).enforce()
    reasons = []
    if hours_used <= 0:
        reasons.append(_("Số giờ đã dùng phải lớn hơn 0; không dùng thì hủy lượt này."))
    if on < booking.starts_on:
        words = _("Lượt sử dụng bắt đầu ngày {day}, chưa đến. Ghi sau khi dùng.")
        reasons.append(words.format(day=formats.day(booking.starts_on)))
    _refuse(booking, label, reasons)
    booking.hours_used, booking.fee_vnd = hours_used, fee_vnd
    perform(BOOKING_WORKFLOW, "record_use", booking, actor=actor, on=on, note=note)
    return booking


def _settle(booking: EquipmentBooking, step: str, became: str, note: str, *, actor: Any, on: date) -> EquipmentBooking:
    with recording(actor=actor, verb=f"{step}-booking", label=BOOKING_WORKFLOW.by_name[step].label, on=on) as change:
        perform(BOOKING_WORKFLOW, step, booking, actor=actor, on=on, note=note)
        _tell(booking, became, note, at=change.at, actor=actor)
    return booking


def _unusable(equipment: Equipment) -> list[str]:
    """Return why nobody may have the equipment now."""
    reasons = [withdrawn_reason(equipment)] if withdrawn_reason(equipment) else []
    if not equipment.is_shared:
        reasons.append(_("Thiết bị {code} không cho dùng chung.").format(code=equipment.code))
    if equipment.state != EquipmentState.WORKING:
        state = EquipmentState(equipment.state).label
        reasons.append(_("Thiết bị {code} đang ở «{state}».").format(code=equipment.code, state=state))
    return reasons


def _held_by_others(booking: EquipmentBooking) -> list[str]:
    """Return at which times of the span the equipment is held already; by whom is not told."""
    others = EquipmentBooking.objects.standing().taken().filter(equipment_id=booking.equipment_id)
    found = others.exclude(pk=booking.pk).meeting(booking.starts_at, booking.ends_at).order_by("starts_at", "pk")
    words = _("Thiết bị đã có lịch {span}. Chọn thời gian khác.")
    return [words.format(span=_span_words(one)) for one in found]


def _span_words(booking: EquipmentBooking) -> str:
    first, last = (timezone.localtime(one) for one in (booking.starts_at, booking.ends_at))
    until = f"{last:%H:%M}" if first.date() == last.date() else formats.instant(last)
    return _("từ {first} đến {until}").format(first=formats.instant(first), until=until)


def _tell(booking: EquipmentBooking, became: str, note: str, *, at: datetime, actor: Any) -> None:
    """Tell whoever asked what became of it, unless they did it themselves."""
    if booking.requested_by is None or booking.requested_by.pk == actor.pk:
        return
    text = _("Lượt sử dụng thiết bị {code} ({span}) {became}").format(
        code=booking.code, span=_span_words(booking), became=became
    )
    url = reverse("record", args=[booking.REGISTER, booking.code])
    notify(user=booking.requested_by, text=f"{text}: {note}" if note else f"{text}.", url=url, at=at)


def _refuse(booking: EquipmentBooking, label: str, reasons: Sequence[str]) -> None:
    if reasons:
        raise NotPossible(booking, label, reasons)
