"""What the pages of equipment and of its bookings show of shared use, as values of the interface."""

from __future__ import annotations

from typing import Any

from khcn.kernel.exchange.values import short_decimal
from khcn.language.words import words as _
from khcn.parties.models import Equipment, EquipmentBooking
from khcn.parties.permissions import may_book
from khcn.parties.presenting import address_of, record_address
from khcn.parties.sharing_rules import fee_by_hours
from khcn.parties.sharing_selectors import coming_bookings, use_of
from khcn.parties.states import BookingState, EquipmentState
from khcn.ui import formats

SHOWN = 10
"""Coming bookings listed on the page of equipment; the register holds all."""
USE_COLUMNS = [
    {"label": _("Năm")},
    {"label": _("Số lượt"), "num": True},
    {"label": _("Giờ đăng ký"), "num": True},
    {"label": _("Giờ đã dùng"), "num": True},
    {"label": _("Số người, tổ chức dùng"), "num": True},
    {"label": _("Phí, đồng"), "num": True},
]
COMING_COLUMNS = [{"label": _("Lượt sử dụng")}, {"label": _("Người sử dụng")}, {"label": _("Mục đích sử dụng")}]


def shared_use_of(request: Any, equipment: Equipment) -> dict[str, Any]:
    """Return the use of a shared piece of equipment by year, what is coming, and the way to ask for it."""
    now = not request.GET.get("as_of")
    coming = coming_bookings(equipment, request.user, request.now)[:SHOWN] if now else []
    usable = equipment.is_shared and equipment.withdrawn_on is None and equipment.state == EquipmentState.WORKING
    may = bool(now and usable and request.user.is_authenticated and may_book(request.user, equipment))
    return {
        "use_columns": USE_COLUMNS,
        "use_rows": [_year_row(one) for one in use_of(equipment, request.user)],
        "coming_columns": COMING_COLUMNS,
        "coming_rows": [_coming_row(one) for one in coming],
        "booking_url": address_of("equipment-book", equipment.code) if may else "",
        "bookings_url": f"{address_of('register', EquipmentBooking.REGISTER)}?q={equipment.code}",
    }


def booking_page(request: Any, booking: EquipmentBooking) -> dict[str, Any]:
    """Return what the hours used would cost by the fee of the equipment, for whoever records the use."""
    known = Equipment.objects.visible_to(request.user).filter(pk=booking.equipment_id).first()
    if known is None or known.fee_per_hour_vnd is None or booking.state != BookingState.ACCEPTED:
        return {"fee_words": ""}
    words = _("Theo giá {price} đồng một giờ, {hours} giờ đăng ký là {fee} đồng.")
    fee = fee_by_hours(booking.hours_booked, known.fee_per_hour_vnd)
    numbers = {"price": known.fee_per_hour_vnd, "hours": short_decimal(booking.hours_booked), "fee": fee}
    return {"fee_words": words.format(**{name: formats.number(value) for name, value in numbers.items()})}


def _year_row(one: Any) -> dict[str, Any]:
    hours = (short_decimal(one.hours_booked), short_decimal(one.hours_used))
    numbers = (one.bookings, *hours, len(one.users), one.fees_vnd)
    return {"cells": [str(one.year), *(formats.number(value) for value in numbers)]}


def _coming_row(one: EquipmentBooking) -> dict[str, Any]:
    return {"cells": [one.title, one.user_name, one.purpose], "url": record_address(one)}
