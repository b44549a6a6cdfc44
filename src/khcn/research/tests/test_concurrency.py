"""What only a server with several writers can show of tasks: nothing is lost, doubled or overdrawn."""

from __future__ import annotations

import pytest
from django.db import connection

from khcn.kernel.tests.at_once import at_once
from khcn.research.models import Movement, ResearchTask, TaskApplication
from khcn.research.selectors import standing_of
from khcn.research.services import identifying, money, running
from khcn.research.states import Account, FundingSource, MovementKind, TaskState
from khcn.research.tests import factories as make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite có một người ghi mỗi lúc; chạy trên PostgreSQL"),
]
MILLION = 1_000_000


def test_two_people_paying_from_one_account_at_once_never_overdraw_it():
    world = make.make_world()
    task = make.make_task(world, TaskState.RUNNING)
    said = {"source": FundingSource.FIRM, "document_number": "CT", "moved_on": world.day, "year": world.day.year}
    acting = {"actor": world.specialist, "on": world.day}
    money.move_money(task=task, kind=MovementKind.ALLOCATE, amount_vnd=100 * MILLION, **said, **acting)

    def pay(_place):
        mine = ResearchTask.objects.get(pk=task.pk)
        return money.move_money(task=mine, kind=MovementKind.DISBURSE, amount_vnd=30 * MILLION, **said, **acting)

    answers = at_once(pay, range(6))

    paid = [one for one in answers if isinstance(one, Movement)]
    left = {place: sum_ for place, sum_ in standing_of(task).items() if place.account is Account.ALLOCATED}
    assert len(paid) == 3
    assert set(left.values()) == {10 * MILLION}


def test_a_movement_is_undone_once_however_many_undo_it_at_once():
    world = make.make_world()
    task = make.make_task(world, TaskState.RUNNING)
    said = {"source": FundingSource.FIRM, "document_number": "CT", "moved_on": world.day, "year": world.day.year}
    acting = {"actor": world.specialist, "on": world.day}
    first = money.move_money(task=task, kind=MovementKind.ALLOCATE, amount_vnd=MILLION, **said, **acting)

    def undo(_place):
        mine = Movement.objects.select_related("task").get(pk=first.pk)
        return money.reverse_movement(movement=mine, document_number="CT2", why="Nhầm", **acting)

    answers = at_once(undo, range(4))

    assert sum(isinstance(one, Movement) for one in answers) == 1
    assert Movement.objects.filter(reverses=first).count() == 1


def test_of_two_who_stop_a_task_in_two_ways_one_is_told_and_nothing_is_lost():
    world = make.make_world()
    task = make.make_task(world, TaskState.RUNNING)
    stop = {"stop_number": "1/QĐ", "stopped_on": world.day, "note": "Dừng"}

    def act(place):
        mine = ResearchTask.objects.get(pk=task.pk)
        said = {"task": mine, "actor": world.head, "on": world.day, **stop}
        if place:
            return running.suspend_task(**said)
        return running.terminate_task(termination_cause="breach", **said)

    answers = at_once(act, range(2))

    assert sum(isinstance(one, ResearchTask) for one in answers) == 1
    assert ResearchTask.objects.get(pk=task.pk).state in (TaskState.SUSPENDED, TaskState.TERMINATED)


def test_dossiers_of_one_host_sent_at_once_enter_once():
    world = make.make_world()
    task = make.make_task(world, TaskState.CALL_OPEN)
    world.later()

    def apply(_place):
        mine = ResearchTask.objects.get(pk=task.pk)
        return make.apply_for(make.World(**vars(world)), mine)

    at_once(apply, range(4))

    assert TaskApplication.objects.filter(task=task).count() == 1


def test_tasks_proposed_in_the_same_second_have_codes_of_their_own_without_a_gap():
    world = make.make_world()

    def propose(place):
        task = ResearchTask(office=world.office, division=world.specialist.division, title=f"Nhiệm vụ {place}")
        return identifying.propose_task(task=task, actor=world.specialist, on=world.day)

    made = at_once(propose, range(6))

    numbers = sorted(int(one.code.rsplit("-", 1)[1]) for one in made)
    assert numbers == list(range(1, 7))
