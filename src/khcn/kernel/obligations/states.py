"""Where an obligation stands, computed and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from khcn.language.words import words as _

RECOMPUTED = "recompute-due"
"""The verb of history under which a date moved because the calendar or a rule changed."""


class DueState(TextChoices):
    """Where an obligation stands on a day."""

    NOT_DUE = "not_due", _("Trong hạn")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    OVERDUE = "overdue", _("Quá hạn")
    DONE = "done", _("Xong đúng hạn")
    DONE_LATE = "done_late", _("Xong quá hạn")
    PAUSED = "paused", _("Tạm dừng")
    NO_DEADLINE = "no_deadline", _("Không đặt hạn")
    CANCELLED = "cancelled", _("Không còn phải làm")


class UrgingLevel(TextChoices):
    """Whom a reminder reaches; the day of each is a rulebook value."""

    OFFICER = "officer", _("Nhắc người được giao")
    UNIT_HEAD = "unit_head", _("Nhắc lãnh đạo đơn vị")
    DIRECTOR = "director", _("Báo lãnh đạo Sở")
    ISSUER = "issuer", _("Báo cơ quan giao việc")


@dataclass(frozen=True)
class Standing:
    """The facts from which the state of an obligation follows; dates, and whether the clock is stopped."""

    effective_on: date | None
    closed_on: date | None
    cancelled: bool = False
    paused: bool = False


def due_state(standing: Standing, today: date, soon: int) -> DueState:
    """Return where an obligation stands on the day; `soon` is the number of days that counts as near.

    Something done is judged against the date in force on the day it was done.
    """
    if standing.cancelled:
        return DueState.CANCELLED
    if standing.closed_on is not None:
        late = standing.effective_on is not None and standing.closed_on > standing.effective_on
        return DueState.DONE_LATE if late else DueState.DONE
    if standing.paused:
        return DueState.PAUSED
    return _open_state(standing.effective_on, today, soon)


def _open_state(due: date | None, today: date, soon: int) -> DueState:
    if due is None:
        return DueState.NO_DEADLINE
    if today > due:
        return DueState.OVERDUE
    return DueState.DUE_SOON if today >= due - timedelta(days=soon) else DueState.NOT_DUE
