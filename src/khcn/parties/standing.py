"""Refuse to write on a record that was withdrawn, where no step of a workflow does it."""

from __future__ import annotations

from typing import Any

from khcn.kernel.workflow.services import NotPossible
from khcn.ui import formats


def withdrawn_reason(record: Any) -> str:
    """Return why nothing more is written on the record, as a sentence; empty while it stands."""
    if record.withdrawn_on is None:
        return ""
    why = f" ({record.withdrawal_reason.strip().rstrip('.')})" if record.withdrawal_reason.strip() else ""
    return (
        f"Hồ sơ {record.code} đã thu hồi ngày {formats.day(record.withdrawn_on)}{why} nên không ghi thêm được. "
        "Nếu việc vẫn còn, lập hồ sơ mới."
    )


def refuse_withdrawn(record: Any, label: str) -> None:
    """Stop where the record was withdrawn.

    Raises: NotPossible.
    """
    if reason := withdrawn_reason(record):
        raise NotPossible(record, label, [reason])
