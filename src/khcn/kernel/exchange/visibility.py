"""Which records a person may read, now or as known at an instant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from khcn.kernel.records.registry import Register


def readable_rows(register: Register, user: Any, *, instant: datetime | None, now: datetime) -> Any:
    """Return the records the user may know of, as known at the instant (None: now).

    Reading the past opens nothing that was closed since: a record must be visible both then and now.
    """
    rows = register.visible_to(user)
    if instant is None:
        return rows
    return rows.as_of(instant).filter(pk__in=register.visible_to(user).as_of(now).values("pk"))
