"""Reckon due dates anew where the calendar or a rule changed; say what moved and why, and tell whom it concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from khcn.kernel.calendar import WorkCalendar
from khcn.kernel.identity.models import Office, User
from khcn.kernel.notices.services import notify
from khcn.kernel.obligations.addresses import moves_address
from khcn.kernel.obligations.audience import People
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.reckoned import Dates, dates_of
from khcn.kernel.obligations.services import terms_of
from khcn.kernel.obligations.states import RECOMPUTED
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.records.recording import current_recording, recording
from khcn.kernel.records.registry import resolve
from khcn.kernel.rulebook.kinds import words_of
from khcn.kernel.rulebook.services import RulesChanged
from khcn.kernel.rulebook.timeline import Plan, applying
from khcn.language.words import words as _


@dataclass(frozen=True)
class Move:
    """One obligation whose date moves: from where, to where."""

    obligation: Obligation
    before: Dates
    after: Dates


def moves_by_calendar(day: date, calendar: WorkCalendar) -> list[Move]:
    """Return what would move if the calendar were this one and differed from today's on one day.

    Raises: CalendarUnknown.
    """
    reached = Obligation.objects.open().exclude(limit="").filter(started_on__lt=day, effective_on__gte=day)
    return _moved(reached.select_related("person", "rule").prefetch_related("pauses").order_by("pk"), calendar)


def recheck(*, at: datetime) -> int:
    """Reckon every open date anew and write what moved; returns how many. Run again it changes nothing.

    A new release may bring days of a coming year, and work may be opened while another changes the calendar.
    """
    reckoned = Obligation.objects.open().exclude(limit="").select_related("person").prefetch_related("pauses")
    with recording(actor=None, verb="recheck-dues", label=_("đối chiếu hạn"), on=timezone.localtime(at).date()):
        moves = _moved(reckoned.order_by("pk"), work_calendar())
        return recompute(moves, actor=None, why=_("Do lịch làm việc được bổ sung"))


def recompute(moves: Iterable[Move], *, actor: Any, why: str) -> int:
    """Write the moved dates, each as one recorded change with the reason, and tell whom they concern; returns how many.

    Call inside the recorded change that caused the moves.
    """
    moves = list(moves)
    for move in moves:
        row = move.obligation
        row.nominal_on, row.effective_on = move.after.nominal_on, move.after.effective_on
        with recording(actor=actor, verb=RECOMPUTED, label=_("tính lại hạn"), why=why):
            row.save()
    if moves:
        _tell(moves, why=why, at=current_recording().at)
    return len(moves)


def moves_by_rule(plan: Plan) -> list[Move]:
    """Return what would move if the rule said what the plan says; nothing is written.

    Raises: InvalidLimit; CalendarUnknown.
    """
    return _moved(_following(plan), work_calendar())


def follow_rule(change: RulesChanged, actor: Any) -> None:
    """Let what started under a changed value take what is in force on its first day; the rest keeps its row.

    Called inside the change of the rule. Raises: InvalidLimit; CalendarUnknown.
    """
    concerned, why = _following(change.plan), _why(change)
    moves = _moved(concerned, work_calendar())
    moving = {move.obligation.pk for move in moves}
    for row in concerned:
        if row.pk not in moving:  # the row of the rule changes, the date does not
            with recording(actor=actor, verb="follow-rule", label=_("theo quy định mới"), why=why):
                row.save()
    recompute(moves, actor=actor, why=why)


def _following(plan: Plan) -> list[Obligation]:
    """Return the open obligations that stand under another row or limit than the plan gives them, holding the new."""
    rows = Obligation.objects.open().filter(rule_id__in=plan.touched).select_related("person")
    found = []
    for row in rows.prefetch_related("pauses").order_by("pk"):
        rule = applying(plan.after, on=row.started_on, office=row.office_id)
        if rule is not None and (row.rule_id, row.limit) != (rule.pk, str(rule.value)):
            row.rule_id, row.limit = rule.pk, str(rule.value)
            found.append(row)
    return found


def _why(change: RulesChanged) -> str:
    before, after = change.before, change.after
    old, new = (words_of(one.key, one.value, one.unit) for one in (before, after))
    changed = (
        _("đổi từ {old} thành {new}").format(old=old, new=new)
        if old != new
        else _("vẫn là {new}, đổi ngày hiệu lực").format(new=new)
    )
    return _("Do quy định «{label}» {changed}, theo {legal_basis}").format(
        label=after.label, changed=changed, legal_basis=after.legal_basis
    )


def _moved(rows: Iterable[Obligation], calendar: WorkCalendar) -> list[Move]:
    found = []
    for row in rows:
        before, after = Dates(row.nominal_on, row.effective_on), dates_of(terms_of(row), calendar)
        if before != after:
            found.append(Move(row, before, after))
    return found


def _tell(moves: list[Move], *, why: str, at: datetime) -> None:
    """Tell each person once how many of the dates they answer for moved, and why."""
    today = timezone.localtime(at).date()
    mine: dict[User, list[Move]] = defaultdict(list)
    for office in Office.objects.filter(pk__in={move.obligation.office_id for move in moves}):
        people = People(office, today)
        for move in moves:
            if move.obligation.office_id == office.pk:
                concerned = [*people.officers(move.obligation), *people.heads(move.obligation)]
                for user in people.with_stand_ins(concerned):
                    mine[user].append(move)
    for user, theirs in mine.items():
        visible = resolve({move.obligation.ref for move in theirs}, user)
        if number := sum(move.obligation.ref in visible for move in theirs):
            notify(
                user=user,
                text=_("{number} việc đổi hạn. {why}").format(number=number, why=why),
                url=moves_address(),
                at=at,
            )
