"""What the desk of tasks reads: where tasks wait, what is late, what is unused, what a budget year pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Sum

from khcn.councils.states import Rating
from khcn.kernel.calendar import add_months
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import rule_in_force
from khcn.kernel.text.dates import parse_day
from khcn.research.estimating import opening_in, planned_by_form
from khcn.research.models import Movement, ResearchTask, ResultUse, TaskProposal, Tranche
from khcn.research.planning import LatestDay, MissedStep, PlannedStep, latest_days, missed_step
from khcn.research.states import STATE_BUDGET, UNDER_WAY, MovementKind, ProposalState, TaskState, UseForm

ESTIMATE_DAY, PLAN_STEPS = "research.plan.estimate-day", "research.plan.steps"
UNUSED_MONTHS = "research.unused.months"


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


@dataclass(frozen=True)
class MonthForecast:
    """What contracts plan to pay in a month of the State's money, and what was paid in it."""

    month: int
    planned: int
    paid: int


def whole_months(since: date, until: date) -> int:
    """Return how many whole months passed."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months if add_months(since, months) <= until else months - 1


def forecast_of(tasks: Any, year: int) -> list[MonthForecast]:
    """Return month by month what tranches plan to pay of the State's money in the budget year, and what was paid."""
    chosen = {"task__in": tasks.order_by().values("pk"), "source__in": STATE_BUDGET}
    tranches = Tranche.objects.filter(**chosen, planned_on__year=year).order_by()
    planned = dict(tranches.values_list("planned_on__month").annotate(amount=Sum("amount_vnd")))
    moves = Movement.objects.filter(**chosen, kind=MovementKind.DISBURSE, moved_on__year=year).order_by()
    forward = dict(moves.filter(reverses=None).values_list("moved_on__month").annotate(amount=Sum("amount_vnd")))
    back = dict(moves.exclude(reverses=None).values_list("moved_on__month").annotate(amount=Sum("amount_vnd")))
    return [
        MonthForecast(month, planned.get(month, 0), forward.get(month, 0) - back.get(month, 0))
        for month in range(1, 13)
    ]


@dataclass(frozen=True)
class BackPlan:
    """When each step must be over so that the estimate of a plan year is sent in time, and what there is so far.

    `missed`: by which step the estimate was not reached, once its day is over.
    """

    year: int
    due_on: date
    days: tuple[LatestDay, ...]
    rules: tuple[Rule, ...]
    proposals: int
    screened: int
    listed: int
    missed: MissedStep | None = None


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
    days = latest_days(planned, due_on, work_calendar())
    tasks = tasks_of(user)
    return BackPlan(
        year,
        due_on,
        tuple(days),
        (day, steps),
        proposals.count(),
        proposals.exclude(state=ProposalState.RECEIVED).count(),
        sum(planned_by_form(tasks, year).values()),
        missed_step(days, _over(tasks, proposals, year), on) if due_on < on else None,
    )


def _over(tasks: Any, proposals: Any, year: int) -> dict[str, date | None]:
    """Return when the steps that leave a trace were over for the first proposal, the first task: by the rule's keys."""
    first = proposals.aggregate(call=Min("received_on"), screen=Min("similarity_on"))
    listed: list[date] = list(opening_in(tasks.exclude(listed_on=None), year).values_list("listed_on", flat=True))
    return {**first, "list": min(listed, default=None)}


def approved_by_year(tasks: Any, last: int, years: int = 5) -> dict[int, int]:
    """Return how many tasks were approved in each of the last years: a year without any is seen."""
    rows = tasks.filter(approved_on__year__gt=last - years, approved_on__year__lte=last).order_by()
    counts = dict(rows.values_list("approved_on__year").annotate(count=Count("pk")))
    return {year: counts.get(year, 0) for year in range(last - years + 1, last + 1)}
