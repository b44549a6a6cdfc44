"""Say when an obligation is due and why, as the interface shows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.calendar import CalendarError, Span, WorkCalendar
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.reckoned import Terms, reckoning_of
from khcn.kernel.obligations.states import DueState
from khcn.language.words import words as _
from khcn.ui import formats
from khcn.ui.values import Due, Tone

TONES = {DueState.NO_DEADLINE: Tone.NOT_DUE, DueState.CANCELLED: Tone.PAUSED}


def tone_of(state: DueState) -> str:
    """Return the colour of a state of an obligation."""
    return TONES[state] if state in TONES else Tone(str(state))


def due_of(
    obligation: Obligation, today: date, calendar: WorkCalendar, *, soon: int = 7, tells_lateness: bool = True
) -> Due | None:
    """Return the due date with its sentence and explanation; None where no date was set.

    `tells_lateness`: False where the reader is not to be told whether it is late; the date alone is given then.
    """
    due = obligation.effective_on
    if due is None:
        return None
    if not tells_lateness:
        return Due(
            due, _("Hạn {due}").format(due=formats.day(due)), Tone.NOT_DUE, tuple(explanation(obligation, calendar))
        )
    state = obligation.state_on(today, soon)
    return Due(due, _sentence(state, (due - today).days, due), tone_of(state), tuple(explanation(obligation, calendar)))


def explanation(obligation: Obligation, calendar: WorkCalendar) -> list[str]:
    """Return the lines that explain the clock: start, limit, days passed over, legal source.

    The calendar is handed in, so that explaining a whole inbox asks for it once.
    """
    if not obligation.limit:
        return [_("Hạn do người giao việc đặt.")]
    spans = [Span(stop.first_on, stop.last_on) for stop in obligation.pauses.all() if stop.last_on is not None]
    try:
        found = reckoning_of(Terms(obligation.started_on, obligation.limit, tuple(spans), obligation.rolls), calendar)
        lines = [*found.explain(), *_not_decreed(found.effective, calendar)]
    except CalendarError as error:
        lines = [str(error)]
    if obligation.rule is not None:
        unchecked = _(" (chưa đối chiếu văn bản)") if obligation.rule.is_unchecked else ""
        lines.append(
            _("Căn cứ: {legal_basis}{unchecked}.").format(legal_basis=obligation.rule.legal_basis, unchecked=unchecked)
        )
    return lines


def _not_decreed(day: date, calendar: WorkCalendar) -> list[str]:
    if day.year in calendar.years:
        return []
    return [
        _("Lịch làm việc năm {year} chưa có: khi bổ sung, hạn được tính lại nếu rơi vào ngày nghỉ.").format(
            year=day.year
        )
    ]


def _sentence(state: DueState, days: int, due: date) -> str:
    day = formats.day(due)
    if state == DueState.PAUSED:
        return _("Tạm dừng, hạn trước khi dừng {day}").format(day=day)
    if state in (DueState.DONE, DueState.DONE_LATE):
        return _("{label}, hạn {day}").format(label=state.label, day=day)
    if days < 0:
        return _("Quá hạn {value} ngày, hạn {day}").format(value=-days, day=day)
    return (
        _("Hết hạn hôm nay, {day}").format(day=day)
        if days == 0
        else _("Còn {days} ngày, hạn {day}").format(days=days, day=day)
    )


def states_of(obligations: Any, today: date, calendar: WorkCalendar) -> list[dict[str, Any]]:
    """Return what is to be done on one record: action and due date."""
    return [{"action": _(one.action), "due": due_of(one, today, calendar)} for one in obligations]
