"""Refuse to write on a record that was withdrawn, or a day still to come, where no workflow does it."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.identity.selectors import acting_day
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.ui import formats


def withdrawn_reason(record: Any) -> str:
    """Return why nothing more is written on the record, as a sentence; empty while it stands."""
    if record.withdrawn_on is None:
        return ""
    why = f" ({record.withdrawal_reason.strip().rstrip('.')})" if record.withdrawal_reason.strip() else ""
    return _(
        "Hồ sơ {code} đã thu hồi ngày {withdrawn_on}{why} nên không ghi thêm được. Nếu việc vẫn còn, lập hồ sơ mới."
    ).format(code=record.code, withdrawn_on=formats.day(record.withdrawn_on), why=why)


def refuse_withdrawn(record: Any, label: str) -> None:
    """Stop where the record was withdrawn.

    Raises: NotPossible.
    """
    if reason := withdrawn_reason(record):
        raise NotPossible(record, label, [reason])


def refuse_future_day(record: Any, label: str, on: date, actor: Any) -> None:
    """Stop where a step is said to be taken after the day on which its actor acts.

    Raises: NotPossible.
    """
    today = acting_day(actor)
    if today is not None and on > today:
        reason = _("Ngày {on} chưa đến. Ghi ngày {today} hoặc sớm hơn.").format(
            on=formats.day(on), today=formats.day(today)
        )
        raise NotPossible(record, label, [reason])
