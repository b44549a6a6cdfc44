"""Fill the register of tasks with invented ones of ten years, each with its parts and its history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

FIRST_DAY, DAYS, BATCH = date(2014, 1, 1), 3650, 2_000
LEVELS = ("national", "ministry", "province", "grassroots", "other")
OTHER_SOURCES = ("provincial_fund", "other")  # one row of the form; the filling gives no task both


def fill(tasks: int, *, with_money: bool = False) -> Any:
    """Write so many tasks with their parts, on request with money and what falls due; return the office."""
    from khcn.kernel.classifications.models import Classification
    from khcn.kernel.classifications.services import load_classifications
    from khcn.kernel.identity.models import Office
    from khcn.kernel.records.bulk import write_new
    from khcn.kernel.records.recording import recording
    from khcn.kernel.rulebook.services import load_shipped_rules

    load_shipped_rules()
    load_classifications()
    office = Office.objects.create(code="TN", name="S", short_name="S", symbol="S", parent_name="U", seat="T")
    fields = [None, *Classification.objects.filter(scheme__startswith="research-field").order_by("pk")]
    for start in range(0, tasks, BATCH):
        numbers = range(start, min(start + BATCH, tasks))
        with recording(actor=None, verb="fill", label="fill", on=FIRST_DAY, imported=True):
            rows = [_task(office, fields, number) for number in numbers]
            write_new(rows)
            write_new([line for row, number in zip(rows, numbers, strict=True) for line in _lines(row, number)])
            write_new([_use(row) for row, number in zip(rows, numbers, strict=True) if number % 7 == 0])
            if with_money:
                write_new([move for row in rows for move in _moves(row)])
                write_new([_duty(row) for row, number in zip(rows, numbers, strict=True) if number % 3])
    return office


def _moves(task: Any) -> list[Any]:
    from khcn.research.models import Movement

    said = {"task": task, "source": "state_local", "document_number": "CT", "moved_on": task.approved_on}
    year = task.approved_on.year
    steps = (
        ("approve", "granted", "unallocated", 0, 0, 9),
        ("allocate", "unallocated", "allocated", 0, year, 5),
        ("disburse", "allocated", "advanced", year, 0, 4),
    )
    return [
        Movement(
            kind=kind, from_account=origin, to_account=target, from_year=since, to_year=to, amount_vnd=sum_, **said
        )
        for kind, origin, target, since, to, sum_ in steps
    ]


def _duty(task: Any) -> Any:
    from khcn.kernel.obligations.models import Obligation

    day = task.approved_on + timedelta(days=365)
    said = {
        "office": task.office,
        "register": task.REGISTER,
        "record_id": task.pk,
        "kind": "report",
        "action": "Báo cáo",
    }
    return Obligation(started_on=task.approved_on, nominal_on=day, effective_on=day, **said)


def _task(office: Any, fields: list[Any], number: int) -> Any:
    from khcn.research.models import ResearchTask
    from khcn.research.states import TaskForm

    approved = FIRST_DAY + timedelta(days=number * 37 % DAYS)
    made = ResearchTask(
        office=office,
        code=f"NVKH-2014-{number + 1:07d}",
        title=f"Nhiệm vụ số {number}",
        form=TaskForm.values[number % 3],
        level=LEVELS[number % 5],
        state="running",
        regime="law29",
        field=fields[number % len(fields)],
        approved_on=approved,
        provenance="imported",
    )
    if number % 10:
        made.contracted_on = approved + timedelta(days=20)
    if number % 4 == 0:
        made.accepted_on, made.rating = approved + timedelta(days=700), ("pass", "excellent", "fail")[number % 3]
    elif number % 31 == 0:
        made.stopped_on, made.termination_cause = approved + timedelta(days=400), "risk"
    return made


def _lines(task: Any, number: int) -> list[Any]:
    from khcn.research.models import BudgetLine
    from khcn.research.states import FundingSource

    sources = [FundingSource.values[number * step % 7] for step in (1, 2)] + ["state_local"] * (number % 2)
    said = {"task": task, "item": "labour", "year": task.approved_on.year, "amount_vnd": 1_000_000}
    if set(OTHER_SOURCES) <= set(sources):
        sources = ["firm"]
    return [BudgetLine(source=source, **said) for source in sources]


def _use(task: Any) -> Any:
    from khcn.research.models import ResultUse

    day = task.approved_on + timedelta(days=900)
    return ResultUse(
        task=task, year=day.year, organisation_text="HTX", form="production", evidence="BB", reported_on=day
    )
