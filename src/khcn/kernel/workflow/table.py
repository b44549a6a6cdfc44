"""The transition table of a register: buttons, permission page, diagrams, history verbs and tests come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from khcn.kernel.access.decisions import Decision


class Note(StrEnum):
    """Whether the actor must say why."""

    OPTIONAL = "optional"
    REQUIRED = "required"


class Evidence(StrEnum):
    """Whether the transition must name a record or a file that proves it."""

    OPTIONAL = "optional"
    REQUIRED = "required"


class Tone(StrEnum):
    """The colour of a state; always shown with an icon and a word."""

    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"
    PAUSED = "paused"


@dataclass(frozen=True)
class StateInfo:
    """What people need to know of a state: its colour, its icon, who must act, what it means."""

    tone: Tone
    icon: str
    owner: str
    description: str
    final: bool = False


@dataclass(frozen=True)
class Requirement:
    """A condition for a transition, in words, with the question that decides it."""

    words: str
    holds: Callable[[Any], bool]
    hint: str = ""


@dataclass(frozen=True)
class TimeLimit:
    """A clock that a transition starts: what must be done, the rule that says how long, until which transition.

    `variants`: where the time differs by what a record is under, e.g. the law of its approval, the endings that the
    rule's key may have; `variant` says which of them a record has, "" where nothing falls due by this step.
    """

    kind: str
    action: str
    rule: str
    until: tuple[str, ...]
    variants: tuple[str, ...] = ()
    variant: Callable[[Any, date], str] | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the keys of all rules that may say how long."""
        return tuple(f"{self.rule}.{one}" for one in self.variants) or (self.rule,)

    def rule_for(self, record: Any, on: date) -> str | None:
        """Return the key of the rule that says how long for this record, were the clock started on the day.

        None where nothing falls due for it.
        """
        if self.variant is None:
            return self.rule
        found = self.variant(record, on)
        return f"{self.rule}.{found}" if found else None


@dataclass(frozen=True)
class Transition:
    """One step that someone may take; `label` is the button, `verb` what history says.

    `consequence`: taken only by a service along with another step, so that nobody is offered it or may send it.
    """

    name: str
    sources: frozenset[str]
    target: str
    label: str
    verb: str
    may: Callable[[Any, Any], Decision]
    may_words: str
    requires: tuple[Requirement, ...] = ()
    note: Note = Note.OPTIONAL
    evidence: Evidence = Evidence.OPTIONAL
    starts: TimeLimit | None = None
    legal_basis: str = ""
    form: str = ""
    consequence: bool = False

    def unmet(self, record: Any) -> list[Requirement]:
        """Return the requirements that do not hold."""
        return [requirement for requirement in self.requires if not requirement.holds(record)]


@dataclass(frozen=True)
class Offer:
    """A step as shown to one person on one record: may it be taken, and if not, why."""

    transition: Transition
    decision: Decision
    checked: tuple[tuple[Requirement, bool], ...]

    @property
    def possible(self) -> bool:
        """Tell whether the button works."""
        return self.decision.allowed and all(met for _, met in self.checked)


@dataclass(frozen=True)
class Workflow:
    """All states and transitions of one register."""

    key: str
    label: str
    states: Any
    initial: str
    info: Mapping[Any, StateInfo]
    transitions: tuple[Transition, ...]
    by_name: dict[str, Transition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the transitions by name."""
        object.__setattr__(self, "by_name", {transition.name: transition for transition in self.transitions})

    def offers(self, actor: Any, record: Any) -> list[Offer]:
        """Return the steps that leave the record's state, each with its decision and requirements.

        Steps that are not the actor's to take at all are left out.
        """
        found = []
        for transition in self.transitions:
            if transition.consequence or record.state not in transition.sources:
                continue
            decision = transition.may(actor, record)
            if decision.allowed:
                checked = tuple((requirement, requirement.holds(record)) for requirement in transition.requires)
                found.append(Offer(transition, decision, checked))
        return found

    def state_info(self, state: str) -> StateInfo:
        """Return what people need to know of a state."""
        return self.info[state]

    def state_label(self, state: str) -> str:
        """Return the state's name in Vietnamese."""
        return str(self.states(state).label)


_workflows: dict[str, Workflow] = {}


def add_workflow(workflow: Workflow) -> Workflow:
    """Enter a workflow into the product, for reference pages and completeness tests."""
    _workflows[workflow.key] = workflow
    return workflow


def workflows() -> list[Workflow]:
    """Return all workflows by key."""
    return [_workflows[key] for key in sorted(_workflows)]
