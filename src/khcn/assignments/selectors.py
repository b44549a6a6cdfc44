"""Read given work: where each stands on a day, what is overdue, whom to remind, what led to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, F, Q

from khcn.assignments.models import Assignment, AssignmentQuerySet
from khcn.assignments.states import OPEN_STATES, URGING_RULES, AssignmentState, BoardState
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Division, Office
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import resolve
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_value
from khcn.language.words import words as _
from khcn.parties.models import Organisation

DUE_SOON_RULE = "obligation.due-soon-days"
DUE_SOON_DAYS = 7
LARGEST_NUMBER = BigIntegerField.MAX_BIGINT
WITHHELD = {
    BoardState.OVERDUE: BoardState.UNDER_WAY,
    BoardState.DUE_SOON: BoardState.UNDER_WAY,
    BoardState.NOT_DUE: BoardState.UNDER_WAY,
    BoardState.DONE: BoardState.FINISHED,
    BoardState.DONE_LATE: BoardState.FINISHED,
}
"""What a viewer reads instead, where lateness is not released to them."""


def soon_days(today: date, office: Office | None = None) -> int:
    """Return how many days before its deadline work counts as nearly due: the rulebook's value, else 7."""
    try:
        return int(rule_value(DUE_SOON_RULE, on=today, office=office))
    except RuleUnknown:
        return DUE_SOON_DAYS


def sees_all_lateness(user: Any) -> bool:
    """Tell whether the viewer sees lateness without its release: everyone but those above."""
    return not (user is not None and user.holds(Role.PROVINCIAL_LEADER) and not user.is_office_staff)


def board_state(
    assignment: Assignment, today: date, *, soon: int = DUE_SOON_DAYS, withheld: bool = False
) -> BoardState:
    """Return where the assignment stands on the day; with `withheld`, without its lateness unless released."""
    found = _board_state(assignment, today, soon)
    if withheld and assignment.lateness_released_at is None:
        return WITHHELD.get(found, found)
    return found


def _board_state(assignment: Assignment, today: date, soon: int) -> BoardState:
    settled = {
        AssignmentState.CANCELLED: BoardState.CANCELLED,
        AssignmentState.SUSPENDED: BoardState.SUSPENDED,
        AssignmentState.REPORTED_DONE: BoardState.AWAITING,
    }
    if assignment.state in settled:
        return settled[AssignmentState(assignment.state)]
    if assignment.state == AssignmentState.CLOSED:
        return BoardState.DONE_LATE if assignment.is_done_late else BoardState.DONE
    if assignment.due_on is None:
        return BoardState.NO_DEADLINE
    if assignment.due_on < today:
        return BoardState.OVERDUE
    return BoardState.DUE_SOON if assignment.due_on <= today + timedelta(days=soon) else BoardState.NOT_DUE


def board_conditions(today: date, *, soon: int = DUE_SOON_DAYS, withheld: bool = False) -> dict[BoardState, Q]:
    """Return for each board state the condition that selects it; together they cover every assignment once."""
    running = Q(state__in=OPEN_STATES)
    done = Q(state=AssignmentState.CLOSED)
    late = Q(due_on__isnull=False, completed_on__gt=F("due_on"))
    near = today + timedelta(days=soon)
    found = {
        BoardState.OVERDUE: running & Q(due_on__lt=today),
        BoardState.DUE_SOON: running & Q(due_on__gte=today, due_on__lte=near),
        BoardState.NOT_DUE: running & Q(due_on__gt=near),
        BoardState.NO_DEADLINE: running & Q(due_on=None),
        BoardState.AWAITING: Q(state=AssignmentState.REPORTED_DONE),
        BoardState.SUSPENDED: Q(state=AssignmentState.SUSPENDED),
        BoardState.DONE: done & ~late,
        BoardState.DONE_LATE: done & late,
        BoardState.CANCELLED: Q(state=AssignmentState.CANCELLED),
    }
    return _without_lateness(found) if withheld else found


def _without_lateness(found: dict[BoardState, Q]) -> dict[BoardState, Q]:
    released = Q(lateness_released_at__isnull=False)
    hidden = Q(lateness_released_at=None)
    under_way = found[BoardState.OVERDUE] | found[BoardState.DUE_SOON] | found[BoardState.NOT_DUE]
    finished = found[BoardState.DONE] | found[BoardState.DONE_LATE]
    return {
        **{state: condition & released if state in WITHHELD else condition for state, condition in found.items()},
        BoardState.UNDER_WAY: under_way & hidden,
        BoardState.FINISHED: finished & hidden,
    }


def board_counts(
    rows: AssignmentQuerySet, today: date, *, soon: int = DUE_SOON_DAYS, withheld: bool = False
) -> dict[BoardState, int]:
    """Return how many of the rows stand in each board state; one query however many they are."""
    conditions = board_conditions(today, soon=soon, withheld=withheld)
    counted = rows.order_by().aggregate(
        **{state.value: Count("pk", filter=condition) for state, condition in conditions.items()}
    )
    return {state: counted[state.value] for state in conditions}


def board_rows(user: Any) -> AssignmentQuerySet:
    """Return the work that the board counts for this person: what they may know of, without mistaken entries."""
    rows: AssignmentQuerySet = Assignment.objects.visible_to(user).followed()
    return rows


def board_leads(user: Any) -> list[tuple[str, str]]:
    """Return those who lead work on the person's board, as `led_by` names them; none they may not know."""
    led = board_rows(user).order_by()
    agencies = Organisation.objects.visible_to(user).filter(pk__in=led.values("lead_organisation_id"))
    divisions = Division.objects.filter(pk__in=led.values("lead_division_id"))
    named = [(str(key), str(title)) for key, title in agencies.order_by("title").values_list("pk", "title")]
    return named + [(f"p{key}", str(name)) for key, name in divisions.order_by("name").values_list("pk", "name")]


def running_by_lead(user: Any) -> list[tuple[str, str, int]]:
    """Return key, name and number of open tasks of each lead on the person's board, those with most work first."""
    counted = board_rows(user).open().order_by().values("lead_organisation_id", "lead_division_id")
    numbers = {
        f"p{row['lead_division_id']}" if row["lead_division_id"] else str(row["lead_organisation_id"]): row["number"]
        for row in counted.annotate(number=Count("pk"))
    }
    found = [(key, name, numbers[key]) for key, name in board_leads(user) if key in numbers]
    return sorted(found, key=lambda row: (-row[2], row[1]))


def overdue_assignments(today: date) -> AssignmentQuerySet:
    """Return the open assignments whose deadline in force has passed, the longest overdue first."""
    rows: AssignmentQuerySet = Assignment.objects.standing().overdue(today).order_by("due_on", "pk")
    return rows


def assignments_of(organisation: Organisation) -> AssignmentQuerySet:
    """Return the assignments that an organisation leads or coordinates."""
    rows: AssignmentQuerySet = Assignment.objects.of_organisations([organisation.pk])
    return rows


def assignments_from(origin: Record | RecordRef) -> AssignmentQuerySet:
    """Return the assignments given by a record: a conclusion, a programme, a paper."""
    rows: AssignmentQuerySet = Assignment.objects.of_origin(origin if isinstance(origin, RecordRef) else origin.ref)
    return rows


def origin_named(text: str, user: Any) -> Record | None:
    """Return the record that an address or a form names as giving the work; None unless the user may know of it.

    `text`: register/number, as people cannot be expected to leave it alone.
    """
    try:
        ref = RecordRef.parse(text)
    except ValueError:
        return None
    if ref.id > LARGEST_NUMBER:
        return None
    found = resolve([ref], user).get(ref)
    return found if found is not None and found.withdrawn_on is None else None


@dataclass(frozen=True)
class UrgingDue:
    """One reminder that should go out: the level reached, the rule that says so; `days` after the deadline."""

    assignment: Assignment
    level: UrgingLevel
    days: int


def urging_days(today: date, office: Office) -> dict[UrgingLevel, int]:
    """Return for each level how many days after the deadline it is reached, by the rulebook.

    Raises: RuleUnknown.
    """
    return {level: int(rule_value(key, on=today, office=office)) for level, key in URGING_RULES.items()}


def assignments_to_urge(today: date, *, office: Office | None = None) -> list[UrgingDue]:
    """Return the reminders due: for each open assignment the highest level reached and not yet used for its deadline.

    Raises: RuleUnknown, where the rulebook lacks a level.
    """
    offices = [office] if office is not None else list(Office.objects.order_by("pk"))
    return [found for one in offices for found in _urging_in(one, today)]


def _urging_in(office: Office, today: date) -> list[UrgingDue]:
    days = urging_days(today, office)
    reach = today - timedelta(days=min(days.values()))
    rows = (
        Assignment.objects.of_office(office)
        .standing()
        .open()
        .filter(due_on__lte=reach)
        .select_related("lead_organisation", "lead_division", "responsible", "office")
        .prefetch_related("urgings")
        .order_by("due_on", "pk")
    )
    found = []
    for row in rows:
        after = (today - row.due_on).days
        level = max((level for level in days if days[level] <= after), key=lambda level: days[level])
        if not any(urging.level == level and urging.due_on == row.due_on for urging in row.urgings.all()):
            found.append(UrgingDue(row, level, after))
    return found


@dataclass(frozen=True)
class ChainStep:
    """One link of the chain from what was said to who does it: its role, its words, its record if it may be seen."""

    role: str
    text: str
    record: Record | None = None


def chain_of(assignment: Assignment, user: Any) -> Sequence[ChainStep]:
    """Return the chain origin → papers → lead; records the user may not see are left out.

    Where the department can only advise and the Committee's paper is not linked yet, that step says so.
    """
    links = list(Link.objects.from_(assignment.ref).filter(kind=LinkKind.PAPER).order_by("pk"))
    origin = assignment.origin
    records = resolve({link.target for link in links} | ({origin} if origin else set()), user)
    steps = []
    if origin is not None and origin in records:
        steps.append(ChainStep(_("Nơi giao"), str(records[origin]), records[origin]))
    elif giver := assignment.given_by or _listed(assignment.giver):
        steps.append(ChainStep(_("Nơi giao"), giver))
    papers = [records[link.target] for link in links if link.target in records]
    steps += [ChainStep(_("Văn bản giao"), str(paper), paper) for paper in papers]
    if assignment.advise_only and not papers:
        steps.append(ChainStep(_("Văn bản giao"), _("Chưa có văn bản của Ủy ban nhân dân tỉnh")))
    steps.append(ChainStep(_("Chủ trì"), assignment.lead_text))
    return tuple(steps)


def _listed(organisation: Organisation | None) -> str:
    return organisation.listed_name if organisation is not None else ""


def evidence_of(assignment: Assignment, user: Any) -> list[Record]:
    """Return the records that prove the result, those that the user may see."""
    links = Link.objects.from_(assignment.ref).filter(kind=LinkKind.EVIDENCE).order_by("pk")
    refs = [link.target for link in links]
    records = resolve(refs, user)
    return [records[ref] for ref in refs if ref in records]


def urging_rules(today: date) -> list[Rule]:
    """Return the rule rows behind the levels of reminding, to show them with their confidence."""
    return list(Rule.objects.filter(key__in=URGING_RULES.values()).in_force(today).order_by("key"))
