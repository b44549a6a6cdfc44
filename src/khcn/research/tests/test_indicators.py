"""What is known of the figures of tasks."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import find_indicator
from khcn.kernel.indicators.selectors import figure
from khcn.research.models import ResearchTask
from khcn.research.services import identifying, money
from khcn.research.states import FundingSource, MovementKind, TaskState
from khcn.research.tests import factories as make

pytestmark = pytest.mark.django_db
S = TaskState


def value(world, code, first, last, as_of=None):
    period = Period("nine-month", last.year, first, last)
    found = int(figure(code, period=period, office=world.office, as_of=as_of).value)
    rows = find_indicator(code).select(period, as_of, world.office)
    column = getattr(find_indicator(code).measure, "column", None)
    assert found == (sum(getattr(row, column) for row in rows) if column else len(rows))  # its records add up to it
    return found


def test_a_task_is_counted_on_the_day_of_what_is_counted():
    world = make.make_world(on=date(2018, 1, 8))
    task = make.make_task(world, S.TRACKING)
    make.use(world, task)

    for code, day in (
        ("research.tasks_approved", task.approved_on),
        ("research.tasks_accepted", task.accepted_on),
        ("research.results_registered", task.registered_on),
        ("research.results_used", world.day),
        ("research.tasks_running", task.contracted_on),
    ):
        assert value(world, code, day, day) == 1, code
        earlier = date.fromordinal(day.toordinal() - 1)
        assert value(world, code, earlier, earlier) == 0, code


def test_a_task_is_running_until_it_is_judged_or_stopped():
    world = make.make_world(on=date(2018, 1, 8))
    judged, stopped = make.make_task(world, S.RUNNING), make.make_task(world, S.RUNNING)
    assert value(world, "research.tasks_running", world.day, world.day) == 2

    make.terminate(world, stopped)
    make.lead(world, judged, S.ACCEPTED)

    assert value(world, "research.tasks_running", stopped.stopped_on, stopped.stopped_on) == 1
    assert value(world, "research.tasks_running", judged.accepted_on, judged.accepted_on) == 0


def test_a_task_is_late_once_its_contract_ended_without_a_final_file():
    world = make.make_world(on=date(2018, 1, 8))
    task = make.make_task(world, S.RUNNING)
    end = task.ends_on

    assert value(world, "research.tasks_late", end, end) == 0
    after = date.fromordinal(end.toordinal() + 1)
    assert value(world, "research.tasks_late", after, after) == 1
    make.lead(world, task, S.FINAL_SUBMITTED)
    assert value(world, "research.tasks_late", world.day, world.day) == 0


def test_money_paid_is_summed_with_what_was_undone_taken_off():
    world = make.make_world(on=date(2018, 1, 8))
    task = make.make_task(world, S.RUNNING)
    said = {"task": task, "source": FundingSource.STATE_LOCAL, "document_number": "CT", "year": world.day.year}
    acting = {"moved_on": world.day, "actor": world.specialist, "on": world.day}
    money.move_money(kind=MovementKind.ALLOCATE, amount_vnd=100, **said, **acting)
    acting["tranche"] = task.tranches.first()
    paid = money.move_money(kind=MovementKind.DISBURSE, amount_vnd=70, **said, **acting)
    before = timezone.now()
    money.reverse_movement(movement=paid, document_number="CT2", why="Nhầm", actor=world.specialist, on=world.day)
    money.move_money(kind=MovementKind.DISBURSE, amount_vnd=20, **said, **acting)

    assert value(world, "research.disbursed", world.day, world.day) == 20
    assert value(world, "research.disbursed", world.day, world.day, as_of=before) == 70


def test_what_a_withdrawn_record_counted_is_still_counted_as_of_then():
    world = make.make_world(on=date(2018, 1, 8))
    task = make.make_task(world, S.APPROVED)
    before = timezone.now()
    identifying.withdraw_task(task=task, note="Chủ trì rút", actor=world.specialist, on=world.day)

    assert value(world, "research.tasks_approved", task.approved_on, task.approved_on, as_of=before) == 1
    assert ResearchTask.objects.get(pk=task.pk).state == S.WITHDRAWN
