"""Read what falls due: whose, when, and on what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Min, Q

from khcn.kernel.access.roles import Role
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.states import RECOMPUTED, DueState
from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import register, resolve
from khcn.language.words import words as _

HolderResolver = Callable[[Any], Sequence[RecordRef]]
holder_resolvers: list[HolderResolver] = []
"""Hooks of upper modules: the outside parties a user acts for."""


@dataclass(frozen=True)
class InboxItem:
    """One row of the inbox: the obligation, its record (None if it may not be seen), its state on the day.

    `days_left` is negative when late, None without a date. `tells_lateness`: False where it is not to be told to the
    reader that the work is late; its state is then not due.
    """

    obligation: Obligation
    record: Record | None
    state: DueState
    days_left: int | None
    tells_lateness: bool = True


def obligations_of(user: Any) -> Any:
    """Return the open obligations that are the user's.

    Their own, those of whom they stand in for, of their divisions, and of parties they act for.
    """
    absent = {grant.delegated_by_id for grant in user.grants if grant.delegated_by_id is not None}
    mine = Q(person_id=user.pk) | Q(person_id__in=absent, office_id=user.office_id)
    if user.holds(Role.DIVISION_HEAD, Role.SPECIALIST, Role.CLERK, Role.MONITOR):
        mine |= Q(division_id__in=user.division_ids, holder_id=None)
    if user.holds(Role.DIRECTOR):
        mine |= Q(office_id=user.office_id)
    for resolver in holder_resolvers:
        for ref in resolver(user):
            mine |= Q(holder_register=ref.register, holder_id=ref.id)
    return Obligation.objects.open().filter(mine)


def inbox_of(user: Any, today: date, *, soon: int = 7, limit: int = 300) -> list[InboxItem]:
    """Return the user's inbox, what hurts first on top; a few queries however long it is."""
    rows = list(
        obligations_of(user)
        .select_related("division", "person", "rule")
        .prefetch_related("pauses")
        .order_by(F("effective_on").asc(nulls_last=True), "id")[:limit],
    )
    records = resolve({row.ref for row in rows}, user)
    return [_item(row, records[row.ref], user, today, soon) for row in rows if row.ref in records]


def _item(row: Obligation, record: Record, user: Any, today: date, soon: int) -> InboxItem:
    state, told = row.state_on(today, soon), True
    if state == DueState.OVERDUE and not sees_lateness(user, record):
        state, told = DueState.NOT_DUE, False
    return InboxItem(row, record, state, (row.effective_on - today).days if row.effective_on else None, told)


def sees_lateness(user: Any, record: Record) -> bool:
    """Tell whether the user may be told that something is late on the record: what its register says, else yes."""
    decide = register(record.REGISTER).may_see_lateness
    return decide is None or bool(decide(user, record))


def group_of(item: InboxItem, today: date) -> str:
    """Return the inbox group of an item: overdue, today, this week, later, or without a date."""
    due = item.obligation.effective_on
    if due is None:
        return _("Không đặt hạn")
    if item.state == DueState.PAUSED:
        return _("Sau đó")  # its clock stands: whatever its date says, it presses nobody now
    if not item.tells_lateness:
        return _("Sau đó")
    if due < today:
        return _("Quá hạn")
    if due == today:
        return _("Hôm nay")
    return _("Trong tuần") if due <= today + timedelta(days=7) else _("Sau đó")


def next_dues(register_key: str, numbers: Collection[int], instant: datetime | None = None) -> dict[int, date]:
    """Return for each record of a register the first day on which something of it falls due; one query."""
    rows = Obligation.objects.as_of(instant).open().filter(register=register_key, record_id__in=numbers)
    first = rows.order_by().values_list("record_id").annotate(first=Min("effective_on"))
    return {number: day for number, day in first if day is not None}


@dataclass(frozen=True)
class DueMoved:
    """One date that moved by itself: on which record, from when to when, since which instant, by whom, why."""

    obligation: Obligation
    record: Record
    before: date | None
    after: date | None
    at: datetime
    who: str
    why: str


def dues_moved(user: Any, *, limit: int = 200) -> list[DueMoved]:
    """Return the latest dates that moved because the calendar or a rule changed, on records the user may see."""
    versions = Obligation.Version._base_manager
    moved = list(versions.filter(change__verb=RECOMPUTED).select_related("change").order_by("-version_id")[:limit])
    earlier = {(one.id, one.recorded_to): one for one in versions.filter(id__in={row.id for row in moved})}
    rows = Obligation.objects.in_bulk({row.id for row in moved})
    records = resolve({row.ref for row in rows.values()}, user)
    found = []
    for row in moved:
        record, before = records.get(rows[row.id].ref), earlier.get((row.id, row.recorded_from))
        if record is not None and before is not None:
            change = row.change
            dates = (before.effective_on, row.effective_on)
            found.append(DueMoved(rows[row.id], record, *dates, change.at, change.actor_name, change.why))
    return found
