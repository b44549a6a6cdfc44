"""What is known of money that comes with tasks from elsewhere: it stands where it stood, and only once."""

from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.tests.factories import make_user
from khcn.kernel.workflow.services import NotPossible
from khcn.research.accounts import total
from khcn.research.selectors import standing_of
from khcn.research.services.importing import Held, import_money, import_task
from khcn.research.states import Account, FundingSource, TaskState
from khcn.research.tests import factories as make

LOCAL = FundingSource.STATE_LOCAL


@pytest.fixture
def world(db):
    return make.make_world()


def old_task(world, state=TaskState.RUNNING):
    values = {"office": world.office, "title": "Nhiệm vụ cũ mẫu", "state": state, "approved_on": date(2020, 5, 4)}
    return import_task(values, actor=world.specialist, on=world.day)


def brought(world, task, *held, actor=None):
    said = {"document_number": "12/QĐ-UBND", "actor": actor or world.specialist, "on": world.day}
    import_money(task=task, held=held, **said)


def test_old_money_stands_where_it_stood(world):
    task = old_task(world)

    brought(world, task, Held(LOCAL, 2020, 900, 700, 500, 300, 100), Held(FundingSource.FIRM, 2020, 50))

    standing = standing_of(task)
    accounts = (Account.UNALLOCATED, Account.ALLOCATED, Account.ADVANCED, Account.VERIFIED, Account.SETTLED)
    assert [total(standing, one, [LOCAL]) for one in accounts] == [200, 200, 200, 200, 100]
    assert sorted(task.budget_lines.values_list("source", "amount_vnd")) == [("firm", 50), ("state_local", 900)]


def test_old_money_is_brought_once_and_never_more_than_was_there(world):
    task = old_task(world)

    with pytest.raises(NotPossible, match="chỉ còn 900 đồng"):
        brought(world, task, Held(LOCAL, 2020, 900, 901))
    brought(world, task, Held(LOCAL, 2020, 900))
    with pytest.raises(NotPossible, match="chưa có bút toán nào"):
        brought(world, task, Held(LOCAL, 2020, 900))
    with pytest.raises(NotPossible, match="chưa có bút toán nào"):
        brought(world, make.make_task(world), Held(LOCAL, 2020, 900))


def test_a_task_that_was_not_approved_has_an_estimate_and_no_money(world):
    task = old_task(world, TaskState.BUDGET_APPRAISAL)

    import_money(task=task, held=[Held(LOCAL, 2021, 900)], document_number="", actor=None, on=world.day)

    assert task.budget_lines.get().year == 2021
    assert standing_of(task) == {}


def test_old_money_is_brought_by_who_enters_tasks(world):
    clerk = make_user(Role.CLERK, username="vt2", office=world.office)

    with pytest.raises(NotPermitted):
        brought(world, old_task(world), Held(LOCAL, 2020, 900), actor=clerk)
