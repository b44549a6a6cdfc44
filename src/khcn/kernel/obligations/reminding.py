"""Remind of what falls due, level by level, each once for a due date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from khcn.kernel.identity.models import Office, User
from khcn.kernel.notices.services import notify, send_digest
from khcn.kernel.obligations.addresses import record_address
from khcn.kernel.obligations.audience import People, Told
from khcn.kernel.obligations.models import Obligation, Reminder
from khcn.kernel.obligations.selectors import sees_lateness
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.obligations.urging import levels_due, urging_days
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import resolve
from khcn.language.words import words as _

MORNING, EVENING = 7, 17
"""The hours of a working day between which people are told; a machine that was off in the morning catches up."""

Key = tuple[int, UrgingLevel]
UrgedHook = Callable[[Obligation, UrgingLevel, str, date], None]
urged_hooks: list[UrgedHook] = []
"""Hooks of upper modules, called in the same transaction when a level was used: what was said, on which day."""


@dataclass(frozen=True)
class Due:
    """One reminder to be sent; `after`: days since the due date, negative before it."""

    obligation: Obligation
    record: Record
    level: UrgingLevel
    due_on: date
    after: int

    @property
    def key(self) -> Key:
        """Return what tells one reminder of a morning from the others."""
        return self.obligation.pk, self.level

    @property
    def sentence(self) -> str:
        """Return what is said: how near or late, what to do, on which record."""
        day = f"{self.due_on.day}/{self.due_on.month}/{self.due_on.year}"
        if self.after > 0:
            when = _("Quá hạn {after} ngày (hạn {day})").format(after=self.after, day=day)
        else:
            when = (
                _("Còn {value} ngày đến hạn {day}").format(value=-self.after, day=day)
                if self.after
                else _("Đến hạn hôm nay, {day}").format(day=day)
            )
        marked = _(" Việc này được đưa vào báo cáo cơ quan giao việc.") if self.level == UrgingLevel.ISSUER else ""
        return _("{when}: {action}, hồ sơ {code} «{title}».{marked}").format(
            when=when,
            action=self.obligation.action,
            code=self.record.code,
            title=_short(self.record.title),
            marked=marked,
        )


def remind_due(*, now: datetime) -> int:
    """Remind everyone of what falls due, in the hours of a working day; returns how many reminders were sent.

    May run twice and in several workers: each level is used once for each due date of an obligation.
    """
    local = timezone.localtime(now)
    if not MORNING <= local.hour < EVENING or not work_calendar().is_working(local.date()):
        return 0
    return sum(_remind_office(office, local.date(), now) for office in Office.objects.order_by("pk"))


def reminders_due(office: Office, today: date) -> list[Due]:
    """Return the reminders due in an office; those whose clock stands and whose record is withdrawn are silent."""
    open_here = Obligation.objects.open().running().filter(office=office, effective_on__isnull=False)
    keys = open_here.order_by().values_list("register", flat=True).distinct()
    days = {key: urging_days(key, on=today, office=office) for key in keys}
    lead = max((-start for by_level in days.values() for start in by_level.values()), default=0)
    rows = list(open_here.filter(effective_on__lte=today + timedelta(days=lead)).select_related("person", "division"))
    records = resolve({row.ref for row in rows}, everything=True)
    sent = set(
        Reminder.objects.filter(obligation__office=office, obligation__closed_on=None).values_list(
            "obligation_id", "level", "due_on"
        )
    )
    return [
        Due(row, records[row.ref], level, row.effective_on, (today - row.effective_on).days)
        for row in rows
        if row.ref in records and records[row.ref].withdrawn_on is None
        for level in levels_due((today - row.effective_on).days, days[row.register])
        if (row.pk, level, row.effective_on) not in sent
    ]


def _remind_office(office: Office, today: date, now: datetime) -> int:
    with transaction.atomic():
        # Workers take turns: the second finds what the first has sent. On SQLite the transaction itself is alone.
        Office.objects.select_for_update(no_key=True).get(pk=office.pk)
        dues = reminders_due(office, today)
        people = People(office, today)
        counts = _tell(dues, {due.key: people.told(due.obligation, due.level) for due in dues}, now)
        used = [due for due in dues if counts[due.key] or due.level == UrgingLevel.ISSUER]
        for due in used:
            _note(due, counts[due.key], today)
    return len(used)


def _tell(dues: list[Due], told: dict[Key, Told], now: datetime) -> dict[Key, int]:
    """Tell each person what they may know of, in one message by mail; returns how many were told of each reminder."""
    counts: dict[Key, int] = defaultdict(int)
    theirs: dict[User, list[Due]] = defaultdict(list)
    for due in dues:
        for user in told[due.key]:
            theirs[user].append(due)
    for user, mine in theirs.items():
        lines = []
        for due in known_to(user, mine):
            absent = told[due.key][user]
            sentence = (
                due.sentence
                if absent is None
                else _("{sentence} Bạn làm thay {absent}.").format(sentence=due.sentence, absent=absent)
            )
            url = record_address(due.record)
            notify(user=user, text=sentence, url=url, at=now, by_mail=False)
            lines.append((sentence, url))
            counts[due.key] += 1
        send_digest(user=user, subject=_("Nhắc việc: {count} việc").format(count=len(lines)), lines=lines)
    return counts


def known_to(user: User, dues: Iterable[Due]) -> list[Due]:
    """Keep what the user may be told: of records they may see, and of lateness only once it is released to them."""
    dues = list(dues)
    visible = resolve({RecordRef(due.obligation.register, due.obligation.record_id) for due in dues}, user)
    return [due for due in dues if due.record.ref in visible and (due.after <= 0 or sees_lateness(user, due.record))]


def _note(due: Due, told: int, today: date) -> None:
    Reminder.objects.create(
        obligation=due.obligation,
        level=due.level,
        due_on=due.due_on,
        sent_on=today,
        told=told,
    )
    for hook in urged_hooks:
        hook(due.obligation, due.level, due.sentence, today)


def _short(title: str, longest: int = 160) -> str:
    return title if len(title) <= longest else title[: longest - 1].rstrip() + "…"
