"""Which records an import wrote."""

from __future__ import annotations

from typing import Any

from khcn.kernel.exchange.models import ImportRun
from khcn.kernel.records.registry import Register
from khcn.kernel.records.versions import VERSION_OF_TABLE


def records_of(run: ImportRun, register: Register, user: Any) -> Any:
    """Return the records that a run created or changed, of those the user may know of."""
    versions: Any = VERSION_OF_TABLE[register.model._meta.db_table]
    written = versions._default_manager.filter(change_id__in=run.changes).values("id")
    return register.visible_to(user).filter(pk__in=written).order_by("pk")
