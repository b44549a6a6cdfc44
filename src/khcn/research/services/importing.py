"""Bring in the tasks that a department already holds elsewhere, in whatever state they stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings

from khcn.kernel.identity.models import Office
from khcn.kernel.records.record import Provenance
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.selectors import rule_value
from khcn.language.words import words as _
from khcn.research.models import ResearchTask
from khcn.research.permissions import may_enter
from khcn.research.selectors import REGIME
from khcn.research.states import NEVER_APPROVED, TaskState
from khcn.research.task_fields import field_in_its_time, reference_day

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
