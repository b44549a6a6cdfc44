"""Find what the papers of a task say: what was agreed, how it was changed, by which rules, which way it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from khcn.councils.models import Council
from khcn.councils.states import CouncilState, Purpose
from khcn.kernel.records.tracked import MOMENT
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown, rule_in_force
from khcn.language.words import words as _
from khcn.research.models import (
    BudgetLine,
    Milestone,
    ResearchTask,
    TaskChange,
    TaskMember,
    TaskPartner,
    TaskProduct,
    Tranche,
)
from khcn.research.selectors import REGIME, councils_on, rule_of
from khcn.research.states import ApplicationState, ChangeOutcome

NUMBERED = (
    ("list_number", "listed_on"),
    ("call_number", "call_opens_on"),
    ("approval_number", "approved_on"),
    ("contract_number", "contracted_on"),
    ("stop_number", "stopped_on"),
    ("certificate_number", "registered_on"),
    ("liquidation_number", "liquidated_on"),
)
"""The papers that a step writes down: number and day."""


@dataclass(frozen=True)
class Printing:
    """One paper to be made: of which task, for which reader, at which instant and on which day."""

    task: ResearchTask
    reader: Any
    produced_at: datetime
    today: date


@dataclass(frozen=True)
class Agreement:
    """What a task promises, as known at one instant."""

    task: ResearchTask
    products: tuple[TaskProduct, ...]
    lines: tuple[BudgetLine, ...]
    tranches: tuple[Tranche, ...]
    milestones: tuple[Milestone, ...]
    members: tuple[TaskMember, ...]
    partners: tuple[TaskPartner, ...]


@dataclass(frozen=True)
class Annex:
    """One agreed change, by its number among the annexes of the contract.

    `before`: the last instant at which nothing of it was recorded; `until`: the same of the next one, None where there
    is none.
    """

    number: int
    change: TaskChange
    before: datetime
    until: datetime | None


@dataclass(frozen=True)
class Step:
    """One step that a task took: its day, what was done, into which state, why, the papers written down with it."""

    on: date
    verb: str
    state: str
    why: str
    papers: tuple[tuple[str, date | None], ...]


def agreement_of(task: ResearchTask, instant: datetime | None = None) -> Agreement:
    """Return what the task promises, as known at the instant; None: as known now."""
    then = task
    if instant is not None:
        rows: Any = ResearchTask.objects.as_of(instant).select_related("office", "host", "leader")
        then = rows.get(pk=task.pk)
    return Agreement(
        then,
        tuple(then.products.all()),
        tuple(then.budget_lines.all()),
        tuple(then.tranches.all()),
        tuple(then.milestones.all()),
        tuple(then.members.select_related("person", "organisation")),
        tuple(then.partners.select_related("organisation")),
    )


def first_agreement(task: ResearchTask) -> Agreement:
    """Return what the task promised before anything of it was changed by decision: what its contract says."""
    annexes = annexes_of(task)
    return agreement_of(task, annexes[0].before if annexes else None)


def agreed_changes(task: ResearchTask) -> list[TaskChange]:
    """Return the changes that were agreed, in the order of the annexes to the contract."""
    return list(task.changes.filter(outcome=ChangeOutcome.APPROVED).order_by("pk"))


def annex_words(number: int) -> str:
    """Return an annex as papers and pages name it."""
    return _("Phụ lục hợp đồng số {number:02d}").format(number=number)


def annexes_of(task: ResearchTask) -> list[Annex]:
    """Return the agreed changes in the order in which they were entered, so that a number given stays given.

    Only one request waits at a time, and none is ever taken out: they were decided in that order too.
    """
    agreed = agreed_changes(task)
    instants = [_before(task, one) for one in agreed]
    later = [*instants[1:], None]
    return [
        Annex(number, change, before, until)
        for number, (change, before, until) in enumerate(zip(agreed, instants, later, strict=False), start=1)
    ]


def rules_of(asked: Printing, *names: str) -> list[Rule]:
    """Return the rules in use that a paper rests on: which law governs the task, then those named; absent ones not."""
    return [rule for rule in (_law(asked), *(_named(asked, name) for name in names)) if rule is not None]


def steps_of(task: ResearchTask) -> Iterator[Step]:
    """Yield the way that the task went, state by state, from its history."""
    before: Any = None
    for version in (
        ResearchTask.Version._base_manager.filter(id=task.pk).select_related("change").order_by("version_id")
    ):
        if before is None or before.state != version.state:
            change = version.change
            day = change.on or timezone.localdate(change.at)
            yield Step(day, _(change.verb_label), version.state, change.why, tuple(_written(before, version)))
        before = version


def reason_of(task: ResearchTask, state: str) -> str:
    """Return why the task came into a state, the last time it did; empty where nobody said so."""
    return next((one.why for one in reversed(list(steps_of(task))) if one.state == state), "")


def concluded_councils(asked: Printing, purpose: Purpose) -> list[Council]:
    """Return the councils that concluded on the task or its chosen dossier and that the reader may know of."""
    task = asked.task
    subjects: Iterable[Any] = (
        task.applications.filter(state=ApplicationState.CHOSEN) if purpose == Purpose.SELECT else (task,)
    )
    found = [one for subject in subjects for one in councils_on(subject, purpose)]
    known = Council.objects.visible_to(asked.reader).filter(pk__in=[one.pk for one in found])
    visible = set(known.values_list("pk", flat=True))
    return [one for one in found if one.pk in visible and one.state == CouncilState.CONCLUDED]


def _before(task: ResearchTask, change: TaskChange) -> datetime:
    """Return the last instant before anything was recorded of the decision on a change."""
    decided = TaskChange.Version._base_manager.filter(id=change.pk, outcome=ChangeOutcome.APPROVED)
    first = decided.order_by("version_id").first()
    own = ResearchTask.Version._base_manager.filter(id=task.pk, change_id=first.change_id)
    recorded: list[datetime] = [first.recorded_from, *own.values_list("recorded_from", flat=True)]
    return min(recorded) - MOMENT


def _law(asked: Printing) -> Rule | None:
    approved = asked.task.approved_on
    if approved is None:
        return None  # of a task that came from old data only the law itself is known
    try:
        return rule_in_force(REGIME, on=approved, office=asked.task.office)
    except RuleUnknown:
        return None


def _named(asked: Printing, name: str) -> Rule | None:
    try:
        found: Rule = rule_of(asked.task, name, asked.today)
    except RuleUnknown:
        return None
    return found


def _written(before: Any, version: Any) -> Iterator[tuple[str, date | None]]:
    for number, day in NUMBERED:
        said = getattr(version, number)
        if said and (before is None or getattr(before, number) != said):
            yield said, getattr(version, day)
