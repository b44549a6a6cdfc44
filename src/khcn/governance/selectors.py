"""Read sessions with what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from khcn.assignments.models import Assignment
from khcn.assignments.selectors import board_conditions, sees_all_lateness
from khcn.assignments.states import AssignmentState, BoardState
from khcn.correspondence.models import Paper
from khcn.governance.models import Attendance, Conclusion, Recommendation, SessionFigure, SessionReading, WorkingSession
from khcn.governance.states import ConclusionState, RecommendationState
from khcn.governance.suggesting import closest, period_of, roles_clash
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.registry import UnknownIndicator, find_indicator, indicators
from khcn.kernel.indicators.selectors import Figure, figure, report_period
from khcn.kernel.pages.finding import records_named
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import resolve
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.text.folding import name_key, same_name
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person
from khcn.parties.selectors import roles_on

END_OF_DAY = time(23, 59, 59)
ABOUT = 20
"""A figure said to be «about» agrees within a twentieth."""
HELPERS = ("coordinators__organisation", "coordinators__division")
PAPER_LINKS = (LinkKind.PAPER, LinkKind.BASIS)
CHOICE_LOST = _("Người đã chọn không có trong sổ cá nhân bạn được xem.")


def tasks_of(conclusion: Conclusion) -> list[Assignment]:
    """Return the tasks given by a conclusion."""
    return list(Assignment.objects.of_origin(conclusion.ref))


def all_tasks_finished(conclusion: Conclusion) -> bool:
    """Tell whether the conclusion has tasks and the monitor ended every one of them, at least one as done."""
    return tasks_finished({task.state for task in tasks_of(conclusion)})


def tasks_finished(states: set[str]) -> bool:
    """Tell whether tasks in these states have all ended, one at least as done."""
    return AssignmentState.CLOSED in states and states <= {AssignmentState.CLOSED, AssignmentState.CANCELLED}


def session_is_followed_through(session: WorkingSession) -> bool:
    """Tell whether every conclusion of the session is carried out or noted."""
    return (
        not session.conclusions.standing().filter(state__in=(ConclusionState.RECORDED, ConclusionState.TASKED)).exists()
    )


def session_instant(session: WorkingSession) -> datetime | None:
    """Return the instant at which figures are compared: the hour of the session, or the end of its day."""
    if session.held_at is not None:
        return session.held_at
    if session.held_on is None:
        return None
    return timezone.make_aware(datetime.combine(session.held_on, END_OF_DAY))


def suggest_indicator(text: str, *, unit: str = "") -> str:
    """Return the indicator whose label is nearest to what a reported figure speaks of, or nothing."""
    return closest(text, {found.code: f"{found.unit} {found.label}" for found in indicators()}, unit=unit)


def people_bearing(name: str, office: Office, user: Any) -> list[Person]:
    """Return the people of the office's register, known to the user, who bear the name however it is spelled."""
    if not name.strip():
        return []
    rows = Person.objects.visible_to(user).of_office(office).standing().named(name).order_by("pk")
    return [row for row in rows if same_name(row.title, name)]


def person_chosen(code: str, office: Office, user: Any) -> Person | None:
    """Return the person whom someone chose by code, None where the user may not know of them."""
    found: Person | None = Person.objects.visible_to(user).of_office(office).standing().filter(code=code).first()
    return found


def known_roles(person: Person, day: date | None, user: Any) -> list[str]:
    """Return the roles a person is known by: those of the day, and those of attended sessions the user may know of."""
    held = roles_on(person, day) if day is not None else person.roles.all()
    sessions = WorkingSession.objects.visible_to(user)
    attended = Attendance.objects.filter(person=person, session__in=sessions).values_list("roles", flat=True)
    return [*(row.role for row in held), *(role for roles in attended for role in roles.split("; ") if role)]


@dataclass(frozen=True)
class NameMatch:
    """Who may be meant by a name: `person` where that is beyond doubt; `doubt` where someone must say."""

    candidates: tuple[Person, ...]
    person: Person | None
    doubt: str = ""


def match_name(name: str, roles: Sequence[str], *, office: Office, day: date | None, user: Any) -> NameMatch:
    """Find who is meant by a name with its roles; several bearers, or one of other roles, are left to a person.

    Whom the user may not know of is not among those meant: their existence would be told by being recognised.
    """
    candidates = tuple(people_bearing(name, office, user))
    if not candidates:
        return NameMatch((), None)
    if len(candidates) > 1:
        return NameMatch(
            candidates, None, _("Sổ cá nhân có {count} người tên «{name}».").format(count=len(candidates), name=name)
        )
    if roles_clash(roles, known_roles(candidates[0], day, user)):
        return NameMatch(
            candidates, None, _("Sổ cá nhân có một người tên «{name}» nhưng chức vụ khác hẳn.").format(name=name)
        )
    return NameMatch(candidates, candidates[0])


def sessions_on(day: date | None, office: Office, user: Any) -> list[WorkingSession]:
    """Return the sessions of that day the user may know of; a second text on one of them must not make another."""
    if day is None:
        return []
    rows = WorkingSession.objects.visible_to(user).of_office(office).standing()
    return list(rows.filter(held_on=day).order_by("pk"))


def host_named_in(text: str, office: Office, user: Any) -> Organisation | None:
    """Return the organisation known to the user whose name stands in a text, the longest name first."""
    key = name_key(text)
    rows = Organisation.objects.visible_to(user).of_office(office).standing().only("pk", "title", "short_name")
    named = [row for row in rows if name_key(row.title) in key]
    return max(named, key=lambda row: (len(row.title), -row.pk), default=None)


@dataclass(frozen=True)
class Comparison:
    """A reported figure beside what the registers knew: at the session, and now.

    `agrees` is None where nothing of ours can be set against it.
    """

    reported: SessionFigure
    then: Figure | None
    now: Figure | None
    agrees: bool | None

    @property
    def difference(self) -> Decimal | None:
        """Return the registers' value then minus the reported one."""
        if self.then is None or self.then.value is None:
            return None
        return self.then.value - self.reported.value


def comparisons_of(session: WorkingSession) -> list[Comparison]:
    """Set every reported figure of a session against the registers, as of the session's instant and as of now."""
    return [comparison_of(session, row) for row in session.figures.order_by("pk")]


def period_compared(session: WorkingSession, row: SessionFigure) -> tuple[str, int] | None:
    """Return kind and year of the period a figure is compared over: its own, else the session's."""
    if row.period_kind and row.period_year:
        return row.period_kind, row.period_year
    stated = period_of(row.period, session.period_year or (session.held_on.year if session.held_on else None))
    if stated or row.period:
        return stated
    return (session.period_kind, session.period_year) if session.period_kind and session.period_year else None


def comparison_of(session: WorkingSession, row: SessionFigure) -> Comparison:
    """Set one reported figure against the registers."""
    asked = period_compared(session, row)
    if not row.indicator or asked is None:
        return Comparison(row, None, None, None)
    try:
        find_indicator(row.indicator)
        period, _ = report_period(*asked, office=session.office)
    except (UnknownIndicator, RuleUnknown, KeyError):
        return Comparison(row, None, None, None)
    then = figure(row.indicator, period=period, office=session.office, as_of=session_instant(session))
    now = figure(row.indicator, period=period, office=session.office)
    return Comparison(row, then, now, _agrees(row, then.value))


def _agrees(row: SessionFigure, value: Decimal | None) -> bool | None:
    if value is None:
        return None
    if row.comparator == "over":
        return value >= row.value
    if row.comparator == "under":
        return value <= row.value
    if row.comparator == "about":
        return abs(value - row.value) * ABOUT <= max(row.value, Decimal(1))
    return value == row.value


def visible_rows(found: Figure | None, user: Any) -> list[Record]:
    """Return the records behind a figure that the user may know of, as they were known at the figure's instant."""
    if found is None or found.records is None:
        return []
    rows = [row for row in found.records if isinstance(row, Record)]
    seen = resolve({row.ref for row in rows}, user)
    return [row for row in rows if row.ref in seen]


@dataclass(frozen=True)
class Onlooker:
    """Who reads what became of conclusions: a person of the system, or whoever holds the session's QR code."""

    user: Any
    holds_key: bool = False

    @property
    def sees_lateness(self) -> bool:
        """Tell whether lateness is shown without its release."""
        return not self.holds_key and self.user.is_authenticated and sees_all_lateness(self.user)

    def keep(self, rows: Any) -> Any:
        """Keep what may be shown; a QR code opens nothing that is confidential."""
        return (
            rows.exclude(confidentiality=Confidentiality.CONFIDENTIAL) if self.holds_key else rows.visible_to(self.user)
        )

    def resolve(self, refs: Iterable[RecordRef]) -> dict[RecordRef, Record]:
        """Return the records behind references that may be shown."""
        if not self.holds_key:
            return resolve(refs, self.user)
        found = resolve(refs, everything=True)
        return {ref: row for ref, row in found.items() if row.confidentiality != Confidentiality.CONFIDENTIAL}


@dataclass(frozen=True)
class FollowedTask:
    """One task with the papers it rests on and the evidence that it was done."""

    task: Assignment
    papers: tuple[Record, ...]
    evidence: tuple[Record, ...]


@dataclass(frozen=True)
class FollowedConclusion:
    """One sentence of the conclusions and what became of it.

    `tasks`: those the onlooker may see. `is_finished`: whether all its tasks have ended, one at least as done.
    """

    conclusion: Conclusion
    tasks: tuple[FollowedTask, ...]
    is_finished: bool = False


def follow_up_of(session: WorkingSession, onlooker: Onlooker) -> list[FollowedConclusion]:
    """Return each conclusion → tasks → papers → evidence of a session, as `follow_up_over` does of many."""
    return follow_up_over([session], onlooker)[session.pk]


def follow_up_over(
    sessions: Sequence[WorkingSession], onlooker: Onlooker, as_of: datetime | None = None
) -> dict[int, list[FollowedConclusion]]:
    """Return each conclusion → tasks → papers → evidence by session, as known at the instant (None: now).

    A fixed number of queries. What the onlooker may not see is left out. The conclusion, the origin of its tasks, is
    not among their papers. Papers and evidence bear the names they have today.
    """
    of_sessions = Conclusion.objects.as_of(as_of).filter(session__in=[row.pk for row in sessions])
    conclusions = list(onlooker.keep(of_sessions.standing()).order_by("ordinal", "pk"))
    numbers = [row.pk for row in conclusions]
    known = Assignment.objects.as_of(as_of)
    given = known.filter(origin_register=Conclusion.REGISTER, origin_id__in=numbers)
    every = list(
        given.standing()
        .annotate(is_shown=Exists(onlooker.keep(known.filter(pk=OuterRef("pk")))))
        .select_related("lead_organisation", "lead_division")
        .prefetch_related(*HELPERS)
        .order_by("pk")
    )
    followed = _followed([task for task in every if task.is_shown], onlooker, as_of)
    shown: dict[int | None, list[FollowedTask]] = {}
    for one in followed:
        shown.setdefault(one.task.origin_id, []).append(one)
    states: dict[int | None, set[str]] = {}
    for task in every:
        states.setdefault(task.origin_id, set()).add(task.state)
    found: dict[int, list[FollowedConclusion]] = {row.pk: [] for row in sessions}
    for row in conclusions:
        ended = tasks_finished(states.get(row.pk, set()))
        found[row.session_id].append(FollowedConclusion(row, tuple(shown.get(row.pk, ())), ended))
    return found


def _followed(tasks: list[Assignment], onlooker: Onlooker, as_of: datetime | None) -> list[FollowedTask]:
    """Return the tasks with their papers and evidence, those that may be shown."""
    rows = Link.objects.as_of(as_of).filter(
        source_register=Assignment.REGISTER, source_id__in=[task.pk for task in tasks]
    )
    links = [link for link in rows.order_by("pk") if link.target_register != Conclusion.REGISTER]
    found = onlooker.resolve({link.target for link in links})
    proofs: list[FollowedTask] = []
    for task in tasks:
        mine = [link for link in links if link.source_id == task.pk and link.target in found]
        papers = tuple(found[link.target] for link in mine if link.kind in PAPER_LINKS)
        evidence = tuple(found[link.target] for link in mine if link.kind == LinkKind.EVIDENCE)
        proofs.append(FollowedTask(task, papers, evidence))
    return proofs


def papers_of_session(session: WorkingSession, user: Any) -> list[Record]:
    """Return the papers linked to a session, its notice of conclusions among them, that the user may see."""
    refs = [link.target for link in Link.objects.from_(session.ref).filter(kind=LinkKind.PAPER).order_by("pk")]
    found = resolve(set(refs), user)
    return [found[ref] for ref in refs if ref in found]


@dataclass(frozen=True)
class SessionCounts:
    """How many conclusions a session has, how many need nothing more, how many of its tasks are overdue."""

    concluded: int = 0
    done: int = 0
    overdue: int = 0


def session_counts(sessions: Sequence[WorkingSession], user: Any, today: date) -> dict[int, SessionCounts]:
    """Return the counts of several sessions by number; two queries however many they are.

    Lateness that is not released to the user is not counted.
    """
    ids = [session.pk for session in sessions]
    finished = Q(state__in=(ConclusionState.CARRIED_OUT, ConclusionState.NOTED))
    rows = list(Conclusion.objects.visible_to(user).standing().filter(session__in=ids).values_list("pk", "session_id"))
    counted = (
        Conclusion.objects.visible_to(user)
        .standing()
        .filter(session__in=ids)
        .order_by()
        .values("session_id")
        .annotate(concluded=Count("pk"), done=Count("pk", filter=finished))
    )
    late = board_conditions(today, withheld=not sees_all_lateness(user))[BoardState.OVERDUE]
    session_of = dict(rows)
    overdue: dict[int, int] = {}
    given = (
        Assignment.objects.visible_to(user)
        .standing()
        .filter(late, origin_register=Conclusion.REGISTER, origin_id__in=list(session_of))
    )
    for origin in given.values_list("origin_id", flat=True):
        overdue[session_of[origin]] = overdue.get(session_of[origin], 0) + 1
    return {
        row["session_id"]: SessionCounts(row["concluded"], row["done"], overdue.get(row["session_id"], 0))
        for row in counted
    }


def unanswered_recommendations(user: Any) -> Any:
    """Return the recommendations that still wait for an answer, the oldest first."""
    rows = Recommendation.objects.visible_to(user).standing().exclude(state=RecommendationState.ANSWERED)
    return rows.select_related("session", "studied_by").order_by(F("raised_on").asc(nulls_first=True), "pk")


def open_readings(user: Any) -> Any:
    """Return the readings that wait for a person, the newest first."""
    return SessionReading.objects.visible_to(user).standing().filter(state="reviewing").order_by("-received_on", "-pk")


def records_cited(text: str, user: Any) -> tuple[list[Record], list[str]]:
    """Return the records a text cites by code, or by number where it is a paper, and what was not found."""
    found, unknown = records_named(text, user)
    still_unknown = []
    for number in unknown:
        paper = (
            Paper.objects.visible_to(user).standing().filter(number__iexact=number).order_by("-issued_on", "pk").first()
        )
        found += [paper] if paper is not None else []
        still_unknown += [] if paper is not None else [number]
    return found, still_unknown


def known_paper_number(paper: Record) -> str:
    """Return a paper's number as its issuer gave it, or the code of a record that is no paper."""
    return str(getattr(paper, "number", "") or paper.code)


def notice_numbers(sessions: Sequence[WorkingSession], user: Any) -> dict[int, str]:
    """Return the numbers of the papers linked to sessions, by session; those the user may see, the first of each."""
    links = Link.objects.filter(
        kind=LinkKind.PAPER, source_register=WorkingSession.REGISTER, source_id__in=[row.pk for row in sessions]
    )
    rows = list(links.order_by("pk"))
    found = resolve({link.target for link in rows}, user)
    numbers: dict[int, str] = {}
    for link in rows:
        if link.target in found:
            numbers.setdefault(link.source_id, known_paper_number(found[link.target]))
    return numbers
