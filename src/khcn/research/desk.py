"""What the desk of tasks reads: where tasks wait, what is late, what is unused, what a budget year needs and pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q, Sum

from khcn.councils.states import Rating
from khcn.kernel.calendar import add_months
from khcn.kernel.identity.models import Office
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import rule_in_force
from khcn.kernel.text.dates import parse_day
from khcn.research.financing import NewTasks, Opened, new_task_money
from khcn.research.models import BudgetLine, Movement, ResearchTask, ResultUse, TaskProposal, Tranche
from khcn.research.planning import LatestDay, PlannedStep, latest_days
from khcn.research.states import STATE_BUDGET, UNDER_WAY, MovementKind, ProposalState, TaskForm, TaskState, UseForm

PLANNED = (
    TaskState.LISTED,
    TaskState.CALL_OPEN,
    TaskState.SUBMITTED,
    TaskState.ELIGIBILITY,
    TaskState.SELECT_COUNCIL,
    TaskState.REVISING,
    TaskState.BUDGET_APPRAISAL,
)
"""Tasks on an approved list that are not approved themselves: those that a coming year will open."""
ESTIMATE_YEARS, ESTIMATE_DAY, PLAN_STEPS = (
    "research.estimate.years",
    "research.plan.estimate-day",
    "research.plan.steps",
)
UNUSED_MONTHS = "research.unused.months"


@dataclass(frozen=True)
class CarriedOver:
    """One running task and what its contract still has to be paid in the year."""

    task: ResearchTask
    amount: int


@dataclass(frozen=True)
class Estimate:
    """The money that tasks need in a budget year: what runs on, and what will be opened by the averages of before."""

    year: int
    carried: tuple[CarriedOver, ...]
    new: tuple[NewTasks, ...]
    opened: tuple[Opened, ...]
    rule: Rule

    @property
    def carried_vnd(self) -> int:
        """Return what running tasks need."""
        return sum(one.amount for one in self.carried)

    @property
    def new_vnd(self) -> int:
        """Return what new tasks need, of those forms that have an average."""
        return sum(one.amount or 0 for one in self.new)

    @property
    def total_vnd(self) -> int:
        """Return the whole."""
        return self.carried_vnd + self.new_vnd


def tasks_of(user: Any) -> Any:
    """Return the standing tasks of the user's office that the user may know of."""
    return ResearchTask.objects.visible_to(user).filter(office_id=user.office_id).standing()


def counts_by_state(tasks: Any) -> dict[str, int]:
    """Return how many tasks stand in each state; one query."""
    return dict(tasks.order_by().values_list("state").annotate(count=Count("pk")))


def late_tasks(tasks: Any, today: date) -> Any:
    """Return the tasks whose contract ended without a final file, the longest waiting first; suspended ones wait."""
    running = [state for state in UNDER_WAY if state != TaskState.SUSPENDED]
    return tasks.late_on(today).filter(state__in=running).order_by("ends_on", "pk")


def overdue_tasks(tasks: Any, today: date) -> Any:
    """Return the tasks of which something fell due and was not done."""
    overdue = Obligation.objects.overdue(today).filter(register=ResearchTask.REGISTER).values("record_id")
    return tasks.filter(pk__in=overdue).order_by("pk")


def unused_results(tasks: Any, today: date, months: int) -> Any:
    """Return the tasks accepted at least so many months ago of whose result nobody reported a use."""
    accepted = tasks.filter(accepted_on__lte=add_months(today, -months), rating__in=(Rating.EXCELLENT, Rating.PASS))
    return accepted.exclude(pk__in=ResultUse.objects.exclude(form=UseForm.NOT_USED).values("task_id")).order_by(
        "accepted_on", "pk"
    )


def planned_by_form(tasks: Any, year: int) -> dict[TaskForm, int]:
    """Return how many tasks of each form stand on the list for the year, approved the year before or later."""
    rows = (
        tasks.filter(state__in=PLANNED, listed_on__year__gte=year - 1)
        .order_by()
        .values_list("form")
        .annotate(count=Count("pk"))
    )
    return {TaskForm(form): count for form, count in rows}


def opened_before(office: Office, year: int, years: int) -> list[Opened]:
    """Return the tasks newly opened in the years before, each with the State's money of its first budget year.

    A task is opened in the first budget year of its estimate; its own approval may be of the year before.
    """
    lines = BudgetLine.objects.filter(task__office=office, task__withdrawn_on=None, task__approved_on__isnull=False)
    firsts = lines.order_by().values_list("task_id", "task__form").annotate(first=Min("year"))
    known = {task: (TaskForm(form), first) for task, form, first in firsts if year - years <= first < year}
    of_state = lines.filter(task_id__in=known, source__in=STATE_BUDGET).order_by()
    sums = {
        (task, budget_year): amount
        for task, budget_year, amount in of_state.values_list("task_id", "year").annotate(amount=Sum("amount_vnd"))
    }
    return [Opened(task, form, first, sums.get((task, first), 0)) for task, (form, first) in sorted(known.items())]


def carried_into(tasks: Any, year: int) -> list[CarriedOver]:
    """Return the running tasks with what their tranches of the State's money planned for the year still have to pay."""
    planned = Tranche.objects.filter(task__in=tasks.under_way(), planned_on__year=year, source__in=STATE_BUDGET)
    amounts = dict(planned.order_by().values_list("task_id").annotate(amount=Sum("amount_vnd")))
    paid = _paid(Movement.objects.filter(tranche__in=planned))
    rows = tasks.filter(pk__in=amounts).order_by("code")
    found = [CarriedOver(task, amounts[task.pk] - paid.get(task.pk, 0)) for task in rows]
    return [one for one in found if one.amount > 0]


def estimate_of(
    tasks: Any, office: Office, year: int, *, on: date, planned: Mapping[TaskForm, int] | None = None
) -> Estimate:
    """Return what tasks need in the budget year. `planned`: how many of each form will be opened; else those listed.

    Source: NĐ 265/2025/NĐ-CP, điều 7, khoản 2, điểm a. Raises: RuleUnknown.
    """
    rule = rule_in_force(ESTIMATE_YEARS, on=on, office=office)
    opened = opened_before(office, year, int(rule.value))
    wanted = planned if planned is not None else planned_by_form(tasks, year)
    new = new_task_money(year, wanted, opened, years=int(rule.value))
    return Estimate(year, tuple(carried_into(tasks, year)), tuple(new), tuple(opened), rule)


@dataclass(frozen=True)
class MonthForecast:
    """What contracts plan to pay in a month of the State's money, and what was paid in it."""

    month: int
    planned: int
    paid: int


def forecast_of(tasks: Any, year: int) -> list[MonthForecast]:
    """Return month by month what the tranches of tasks plan to pay in the budget year, and what was paid."""
    chosen = tasks.order_by().values("pk")
    tranches = Tranche.objects.filter(task__in=chosen, planned_on__year=year).order_by()
    planned = dict(tranches.values_list("planned_on__month").annotate(amount=Sum("amount_vnd")))
    moves = Movement.objects.filter(task__in=chosen, kind=MovementKind.DISBURSE, moved_on__year=year).order_by()
    forward = dict(moves.filter(reverses=None).values_list("moved_on__month").annotate(amount=Sum("amount_vnd")))
    back = dict(moves.exclude(reverses=None).values_list("moved_on__month").annotate(amount=Sum("amount_vnd")))
    return [
        MonthForecast(month, planned.get(month, 0), forward.get(month, 0) - back.get(month, 0))
        for month in range(1, 13)
    ]


@dataclass(frozen=True)
class BackPlan:
    """When each step must be over so that the estimate of a plan year is sent in time, and what there is so far."""

    year: int
    due_on: date
    days: tuple[LatestDay, ...]
    rules: tuple[Rule, ...]
    proposals: int
    screened: int
    listed: int


def back_plan(user: Any, year: int, on: date) -> BackPlan:
    """Return the plan backwards from the day on which the estimate of the year is sent, the year before.

    Raises: RuleUnknown; CalendarUnknown.
    """
    office = user.office
    day, steps = (rule_in_force(key, on=on, office=office) for key in (ESTIMATE_DAY, PLAN_STEPS))
    due_on = parse_day(f"{day.value}/{year - 1}", on)
    planned = [PlannedStep(key, label, takes) for key, label, takes in steps.value]
    found = TaskProposal.objects.visible_to(user).filter(office_id=office.pk, plan_year=year).standing()
    proposals = found.exclude(state__in=(ProposalState.REJECTED, ProposalState.WITHDRAWN))
    return BackPlan(
        year,
        due_on,
        tuple(latest_days(planned, due_on, work_calendar())),
        (day, steps),
        proposals.count(),
        proposals.exclude(state=ProposalState.RECEIVED).count(),
        sum(planned_by_form(tasks_of(user), year).values()),
    )


def approved_by_year(tasks: Any, last: int, years: int = 5) -> dict[int, int]:
    """Return how many tasks were approved in each of the last years: a year without any is seen."""
    rows = tasks.filter(approved_on__year__gt=last - years, approved_on__year__lte=last).order_by()
    counts = dict(rows.values_list("approved_on__year").annotate(count=Count("pk")))
    return {year: counts.get(year, 0) for year in range(last - years + 1, last + 1)}


def _paid(moves: Any) -> dict[int, int]:
    """Return what movements of payment paid for each task, reversals taken off."""
    sums = moves.filter(kind=MovementKind.DISBURSE).order_by().values_list("task_id")
    signed = sums.annotate(
        paid=Sum(F("amount_vnd"), filter=Q(reverses=None), default=0),
        undone=Sum(F("amount_vnd"), filter=Q(reverses__isnull=False), default=0),
    )
    return {task: paid - undone for task, paid, undone in signed}
