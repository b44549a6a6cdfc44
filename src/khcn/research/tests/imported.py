"""Enter tasks as old papers tell of them, with estimate lines and uses, so that a world of many years stands at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.classifications.models import Classification
from khcn.kernel.records.recording import recording
from khcn.research.models import BudgetLine, ResearchTask, ResultUse
from khcn.research.services.importing import import_task
from khcn.research.states import CostItem, FundingSource, TaskForm, TaskLevel, TaskState, UseForm
from khcn.research.tests.factories import World

KNOWN_ON = date(2026, 1, 5)


def bring_in(world: World, title: str, *, sources: tuple[FundingSource, ...] = (), **said: Any) -> ResearchTask:
    """Return an imported task with one line of an estimate from each source."""
    said = {"form": TaskForm.TOPIC, "level": TaskLevel.PROVINCE, "state": TaskState.RUNNING, **said}
    values = {"title": title, "office": world.office, "division": world.specialist.division, **said}
    task = import_task(values, actor=None, on=KNOWN_ON)
    for source in sources:
        add_line(task, source)
    return task


def add_line(task: ResearchTask, source: FundingSource, amount_vnd: int = 100_000_000, year: int = 2025) -> None:
    """Enter a line of an estimate of old."""
    with recording(actor=None, verb="add", label="ghi dự toán", on=KNOWN_ON, imported=True):
        BudgetLine(task=task, item=CostItem.LABOUR, source=source, year=year, amount_vnd=amount_vnd).save()


def add_use(task: ResearchTask, reported_on: date) -> None:
    """Enter a report of use of old."""
    with recording(actor=None, verb="add", label="ghi phiếu ứng dụng", on=KNOWN_ON, imported=True):
        use = ResultUse(task=task, year=reported_on.year, organisation_text="Hợp tác xã Mẫu", form=UseForm.PRODUCTION)
        use.evidence, use.reported_on = "Biên bản mẫu", reported_on
        use.save()


def field_coded(code: str, *, scheme: str = "research-field-2008", valid_to: date | None = None) -> Classification:
    """Return the entry of that code, with those above it."""
    above = {1: "", 3: code[:1], 5: code[:3], 7: code[:5]}[len(code)]
    parent = field_coded(above, scheme=scheme, valid_to=valid_to) if above else None
    said = {"name": f"Lĩnh vực {code}", "parent": parent, "valid_to": valid_to}
    return Classification.objects.get_or_create(scheme=scheme, code=code, defaults=said)[0]
