"""Read research tasks: the law that governs them, their money, their councils, what resembles them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, Sum

from khcn.councils.models import Council, Matter
from khcn.councils.selectors import rating_of
from khcn.councils.states import CouncilState, Purpose, Rating, Regime
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.calendar import due_on, parse_limit
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.selectors import next_dues
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.records.record import Record
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force, rule_value
from khcn.kernel.search.selectors import Hit, similar_records
from khcn.research.accounts import Move, Place, balances, total
from khcn.research.financing import AdvanceState, LabourCheck, Line, Spent, Worker, check_labour
from khcn.research.models import (
    BudgetLine,
    Movement,
    OutsideResult,
    ResearchTask,
    TaskCall,
    TaskMember,
    TaskProposal,
)
from khcn.research.states import (
    STATE_BUDGET,
    UNDER_WAY,
    Account,
    ApplicationState,
    CallKind,
    CallState,
    CostItem,
    FundingSource,
    MemberRole,
    MovementKind,
)

REGIME, RECOVERING = "research.regime", "recovery"
USE_CLOCK = "use-"
FORMS, RATINGS = "research.forms", "research.rating"
UNPAID = (Account.UNALLOCATED, Account.ALLOCATED)
GIVEN_BACK = (MovementKind.RETURN, MovementKind.RECOVER)
RESEMBLED = (ResearchTask.REGISTER, TaskProposal.REGISTER)
LOOKED_AT = 60
ESTABLISHED = (CouncilState.ESTABLISHED, CouncilState.INVITED, CouncilState.SCORING, CouncilState.COUNTED)


def regime_of(task: ResearchTask, on: date) -> Regime:
    """Return the law that governs a task: that of its approval once it was approved, else that of the day.

    Raises: RuleUnknown.
    """
    return Regime(task.regime) if task.regime else Regime(rule_value(REGIME, on=on, office=task.office))


def rule_of(task: ResearchTask, key: str, on: date) -> Any:
    """Return the rule of that key as the law that governs the task has it.

    Raises: RuleUnknown.
    """
    return rule_in_force(f"{key}.{regime_of(task, on)}", on=on, office=task.office)


def councils_on(subject: Record, purpose: Purpose) -> list[Council]:
    """Return the standing councils of that purpose that consider the record, the latest first; dissolved ones not."""
    named = Matter.objects.filter(subject_register=subject.REGISTER, subject_id=subject.pk).values("council_id")
    rows = Council.objects.standing().filter(pk__in=named, purpose=purpose).exclude(state=CouncilState.DISSOLVED)
    return list(rows.order_by("-pk"))


def matters_of(subject: Record, purpose: Purpose) -> list[Matter]:
    """Return the record as standing councils of that purpose consider it, the latest first."""
    councils = councils_on(subject, purpose)
    rows: Any = Matter.objects.filter(
        council__in=councils, subject_register=subject.REGISTER, subject_id=subject.pk
    ).select_related("council__office")
    return list(rows.order_by("-council_id"))


def rating_by_slips(task: ResearchTask) -> Rating | None:
    """Return how the council that concluded rated the task on its slips; None where it rated without slips.

    Raises: JudgementRefused, for a slip changed behind the product.
    """
    for matter in matters_of(task, Purpose.ACCEPT):
        found = rating_of(matter.council, matter)
        if found is not None and found.rating is not None:
            return Rating(found.rating)
    return None


def was_filed_late(task: ResearchTask) -> bool:
    """Tell whether the final file came later than the rule on ratings allows, which fails the task.

    A limit after which a file fails is no duty: it does not move to the next working day. Raises: RuleUnknown.
    """
    if task.last_day is None or task.final_filed_on is None:
        return False
    limit = parse_limit(rule_of(task, RATINGS, task.final_filed_on).value["late"])
    return task.final_filed_on > due_on(task.last_day, limit, work_calendar(), rolls=False)


def is_before_council(subject: Record, purpose: Purpose) -> bool:
    """Tell whether an established council of that purpose has the record before it."""
    concluded = (*ESTABLISHED, CouncilState.CONCLUDED)
    return any(one.state in concluded for one in councils_on(subject, purpose))


def was_concluded_on(subject: Record, purpose: Purpose) -> bool:
    """Tell whether a council of that purpose concluded on the record."""
    return any(one.state == CouncilState.CONCLUDED for one in councils_on(subject, purpose))


def registered_under(record: Record, number: str) -> Record | None:
    """Return another record of the same office, a task or not, whose result is registered under the number."""
    tasks = ResearchTask.objects.standing().filter(office=record.office, certificate_number=number)
    others = OutsideResult.objects.standing().filter(office=record.office, registration_number=number)
    return next((one for one in (*tasks[:2], *others[:2]) if one.ref != record.ref), None)


def applications_of(task: ResearchTask) -> list[Any]:
    """Return the dossiers that apply for the task and were not taken back."""
    rows = task.applications.standing().exclude(state=ApplicationState.WITHDRAWN)
    return list(rows.select_related("host", "leader").order_by("filed_on", "pk"))


def estimate_lines(lines: Iterable[BudgetLine]) -> list[Line]:
    """Return lines of an estimate as the rules of finance see them."""
    return [Line(CostItem(one.item), FundingSource(one.source), one.amount_vnd, one.is_lump) for one in lines]


def labour_check(task: ResearchTask, rule: Any) -> LabourCheck:
    """Return how the labour in the estimate of a task stands against the norm."""
    workers = [Worker(MemberRole(one.role), one.months) for one in task.members.all()]
    return check_labour(estimate_lines(task.budget_lines.all()), workers, rule.value)


def money_by_source(lines: Iterable[Any]) -> dict[str, int]:
    """Return the sums of estimate lines or tranches by whose money it is."""
    found: dict[str, int] = {}
    for one in lines:
        found[one.source] = found.get(one.source, 0) + one.amount_vnd
    return found


def moves_of(movements: Iterable[Movement]) -> list[Move]:
    """Return movements as the rules of accounts see them."""
    return [
        Move(
            Place(FundingSource(one.source), Account(one.from_account), one.from_year),
            Place(FundingSource(one.source), Account(one.to_account), one.to_year),
            one.amount_vnd,
        )
        for one in movements
    ]


def standing_of(task: ResearchTask) -> dict[Place, int]:
    """Return where the money of a task is now."""
    return balances(moves_of(task.movements.all()))


def complete_tasks(rows: Sequence[ResearchTask]) -> None:
    """Fill in what lists show of tasks beside their rows, for all of them with two queries."""
    numbers, instant = [one.pk for one in rows], rows[0].instant
    dues = next_dues(ResearchTask.REGISTER, numbers, instant)
    unpaid = unpaid_of(numbers, instant)
    for one in rows:
        one.next_due_on, one.unpaid_vnd = dues.get(one.pk), unpaid.get(one.pk)


def unpaid_of(numbers: Collection[int], instant: datetime | None = None) -> dict[int, int]:
    """Return for each task, by its number, the đồng granted and not yet paid; none for those without money."""
    rows = Movement.objects.as_of(instant).filter(task_id__in=numbers).order_by()
    sums = rows.values_list("task_id").annotate(
        came=Sum("amount_vnd", filter=Q(to_account__in=UNPAID), default=0),
        went=Sum("amount_vnd", filter=Q(from_account__in=UNPAID), default=0),
    )
    return {task: came - went for task, came, went in sums}


def forms_of(task: ResearchTask, on: date) -> tuple[list[str], Any]:
    """Return the forms that belong to where a task stands, by its law, with the rule; none where nobody entered any."""
    try:
        rule = rule_of(task, FORMS, on)
    except RuleUnknown:
        return [], None
    return list(rule.value.get(task.state, ())), rule


def moved_by_kind(movements: Iterable[Movement]) -> dict[tuple[FundingSource, MovementKind], int]:
    """Return how many đồng of each source each kind of movement moved, reversals taken off."""
    sums: dict[tuple[FundingSource, MovementKind], int] = {}
    for one in movements:
        key = FundingSource(one.source), MovementKind(one.kind)
        sums[key] = sums.get(key, 0) + (-one.amount_vnd if one.reverses_id else one.amount_vnd)
    return sums


def advance_state(task: ResearchTask) -> AdvanceState:
    """Return what of the State budget was approved, advanced and accounted for so far."""
    moved = moved_by_kind(task.movements.all())

    def of(kind: MovementKind) -> int:
        return sum(moved.get((source, kind), 0) for source in STATE_BUDGET)

    approved = of(MovementKind.APPROVE) - of(MovementKind.REDUCE)
    return AdvanceState(approved, of(MovementKind.DISBURSE), of(MovementKind.VERIFY), task.was_accepted)


def spent_of(task: ResearchTask) -> Spent:
    """Return what of the State's money was paid and not given back."""
    standing = standing_of(task)
    verified = sum(total(standing, one, STATE_BUDGET) for one in (Account.VERIFIED, Account.SETTLED))
    return Spent(verified, total(standing, Account.ADVANCED, STATE_BUDGET))


def asked_back(task: ResearchTask) -> tuple[int, date] | None:
    """Return the đồng that a decision asks back and its day; None where nothing was decided."""
    risk = getattr(task, "risk_file", None)
    if risk is not None and risk.decided_on is not None:
        return risk.recovery_vnd, risk.decided_on
    if task.recovery_on is None or task.recovery_vnd is None:
        return None
    return task.recovery_vnd, task.recovery_on


def given_back(task: ResearchTask, since: date) -> int:
    """Return the đồng of the State's money given back from the day on, reversals taken off."""
    rows = task.movements.filter(kind__in=GIVEN_BACK, source__in=STATE_BUDGET, moved_on__gte=since)
    sums = rows.aggregate(
        back=Sum("amount_vnd", filter=Q(reverses=None), default=0),
        undone=Sum("amount_vnd", filter=Q(reverses__isnull=False), default=0),
    )
    return int(sums["back"] - sums["undone"])


def paid_of(tranche: Any) -> int:
    """Return how much of a tranche was paid, reversals taken off."""
    rows = tranche.movements.filter(kind=MovementKind.DISBURSE)
    paid: int = rows.filter(reverses=None).aggregate(sum=Sum("amount_vnd"))["sum"] or 0
    undone: int = rows.exclude(reverses=None).aggregate(sum=Sum("amount_vnd"))["sum"] or 0
    return paid - undone


def resembling(text: str, viewer: Any, *, besides: Any = None, k: int = 5) -> tuple[Hit, ...]:
    """Return the tasks and proposals that resemble a text most, with the passages that do, of those the viewer sees."""
    hits = similar_records(text, viewer, LOOKED_AT, besides=besides)
    return tuple(hit for hit in hits if hit.register in RESEMBLED)[:k]


def debts_of(host: Any, day: date) -> list[ResearchTask]:
    """Return the tasks of an organisation whose money was asked back and is past its day unpaid."""
    late = Obligation.objects.overdue(day).filter(register=ResearchTask.REGISTER, kind=RECOVERING)
    rows = ResearchTask.objects.standing().filter(host=host, pk__in=late.values("record_id"))
    return list(rows.order_by("pk"))


def calls_taking_proposals(office: Any, day: date) -> list[TaskCall]:
    """Return the notices of an office that take proposals on the day, the one that closes first leading."""
    rows = TaskCall.objects.standing().of_office(office).exclude(confidentiality=Confidentiality.CONFIDENTIAL)
    rows = rows.filter(kind=CallKind.PROPOSALS, state=CallState.OPEN, opens_on__lte=day, closes_on__gte=day)
    return list(rows.order_by("closes_on", "pk"))


def load_of(person: Any, *, besides: ResearchTask | None = None) -> list[ResearchTask]:
    """Return the tasks that somebody leads or is a key member of and that run, late ones among them."""
    takes_part = TaskMember.objects.filter(person=person, role__in=(MemberRole.LEADER, MemberRole.KEY)).values("task")
    rows = ResearchTask.objects.standing().filter(state__in=UNDER_WAY)
    rows = rows.filter(Q(leader=person) | Q(pk__in=takes_part)).order_by("ends_on", "pk")
    return list(rows if besides is None else rows.exclude(pk=besides.pk))
