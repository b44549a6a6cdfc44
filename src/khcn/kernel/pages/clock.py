"""Say when an obligation is due and why, as the interface shows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.calendar import CalendarError, Span, WorkCalendar, parse_limit, reckon
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.states import DueState
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
        return Due(due, f"Hạn {formats.day(due)}", Tone.NOT_DUE, tuple(explanation(obligation, calendar)))
    state = obligation.state_on(today, soon)
    return Due(due, _sentence(state, (due - today).days, due), tone_of(state), tuple(explanation(obligation, calendar)))


def explanation(obligation: Obligation, calendar: WorkCalendar) -> list[str]:
    """Return the lines that explain the clock: start, limit, days passed over, legal source.

    The calendar is handed in, so that explaining a whole inbox asks for it once.
    """
    if not obligation.limit:
        return ["Hạn do người giao việc đặt."]
    spans = [Span(stop.first_on, stop.last_on) for stop in obligation.pauses.all() if stop.last_on is not None]
    try:
        limit = parse_limit(obligation.limit)
        lines = reckon(obligation.started_on, limit, calendar, spans, rolls=obligation.rolls).explain()
    except CalendarError as error:
        lines = [str(error)]
    if obligation.rule is not None:
        unchecked = " (chưa đối chiếu văn bản)" if obligation.rule.is_unchecked else ""
        lines.append(f"Căn cứ: {obligation.rule.legal_basis}{unchecked}.")
    return lines


def _sentence(state: DueState, days: int, due: date) -> str:
    day = formats.day(due)
    if state == DueState.PAUSED:
        return f"Tạm dừng, hạn trước khi dừng {day}"
    if state in (DueState.DONE, DueState.DONE_LATE):
        return f"{state.label}, hạn {day}"
    if days < 0:
        return f"Quá hạn {-days} ngày, hạn {day}"
    return f"Hết hạn hôm nay, {day}" if days == 0 else f"Còn {days} ngày, hạn {day}"


def states_of(obligations: Any, today: date, calendar: WorkCalendar) -> list[dict[str, Any]]:
    """Return what is to be done on one record: action and due date."""
    return [{"action": one.action, "due": due_of(one, today, calendar)} for one in obligations]
