"""Open, pause, move and close what falls due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.kernel.calendar import Reckoning, Span, WorkingDays, parse_limit
from khcn.kernel.obligations.models import Obligation, ObligationPause, holder_of
from khcn.kernel.obligations.reckoned import Terms, dates_of, reckoning_of
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force, rule_value
from khcn.language.words import words as _

ROLLS = "period-end-rolls"


def open_obligation(
    *,
    record: Record,
    kind: str,
    action: str,
    started_on: date,
    actor: Any,
    rule_key: str = "",
    due_on: date | None = None,
    holder: Record | None = None,
    person: Any = None,
) -> Obligation:
    """Open one obligation on a record: due by a rule's limit, on a date set by someone, or without a date.

    `person`: who must act, where that is not whoever answers for the record.

    Raises: RuleUnknown; CalendarUnknown.
    """
    register, holder_id = holder_of(holder)
    found = Obligation(
        office=record.office,
        register=record.REGISTER,
        record_id=record.pk,
        kind=kind,
        action=action,
        started_on=started_on,
        division=record.division if person is None else None,
        person=record.responsible if person is None else person,
        holder_register=register,
        holder_id=holder_id,
        nominal_on=due_on,
        effective_on=due_on,
    )
    if rule_key:
        found.rule = rule_in_force(rule_key, on=started_on, office=record.office)
        found.limit = str(found.rule.value)
        found.rolls = _rolls(found)
        _reckon(found, pauses=())
    with recording(
        actor=actor, verb="open-obligation", label=_("giao việc «{action}»").format(action=action), on=started_on
    ):
        found.save()
    return found


def close_obligations(*, record: Record, kinds: Sequence[str], on: date, actor: Any, cancelled: bool = False) -> int:
    """Close the open obligations of these kinds on a record; returns how many."""
    rows = list(Obligation.objects.about(record.ref).open().filter(kind__in=kinds))
    with recording(
        actor=actor, verb="close-obligation", label=_("xong việc") if not cancelled else _("bỏ việc"), on=on
    ):
        for row in rows:
            if stop := _open_pause(row):
                # What was done while the clock stood is not late.
                _end_pause(row, stop, on=max(on, stop.first_on))
            row.closed_on, row.cancelled = on, cancelled
            row.save()
    return len(rows)


def move_due(*, obligation: Obligation, due_on: date | None, actor: Any, why: str) -> Obligation:
    """Set another due date on an obligation whose date someone decides; history keeps the old one."""
    with recording(actor=actor, verb="move-due", label=_("đổi hạn"), why=why):
        obligation.nominal_on = obligation.effective_on = due_on
        obligation.save()
    return obligation


def pause(*, obligation: Obligation, on: date, reason: str, actor: Any) -> ObligationPause:
    """Stop the clock from this day.

    Raises: ValueError, if it stands still already.
    """
    if _open_pause(obligation):
        raise ValueError(_("Việc «{action}» đang tạm dừng rồi.").format(action=obligation.action))
    with recording(actor=actor, verb="pause", label=_("tạm dừng thời hạn"), why=reason, on=on):
        stop = ObligationPause(obligation=obligation, first_on=on, reason=reason)
        stop.save()
    return stop


def resume(*, obligation: Obligation, on: date, actor: Any) -> Obligation:
    """Let the clock run again from this day, and reckon the due date anew where a limit gave it.

    Raises: ValueError, if it is running, or if it stopped later than this day.
    """
    stop = _open_pause(obligation)
    if stop is None:
        raise ValueError(_("Việc «{action}» không ở trạng thái tạm dừng.").format(action=obligation.action))
    if on < stop.first_on:
        raise ValueError(
            _("Việc «{action}» tạm dừng từ {first_on:%d/%m/%Y}; chọn ngày tiếp tục không sớm hơn.").format(
                action=obligation.action, first_on=stop.first_on
            )
        )
    with recording(actor=actor, verb="resume", label=_("tiếp tục tính thời hạn"), on=on):
        _end_pause(obligation, stop, on=on)
        obligation.save()
    return obligation


def explain(obligation: Obligation) -> Reckoning | None:
    """Return the reckoning behind an obligation's date; None where the date was set by someone."""
    if not obligation.limit:
        return None
    return reckoning_of(terms_of(obligation), work_calendar())


def terms_of(obligation: Obligation) -> Terms:
    """Return all that an obligation's date follows from; pauses not yet ended do not count yet."""
    return Terms(obligation.started_on, obligation.limit, tuple(_spans(obligation)), obligation.rolls)


def _rolls(obligation: Obligation) -> bool:
    """Tell by the rulebook whether a period that ends on a day off ends on the next working day; it does by default.

    A limit in working days never ends on a day off, so the rule is not asked for.
    """
    if isinstance(parse_limit(obligation.limit), WorkingDays):
        return True
    try:
        return bool(rule_value(ROLLS, on=obligation.started_on, office=obligation.office))
    except RuleUnknown:
        return True


def _open_pause(obligation: Obligation) -> ObligationPause | None:
    # Asked of the table: pauses fetched with a list may be older than the stop.
    found: ObligationPause | None = obligation.pauses.filter(last_on=None).first()
    return found


def _end_pause(obligation: Obligation, stop: ObligationPause, *, on: date) -> None:
    stop.last_on = on
    stop.save()
    if obligation.limit:
        ended = obligation.pauses.filter(last_on__isnull=False)
        _reckon(obligation, pauses=[Span(one.first_on, one.last_on) for one in ended])


def _reckon(obligation: Obligation, pauses: Sequence[Span]) -> None:
    terms = Terms(obligation.started_on, obligation.limit, tuple(pauses), obligation.rolls)
    found = dates_of(terms, work_calendar())
    obligation.nominal_on, obligation.effective_on = found.nominal_on, found.effective_on


def _spans(obligation: Obligation) -> list[Span]:
    return [Span(stop.first_on, stop.last_on) for stop in obligation.pauses.all() if stop.last_on is not None]
