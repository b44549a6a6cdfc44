"""Bring in the tasks that a department already holds elsewhere, in whatever state they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from khcn.kernel.identity.models import Office
from khcn.kernel.records.record import Provenance
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.selectors import rule_value
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.research.accounts import MoneyRefused, move, refuse_overdrawn
from khcn.research.models import BudgetLine, ResearchTask
from khcn.research.permissions import may_enter
from khcn.research.selectors import REGIME, standing_of
from khcn.research.services.money import write_movement
from khcn.research.states import NEVER_APPROVED, CostItem, FundingSource, MovementKind, TaskState
from khcn.research.task_fields import field_in_its_time, reference_day

IMPORTING_MONEY = _("Nhập kinh phí từ dữ liệu cũ")
DAYS = ("approved_on", "contracted_on", "starts_on", "ends_on", "accepted_on", "registered_on")


def import_task(values: dict[str, Any], *, actor: Any, on: date, known_from: datetime | None = None) -> ResearchTask:
    """Enter one task of an import sheet in the state that the sheet says.

    Where the sheet does not name the law, it follows from the day of approval or, where old papers lost that, from the
    first later day that is known. `values`: importable columns by name; `office`: where it is not that of the actor or
    of this installation. Raises: NotPermitted; RuleUnknown; ValueError, where no day is known.
    """
    if actor is not None:
        may_enter(actor).enforce()
    said = dict(values)
    office = said.pop("office", None) or (
        actor.working_office if actor is not None else Office.objects.get(code=settings.OFFICE)
    )
    said.setdefault("division", actor.division if actor is not None else None)
    said.setdefault("state", TaskState.PROPOSED)
    said.setdefault("provenance", Provenance.IMPORTED)
    task = ResearchTask(office=office, **said)
    task.field = field_in_its_time(task.field, reference_day(task, on))
    known = [day for day in (getattr(task, name) for name in DAYS) if day is not None]
    if task.state not in NEVER_APPROVED and not known and not task.regime:
        label = TaskState(task.state).label
        words = _("trạng thái «{label}» cần ngày phê duyệt, ngày hợp đồng hoặc luật áp dụng")
        raise ValueError(words.format(label=label))
    if known and not task.regime:
        task.regime = rule_value(REGIME, on=known[0], office=office)
    label = _("nhập nhiệm vụ từ dữ liệu cũ")
    with recording(actor=actor, verb="import", label=label, on=on, known_from=known_from, imported=True):
        task.save()
    return task


@dataclass(frozen=True)
class Held:
    """How far the money of one source and year went before the task came into this system, in whole đồng.

    Each amount is part of the one before it: of what was granted so much was allotted, of that so much paid, and so on.
    """

    source: FundingSource
    year: int
    granted: int
    allotted: int = 0
    paid: int = 0
    verified: int = 0
    settled: int = 0


STAGES = (
    (MovementKind.APPROVE, "granted"),
    (MovementKind.ALLOCATE, "allotted"),
    (MovementKind.DISBURSE, "paid"),
    (MovementKind.VERIFY, "verified"),
    (MovementKind.SETTLE, "settled"),
)


def import_money(*, task: ResearchTask, held: Iterable[Held], document_number: str, actor: Any, on: date) -> None:
    """Enter estimate and money of a task that came from elsewhere, as far as they had gone by then.

    Rules on steps and advances are not asked again: what was done was done. Raises: NotPermitted; NotPossible, for a
    task that has money already or was entered here, or an amount above the one that it is part of.
    """
    if actor is not None:
        may_enter(actor).enforce()
    label = _("nhập kinh phí từ dữ liệu cũ")
    with recording(actor=actor, verb="import-money", label=label, on=on, imported=True):
        task.settle()
        if task.provenance == Provenance.ENTERED or task.movements.exists():
            raise NotPossible(task, IMPORTING_MONEY, [_("Chỉ nhập cho nhiệm vụ từ dữ liệu cũ chưa có bút toán nào.")])
        for one in held:
            said: dict[str, Any] = {"item": CostItem.OTHER, "source": one.source, "year": one.year}
            BudgetLine(task=task, amount_vnd=one.granted, **said).save()
            if task.state not in NEVER_APPROVED:
                _import_movements(task, one, document_number, on)


def _import_movements(task: ResearchTask, held: Held, document_number: str, on: date) -> None:
    for kind, name in STAGES:
        if not (amount := getattr(held, name)):
            return
        try:
            wanted = move(kind, held.source, amount, year=held.year)
            refuse_overdrawn(standing_of(task), wanted)
        except MoneyRefused as refusal:
            raise NotPossible(task, IMPORTING_MONEY, [str(refusal)]) from refusal
        write_movement(task, kind, wanted, document_number, on)
