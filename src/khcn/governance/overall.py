"""What became of the conclusions of all sessions in a span of days: by session, and by the agency that owes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Min
from django.utils import timezone

from khcn.assignments.states import BoardState
from khcn.governance.following_up import ENDED, FollowCounts, FollowLine, TaskLine, counts_of, lines_from
from khcn.governance.models import Attendance, Conclusion, WorkingSession
from khcn.governance.selectors import Onlooker, follow_up_over
from khcn.governance.states import AttendancePart, ConclusionState
from khcn.governance.waiting import Waiting, stuck_first, task_waiting
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.identity.models import Office
from khcn.kernel.records.clock import LATEST
from khcn.kernel.text.folding import name_key
from khcn.language.words import words as _
from khcn.parties.models import Person

OPEN_CONCLUSIONS = (ConclusionState.RECORDED, ConclusionState.TASKED)
OVER = (*ENDED, BoardState.CANCELLED)


@dataclass(frozen=True)
class Asked:
    """What is asked for: days on which sessions were held, one session, chair, agency, state; as known when."""

    first: date | None = None
    last: date | None = None
    session: str = ""
    chair: str = ""
    agency: str = ""
    state: str = ""
    as_of: datetime | None = None

    def day(self, today: date) -> date:
        """Return the day on which lateness is judged."""
        return timezone.localdate(self.as_of) if self.as_of else today


@dataclass(frozen=True)
class SessionPart:
    """One session with its conclusions; `chairs`: names by the number of the person."""

    session: WorkingSession
    chairs: dict[str, str]
    lines: tuple[FollowLine, ...]


@dataclass(frozen=True)
class Owed:
    """One task that has not ended: of which session and conclusion, and what it waits for."""

    session: WorkingSession
    line: FollowLine
    task: TaskLine
    waiting: Waiting


@dataclass(frozen=True)
class AgencyPart:
    """What one agency was given, ended and still owes; tasks it leads. `overdue`: only where the reader may know."""

    key: str
    name: str
    given: int
    ended: int
    overdue: int
    owed: tuple[Owed, ...]


@dataclass(frozen=True)
class FollowUp:
    """The whole report. The `state` asked for narrows `parts`, not `counts` and `agencies`."""

    asked: Asked
    first: date | None
    last: date
    day: date
    counts: FollowCounts
    parts: tuple[SessionPart, ...]
    agencies: tuple[AgencyPart, ...]
    choices: dict[str, list[tuple[str, str]]]

    @property
    def lines(self) -> list[FollowLine]:
        """Return the conclusions shown."""
        return [line for part in self.parts for line in part.lines]


@dataclass(frozen=True)
class OfficePrinter(Onlooker):
    """The office itself printing by command, for itself or to send up: nothing confidential, now or then."""

    internal: bool = False

    @property
    def sees_lateness(self) -> bool:
        """Tell whether lateness is shown without its release: only on the office's own copy."""
        return self.internal

    def keep(self, rows: Any) -> Any:
        """Keep what is not confidential and has not become so since."""
        confidential = {"confidentiality": Confidentiality.CONFIDENTIAL}
        since = rows.model.objects.as_of(LATEST).filter(**confidential)
        return rows.exclude(**confidential).exclude(pk__in=since.values("pk"))


def _done(line: FollowLine) -> bool:
    state = line.followed.conclusion.state
    return state in (ConclusionState.CARRIED_OUT, ConclusionState.NOTED) or (
        state == ConclusionState.TASKED and line.followed.is_finished
    )


CONCLUSION_STATES: dict[str, tuple[str, Callable[[FollowLine], bool]]] = {
    "xong": (_("Ý kiến đã xong"), _done),
    "dang-thuc-hien": (
        _("Ý kiến đang thực hiện"),
        lambda line: line.followed.conclusion.state == ConclusionState.TASKED and not line.followed.is_finished,
    ),
    "chua-giao": (
        _("Ý kiến chưa giao nhiệm vụ"),
        lambda line: line.followed.conclusion.state == ConclusionState.RECORDED,
    ),
}
TASK_STATES: dict[str, tuple[str, Callable[[TaskLine], bool]]] = {
    "qua-han": (_("Nhiệm vụ quá hạn"), lambda task: task.board is BoardState.OVERDUE),
    "con-no": (_("Nhiệm vụ chưa kết thúc"), lambda task: task.board not in OVER),
    "da-ket-thuc": (_("Nhiệm vụ đã kết thúc"), lambda task: task.board in OVER),
}
STATE_CHOICES = [(key, words) for key, (words, _) in (*CONCLUSION_STATES.items(), *TASK_STATES.items())]


def follow_up_report(asked: Asked, onlooker: Onlooker, *, office: Office, today: date) -> FollowUp:
    """Return what became of the conclusions asked for; a fixed number of queries however many sessions there are.

    Without a first day: since the earliest session with an open conclusion. Sessions of unknown day belong to every
    span that was not asked for.
    """
    day = asked.day(today)
    known = onlooker.keep(WorkingSession.objects.as_of(asked.as_of).of_office(office).standing())
    sessions = list(known.select_related("office", "host").order_by("-held_on", "-pk"))
    first, last = asked.first or _earliest_open(sessions, onlooker, asked.as_of), asked.last or day
    chairs = _chairs(sessions, asked.as_of)
    within = [row for row in sessions if _is_within(row, first, last, asked)]
    chosen = [row for row in within if _is_chosen(row, chairs.get(row.pk, {}), asked)]
    followed = follow_up_over(chosen, onlooker, asked.as_of)
    parts = []
    for session in chosen:
        lines = stuck_first(lines_from(followed[session.pk], onlooker, day), session.held_on)
        parts.append(SessionPart(session, chairs.get(session.pk, {}), tuple(lines)))
    agencies = _agencies(parts)
    narrowed = [_of_agency(part, asked.agency) for part in parts] if asked.agency else parts
    return FollowUp(
        asked=asked,
        first=first,
        last=last,
        day=day,
        counts=counts_of([line for part in narrowed for line in part.lines]),
        parts=tuple(part for one in narrowed if (part := _in_state(one, asked.state)).lines),
        agencies=tuple(part for part in agencies if asked.agency in ("", part.key)),
        choices=_choices(within, chairs, agencies),
    )


def agency_key(line: TaskLine) -> str:
    """Return what names a task's lead in an address."""
    task = line.task
    return f"p{task.lead_division_id}" if task.lead_division_id else f"c{task.lead_organisation_id or 0}"


def _earliest_open(sessions: Sequence[WorkingSession], onlooker: Onlooker, as_of: datetime | None) -> date | None:
    numbers = [row.pk for row in sessions]
    rows = onlooker.keep(Conclusion.objects.as_of(as_of).standing())
    found: date | None = rows.filter(session__in=numbers, state__in=OPEN_CONCLUSIONS).aggregate(
        first=Min("session__held_on")
    )["first"]
    return found


def _chairs(sessions: Sequence[WorkingSession], as_of: datetime | None) -> dict[int, dict[str, str]]:
    """Return the chairs by session: names by the number of the person; of one now confidential the code only."""
    known = Attendance.objects.as_of(as_of).filter(session__in=[row.pk for row in sessions], part=AttendancePart.CHAIR)
    rows = list(known.order_by("protocol_rank", "pk"))
    people = {row.pk: row for row in Person.objects.filter(pk__in={row.person_id for row in rows})}
    found: dict[int, dict[str, str]] = {}
    for row in rows:
        if row.person_id in people:
            found.setdefault(row.session_id, {})[str(row.person_id)] = people[row.person_id].listed_name
    return found


def _is_within(session: WorkingSession, first: date | None, last: date, asked: Asked) -> bool:
    if session.held_on is None:
        return asked.first is None and asked.last is None
    return (first is None or session.held_on >= first) and session.held_on <= last


def _is_chosen(session: WorkingSession, chairs: dict[str, str], asked: Asked) -> bool:
    return asked.session in ("", session.code) and (not asked.chair or asked.chair in chairs)


def _of_agency(part: SessionPart, key: str) -> SessionPart:
    return _with_tasks(part, lambda task: agency_key(task) == key)


def _in_state(part: SessionPart, state: str) -> SessionPart:
    if state in CONCLUSION_STATES:
        keeps = CONCLUSION_STATES[state][1]
        return replace(part, lines=tuple(line for line in part.lines if keeps(line)))
    return _with_tasks(part, TASK_STATES[state][1]) if state in TASK_STATES else part


def _with_tasks(part: SessionPart, keeps: Callable[[TaskLine], bool]) -> SessionPart:
    lines = [replace(line, tasks=tuple(task for task in line.tasks if keeps(task))) for line in part.lines]
    return replace(part, lines=tuple(line for line in lines if line.tasks))


def _agencies(parts: Sequence[SessionPart]) -> list[AgencyPart]:
    given: dict[str, list[Owed]] = {}
    for part in parts:
        for line in part.lines:
            for task in line.tasks:
                given.setdefault(agency_key(task), []).append(Owed(part.session, line, task, task_waiting(task)))
    found = [_agency(key, tasks) for key, tasks in given.items()]
    return sorted(found, key=lambda one: (-one.overdue, -len(one.owed), name_key(one.name), one.key))


def _agency(key: str, tasks: list[Owed]) -> AgencyPart:
    owed = [one for one in tasks if one.task.board not in OVER]
    owed.sort(key=lambda one: (one.waiting.stuck, one.task.task.due_on or date.max, one.task.task.pk))
    overdue = sum(one.task.board is BoardState.OVERDUE for one in tasks)
    return AgencyPart(key, tasks[0].task.agency, len(tasks), len(tasks) - len(owed), overdue, tuple(owed))


def _choices(
    sessions: Sequence[WorkingSession], chairs: dict[int, dict[str, str]], agencies: Sequence[AgencyPart]
) -> dict[str, list[tuple[str, str]]]:
    names = {key: name for row in sessions for key, name in chairs.get(row.pk, {}).items()}
    return {
        "session": [(row.code, f"{row.code} · {row.title}") for row in sessions],
        "chair": sorted(names.items(), key=lambda pair: name_key(pair[1])),
        "agency": sorted(((one.key, one.name) for one in agencies), key=lambda pair: name_key(pair[1])),
        "state": STATE_CHOICES,
    }
