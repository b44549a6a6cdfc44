"""Acts on many records of a list: which a register has, with which records they can be done, and why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from khcn.kernel.access.decisions import Decision, requires
from khcn.kernel.access.roles import STAFF_ROLES, Role
from khcn.kernel.exchange.values import label_of
from khcn.kernel.pages.listing import Asked, sorted_rows
from khcn.kernel.pages.permissions import may_correct
from khcn.kernel.pages.steps import has_own_form, take_step
from khcn.kernel.records.corrections import correct_record, version_stamps
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Column, Register
from khcn.kernel.workflow.table import Evidence, Transition
from khcn.language.words import words as _

MOST_AT_ONCE = 1_000
HANDED_OVER = ("responsible", "division")
STEP, HAND_OVER = "buoc", "giao"


@dataclass(frozen=True)
class BulkAct:
    """One act that may be done with many records: a step that needs day and note alone, or handing over a field."""

    name: str
    label: str
    transition: Transition | None = None
    field: str = ""


@dataclass(frozen=True)
class Prospect:
    """One chosen record: the stamp of the version that was looked at, and why the act cannot be done, if it cannot."""

    record: Record
    stamp: int
    why_not: str


@dataclass(frozen=True)
class Said:
    """What the person said of the act once, for all records. `value`: what is handed over."""

    on: date
    note: str
    value: Any = None


def acts_of(register: Register) -> list[BulkAct]:
    """Return what may be done with many records of the register at once."""
    transitions = register.workflow.transitions if register.workflow is not None else ()
    steps = [
        BulkAct(f"{STEP}:{one.name}", one.label, transition=one)
        for one in transitions
        if one.evidence is Evidence.OPTIONAL and not (one.form or one.consequence or has_own_form(register, one.name))
    ]
    fields = [name for name in HANDED_OVER if name in register.editable and register.may_edit is not None]
    words = {name: label_of(register, Column(name)).lower() for name in fields}
    return steps + [
        BulkAct(f"{HAND_OVER}:{name}", _("Đổi {value}").format(value=words[name]), field=name) for name in fields
    ]


def act_named(register: Register, name: str) -> BulkAct | None:
    """Return the act of that name, None where the register has none."""
    return next((one for one in acts_of(register) if one.name == name), None)


def may_act_on_many(actor: Any) -> Decision:
    """Decide whether acts on many records are offered at all; with each record its own permissions decide."""
    return requires(
        actor.holds(*STAFF_ROLES, Role.ASSIGNED_AGENCY), _("Chỉ người xử lý hồ sơ làm được việc với nhiều hồ sơ.")
    )


def chosen_rows(register: Register, asked: Asked, user: Any, keys: Iterable[int] | None) -> tuple[list[Any], bool]:
    """Return the records of those numbers, or all that the filter keeps (None), in the order of the list.

    At most a thousand; the second value tells whether there were more. Of others nothing is told.
    """
    rows = sorted_rows(register, asked, user)
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    found = list(rows.select_related("division", "responsible")[: MOST_AT_ONCE + 1])
    return found[:MOST_AT_ONCE], len(found) > MOST_AT_ONCE


def prospects_of(register: Register, act: BulkAct, records: list[Any], actor: Any) -> list[Prospect]:
    """Look at each record: can the actor do the act with it, and if not, why."""
    stamps = version_stamps(register.model, [record.pk for record in records])
    return [Prospect(record, stamps[record.pk], why_not(register, act, record, actor)) for record in records]


def why_not(register: Register, act: BulkAct, record: Any, actor: Any) -> str:
    """Return why the actor cannot do the act with the record now; empty where they can."""
    if act.transition is None:
        decision = may_correct(actor, register, record)
        return "" if decision else decision.sentence()
    step = act.transition
    if record.withdrawn_on is not None:
        return _("Hồ sơ đã thu hồi.")
    if record.state not in step.sources:
        return _("Đang ở trạng thái «{state}», không làm được bước này.").format(
            state=register.workflow.state_label(record.state)
        )
    decision = step.may(actor, record)
    if not decision:
        return decision.sentence()
    return " ".join(f"{unmet.words} {unmet.hint}".strip() for unmet in step.unmet(record))


def do_with(register: Register, act: BulkAct, record: Any, said: Said, *, actor: Any, stamp: int) -> str:
    """Do the act with one record through the service that a single record's page uses; returns a remark, if any.

    Raises: whatever that service refuses with.
    """
    if act.transition is not None:
        take_step(register, act.transition.name, record, actor=actor, on=said.on, note=said.note)
        return ""
    may_correct(actor, register, record).enforce()
    values = {act.field: said.value}
    names = correct_record(record=record, values=values, actor=actor, on=said.on, why=said.note, seen=stamp)
    return "" if names else _("đã như vậy từ trước")
