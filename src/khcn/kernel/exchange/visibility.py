"""Which records a person may read, now or as known at an instant, and which an import recognises."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from khcn.kernel.identity.models import Office
from khcn.kernel.records.registry import Register


def readable_rows(register: Register, user: Any, *, instant: datetime | None, now: datetime) -> Any:
    """Return the records the user may know of, as known at the instant (None: now).

    Reading the past opens nothing that was closed since: a record must be visible both then and now.
    """
    rows = register.visible_to(user)
    if instant is None:
        return rows
    return rows.as_of(instant).filter(pk__in=register.visible_to(user).as_of(now).values("pk"))


def recognisable_rows(register: Register, actor: Any, office: Office) -> Any:
    """Return the records of the office that an import by the actor may recognise: what they may know of.

    No actor means the system itself, from whom nothing is hidden.
    """
    rows = register.model.objects.of_office(office)
    return rows if actor is None else rows.visible_to(actor)
