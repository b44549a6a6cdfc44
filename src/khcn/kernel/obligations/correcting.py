"""Correct the working calendar; what was reckoned over the day follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from khcn.kernel.calendar import CalendarDay as Day
from khcn.kernel.calendar import Confidence, DayKind, WorkCalendar
from khcn.kernel.obligations.models import CalendarDay
from khcn.kernel.obligations.permissions import may_correct_calendar
from khcn.kernel.obligations.reckoned import calendar_with, calendar_without
from khcn.kernel.obligations.recomputing import Move, moves_by_calendar, recompute
from khcn.kernel.obligations.work_calendar import load_shipped_days, work_calendar
from khcn.kernel.records.recording import recording
from khcn.language.words import words as _

ORDINARY = "ordinary"
"""A day is again what its weekday says."""
BECOMES = {
    DayKind.HOLIDAY: _("ngày nghỉ lễ"),
    DayKind.COMPENSATORY: _("ngày nghỉ bù"),
    DayKind.SWAP_OFF: _("ngày nghỉ hoán đổi"),
    DayKind.SWAP_WORK: _("ngày làm bù"),
}


class DayNotCorrected(Exception):
    """The day cannot become what was asked; the message says why and what to do."""


@dataclass(frozen=True)
class DaySaid:
    """What an administrator says of a day.

    `kind`: one of the calendar's, or ORDINARY; `why`: the reason of the change.
    """

    day: date
    kind: str
    why: str
    name: str = ""
    legal_basis: str = ""
    confirmed: bool = True

    @property
    def reason(self) -> str:
        """Return why dates move, as history and notices say it."""
        became = BECOMES[DayKind(self.kind)] if self.kind != ORDINARY else _("ngày bình thường")
        basis = _(" theo {basis}").format(basis=self.legal_basis) if self.legal_basis else ""
        return _("Do ngày {day}/{month}/{year} thành {became}{basis}: {why}").format(
            day=self.day.day, month=self.day.month, year=self.day.year, became=became, basis=basis, why=self.why
        )


def moves_of_day(said: DaySaid) -> list[Move]:
    """Return the open obligations whose date would move; nothing is written.

    Raises: DayNotCorrected; CalendarError.
    """
    return moves_by_calendar(said.day, _calendar_after(said))


def correct_day(*, said: DaySaid, actor: Any, on: date) -> int:
    """Change one day of the calendar, with the reason, and every open date reckoned over it; returns how many moved.

    Raises: NotPermitted; DayNotCorrected; CalendarError.
    """
    may_correct_calendar(actor).enforce()
    with recording(actor=actor, verb="correct-day", label=_("sửa lịch làm việc"), why=said.why, on=on):
        if not CalendarDay.objects.exists():
            load_shipped_days(actor=actor)
        # The lock makes two corrections take turns, and the calendar is rebuilt in memory: one that is taken back
        # must leave nothing behind in what is remembered of the table.
        list(CalendarDay.objects.select_for_update().filter(day__year=said.day.year))
        moves = moves_of_day(said)
        _write(said)
        return recompute(moves, actor=actor, why=said.reason)


def _calendar_after(said: DaySaid) -> WorkCalendar:
    calendar = work_calendar()
    if not said.why.strip():
        raise DayNotCorrected(_("Chưa sửa được lịch: nêu lý do, ví dụ số và ngày của thông báo."))
    if said.kind != ORDINARY:
        if not said.name.strip():
            raise DayNotCorrected(_("Chưa sửa được lịch: ghi tên ngày, ví dụ «Nghỉ bù Quốc khánh»."))
        return calendar_with(calendar, _as_day(said))
    if calendar.special_day(said.day) is None:
        raise DayNotCorrected(
            _("Ngày {day:%d/%m/%Y} đang là ngày bình thường; không có gì để bỏ.").format(day=said.day)
        )
    after = calendar_without(calendar, said.day)
    if not after.knows(said.day.year):
        raise DayNotCorrected(
            _("Năm {year} chỉ có ngày này trong lịch. Thêm ngày khác trước khi bỏ.").format(year=said.day.year)
        )
    return after


def _write(said: DaySaid) -> None:
    row = CalendarDay.objects.filter(day=said.day).first() or CalendarDay(day=said.day)
    if said.kind == ORDINARY:
        row.remove()
        return
    row.name, row.kind, row.confirmed, row.legal_basis = said.name, said.kind, said.confirmed, said.legal_basis
    row.confidence = _as_day(said).confidence
    row.save()


def _as_day(said: DaySaid) -> Day:
    sure = Confidence.SECONDARY if said.legal_basis and said.confirmed else Confidence.UNCHECKED
    return Day(said.day, said.name, DayKind(said.kind), said.confirmed, said.legal_basis, sure)
