"""Let the record page take the steps of a booking through the module's services."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.pages.steps import add_step
from khcn.parties.models import EquipmentBooking
from khcn.parties.services import sharing
from khcn.parties.sharing_forms import UseFields


def add_sharing_steps() -> None:
    """Enter the handlers and forms of the steps of bookings."""
    add_step(EquipmentBooking.REGISTER, "accept", _accept)
    add_step(EquipmentBooking.REGISTER, "refuse", _refuse)
    add_step(EquipmentBooking.REGISTER, "cancel", _cancel)
    add_step(EquipmentBooking.REGISTER, "record_use", _record_use, UseFields)


def _accept(*, record: EquipmentBooking, actor: Any, on: date, note: str, **_more: Any) -> EquipmentBooking:
    return sharing.accept_booking(booking=record, actor=actor, on=on, note=note)


def _refuse(*, record: EquipmentBooking, actor: Any, on: date, note: str, **_more: Any) -> EquipmentBooking:
    return sharing.refuse_booking(booking=record, actor=actor, on=on, note=note)


def _cancel(*, record: EquipmentBooking, actor: Any, on: date, note: str, **_more: Any) -> EquipmentBooking:
    return sharing.cancel_booking(booking=record, actor=actor, on=on, note=note)


def _record_use(
    *, record: EquipmentBooking, actor: Any, on: date, note: str, data: dict[str, Any], **_more: Any
) -> EquipmentBooking:
    return sharing.record_use(booking=record, actor=actor, on=on, note=note, **data)
