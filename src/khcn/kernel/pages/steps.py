"""Take a step of a workflow from a page: through the module's own service where it has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.calendar import CalendarError
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register
from khcn.kernel.records.tracked import ChangedMeanwhile
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.kernel.workflow.table import Offer, Workflow

StepHandler = Callable[..., Any]
transition_handlers: dict[tuple[str, str], StepHandler] = {}
"""(register, transition) → the service that takes it, called with record, actor, on, note, evidence, data by name."""
transition_forms: dict[tuple[str, str], type[forms.Form]] = {}
"""(register, transition) → the form of what the service needs besides; its cleaned values arrive as `data`."""


step_refusals: list[type[Exception]] = [RuleUnknown, CalendarError, ChangedMeanwhile]
"""Exceptions of modules' services whose message is shown beside the step's form."""


def add_step(
    register: str,
    transition: str,
    handler: StepHandler,
    form: type[forms.Form] | None = None,
    refusals: Sequence[type[Exception]] = (),
) -> None:
    """Let a module's own service take a transition, with a form for what it needs besides day, note and evidence.

    `refusals`: the exceptions by which the service tells a person that it could not.
    """
    transition_handlers[register, transition] = handler
    step_refusals.extend(refusals)
    if form is not None:
        transition_forms[register, transition] = form


def take_step(
    register: Register,
    name: str,
    record: Record,
    *,
    actor: Any,
    on: date,
    note: str = "",
    evidence: Sequence[Record] = (),
    data: Mapping[str, Any] | None = None,
) -> None:
    """Take the named step on the record.

    Raises: NotPermitted; NotPossible; whatever else the module's service refuses with.
    """
    handler = transition_handlers.get((register.key, name))
    if handler is None:
        perform(register.workflow, name, record, actor=actor, on=on, note=note, evidence=evidence)
    else:
        handler(record=record, actor=actor, on=on, note=note, evidence=evidence, data=dict(data or {}))


def offers_of(workflow: Workflow | None, record: Record, actor: Any, failed: str = "") -> list[Offer]:
    """Return the steps to show; one that just failed is shown even where it is not the actor's, with what was typed."""
    if workflow is None:
        return []
    offers = workflow.offers(actor, record)
    if failed and all(offer.transition.name != failed for offer in offers):
        transition = workflow.by_name[failed]
        checked = tuple((requirement, requirement.holds(record)) for requirement in transition.requires)
        offers.insert(0, Offer(transition, transition.may(actor, record), checked))
    return offers


def has_own_form(register: Register, name: str) -> bool:
    """Tell whether a step brings what it requires with its own form."""
    return (register.key, name) in transition_forms


__all__ = [
    "NotPermitted",
    "NotPossible",
    "add_step",
    "has_own_form",
    "offers_of",
    "step_refusals",
    "take_step",
    "transition_forms",
    "transition_handlers",
]
