"""Read how shared equipment is used."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from khcn.parties.models import Equipment, EquipmentBooking
from khcn.parties.sharing_rules import Use, YearOfUse, use_by_year

ASKED = ("starts_at", "organisation_id", "requested_by_id", "user_name", "hours_booked", "hours_used", "fee_vnd")


def use_of(equipment: Equipment, user: Any) -> list[YearOfUse]:
    """Return the use of the equipment in each year, by the bookings that the user may know of, as it is read.

    A user is the organisation where one is named, else the account, else the name.
    """
    rows = EquipmentBooking.objects.as_of(getattr(equipment, "_as_of", None)).visible_to(user)
    held = rows.standing().taken().filter(equipment_id=equipment.pk).order_by().values_list(*ASKED)
    return use_by_year(
        Use(timezone.localtime(starts_at), organisation or (account or name, None), booked, used, fee)
        for starts_at, organisation, account, name, booked, used, fee in held
    )


def coming_bookings(equipment: Equipment, user: Any, since: Any) -> Any:
    """Return the bookings that hold the equipment from the instant on, as far as the user may know of them."""
    rows = EquipmentBooking.objects.visible_to(user).standing().taken()
    return rows.filter(equipment_id=equipment.pk, ends_at__gt=since).order_by("starts_at", "pk")
