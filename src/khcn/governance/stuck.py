"""Conclusions that do not move: which, since when, on whom they wait and for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from khcn.assignments.models import Assignment, Extension, ProgressEntry
from khcn.assignments.permissions import may_see_lateness
from khcn.assignments.states import OPEN_STATES, AssignmentState, ExtensionOutcome
from khcn.governance.models import Conclusion, WorkingSession
from khcn.governance.states import ConclusionState, Standstill
from khcn.kernel.identity.models import Office
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_value
from khcn.language.words import words as _

OF_MONITOR = _("Người theo dõi nhiệm vụ")
DAYS = {
    "governance.stuck.decision-after-days": 0,
    "governance.stuck.giving-after-days": 7,
    "governance.stuck.silence-after-days": 14,
}
"""Key of a rule → the days taken where the rulebook has no such row."""
RULE_OF = {
    Standstill.ACCEPTANCE: "governance.stuck.decision-after-days",
    Standstill.EXTENSION: "governance.stuck.decision-after-days",
    Standstill.GIVING: "governance.stuck.giving-after-days",
    Standstill.PAPER: "governance.stuck.giving-after-days",
    Standstill.CLOSING: "governance.stuck.giving-after-days",
    Standstill.RECEIPT: "governance.stuck.silence-after-days",
    Standstill.REPORT: "governance.stuck.silence-after-days",
    Standstill.REST: "governance.stuck.silence-after-days",
}
"""What is waited for → the rule that says after how many days it is told; a result past its day is told at once."""
ORDER = list(Standstill)
ASKED = ("assignment_id", "requested_on")


@dataclass(frozen=True)
class StuckConclusion:
    """One conclusion that waits: for what, on whom, since which day; `task` is None before a task was given.

    `request`: number of the request for more time that waits for a decision.
    """

    conclusion: Conclusion
    waits_for: Standstill
    whose: str
    since: date
    task: Assignment | None = None
    request: int | None = None


@dataclass(frozen=True)
class _Known:
    """What was read at once for all tasks: the last word on each, requests for more time, tasks with their paper."""

    last_word: dict[int, date]
    asked: dict[int, tuple[int, date]]
    with_paper: set[int]


def stuck_conclusions(user: Any, today: date) -> list[StuckConclusion]:
    """Return the conclusions the person may know of that do not move, what hurts first on top; six queries.

    Lateness that is not released to the person is neither told nor used to order.
    """
    conclusions = list(
        Conclusion.objects.visible_to(user)
        .standing()
        .filter(state__in=(ConclusionState.RECORDED, ConclusionState.TASKED))
        .filter(session__in=WorkingSession.objects.visible_to(user).standing())
        .select_related("session")
        .order_by("pk")
    )
    tasks = _tasks_by_conclusion(conclusions, user)
    known = _known([task for given in tasks.values() for task in given])
    days = _days(today, user.office)
    found = [
        waiting
        for conclusion in conclusions
        for waiting in _waiting(conclusion, tasks.get(conclusion.pk, []), known, user, today)
    ]
    told = [one for one in found if _is_told(one, days, today)]
    return sorted(told, key=lambda one: (ORDER.index(one.waits_for), one.since, one.conclusion.pk))


def _is_told(one: StuckConclusion, days: dict[str, int], today: date) -> bool:
    key = RULE_OF.get(one.waits_for)
    return key is None or (today - one.since).days >= days[key]


def _days(today: date, office: Office | None) -> dict[str, int]:
    return {key: _rule_days(key, usual, today, office) for key, usual in DAYS.items()}


def _rule_days(key: str, usual: int, today: date, office: Office | None) -> int:
    try:
        return int(rule_value(key, on=today, office=office))
    except RuleUnknown:
        return usual


def _tasks_by_conclusion(conclusions: Sequence[Conclusion], user: Any) -> dict[int | None, list[Assignment]]:
    rows = (
        Assignment.objects.visible_to(user)
        .followed()
        .filter(origin_register=Conclusion.REGISTER, origin_id__in=[row.pk for row in conclusions])
        .select_related("lead_organisation", "lead_division")
        .order_by("pk")
    )
    found: dict[int | None, list[Assignment]] = {}
    for task in rows:
        found.setdefault(task.origin_id, []).append(task)
    return found


def _known(tasks: Sequence[Assignment]) -> _Known:
    numbers = [task.pk for task in tasks]
    said = ProgressEntry.objects.filter(assignment__in=numbers).order_by().values("assignment_id")
    asked: Any = Extension.objects.filter(assignment__in=numbers, outcome=ExtensionOutcome.PENDING)
    papers = Link.objects.filter(source_register=Assignment.REGISTER, source_id__in=numbers, kind=LinkKind.PAPER)
    return _Known(
        last_word=dict(said.annotate(last=Max("reported_on")).values_list("assignment_id", "last")),
        asked={row["assignment_id"]: (row["pk"], row["requested_on"]) for row in asked.values("pk", *ASKED)},
        with_paper=set(papers.values_list("source_id", flat=True)),
    )


def _waiting(
    conclusion: Conclusion, tasks: Sequence[Assignment], known: _Known, user: Any, today: date
) -> list[StuckConclusion]:
    """Return what the conclusion waits for: once for each of its tasks that waits."""
    if conclusion.state == ConclusionState.RECORDED:
        held_on = conclusion.session.held_on
        return [StuckConclusion(conclusion, Standstill.GIVING, OF_MONITOR, held_on)] if held_on else []
    running = [task for task in tasks if task.state not in (AssignmentState.CLOSED, AssignmentState.CANCELLED)]
    ended = [task.closed_on for task in tasks if task.closed_on is not None]
    if not running and ended:
        return [StuckConclusion(conclusion, Standstill.CLOSING, OF_MONITOR, max(ended))]
    if not running and tasks:  # all were taken back: the conclusion is as if nobody had been asked
        since = max(task.withdrawn_on or task.assigned_on for task in tasks)
        return [StuckConclusion(conclusion, Standstill.GIVING, OF_MONITOR, since)]
    return [_of_task(conclusion, task, known, user, today) for task in running]


def _of_task(conclusion: Conclusion, task: Assignment, known: _Known, user: Any, today: date) -> StuckConclusion:
    late = task.is_overdue(today) and bool(may_see_lateness(user, task))
    last_word = max(filter(None, (task.assigned_on, task.acknowledged_on, known.last_word.get(task.pk))))
    request, asked_on = known.asked.get(task.pk, (None, None))
    advised = task.advise_only and task.pk not in known.with_paper
    cases = (
        (task.state == AssignmentState.REPORTED_DONE, Standstill.ACCEPTANCE, task.completed_on),
        (request is not None, Standstill.EXTENSION, asked_on),
        (task.state == AssignmentState.SUSPENDED, Standstill.REST, task.suspended_on),
        (late, Standstill.RESULT, task.due_on),
        (advised, Standstill.PAPER, task.assigned_on),
        (task.state == AssignmentState.GIVEN, Standstill.RECEIPT, task.assigned_on),
        (task.state in OPEN_STATES, Standstill.REPORT, last_word),
    )
    waits_for, since = next((kind, day) for holds, kind, day in cases if holds)
    ours = waits_for in (Standstill.ACCEPTANCE, Standstill.EXTENSION, Standstill.PAPER, Standstill.REST)
    whose = OF_MONITOR if ours else task.lead_text
    return StuckConclusion(conclusion, waits_for, whose, since or last_word, task, request)
