from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.states import DueState
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.workflow.services import NotPossible
from khcn.policies.services import drop_item, finish_item, start_item
from khcn.policies.states import ProgrammeState, WorkPlanState
from khcn.policies.tests.factories import ON, make_item, make_programme

pytestmark = pytest.mark.django_db

DUE = date(2021, 12, 20)


def clock(item):
    return Obligation.objects.about(item.ref).get()


def test_planned_work_falls_due_for_its_division_and_names_its_origin(world):
    programme = make_programme(world.director, ProgrammeState.ISSUED)

    item = make_item(
        world.director, due_on=DUE, division=world.division, origin_register=programme.REGISTER, origin_id=programme.pk
    )

    assert (clock(item).effective_on, clock(item).division) == (DUE, world.division)
    assert (Link.objects.from_(item.ref).get().kind, item.origin) == (LinkKind.BASIS, programme.ref)


def test_finished_work_ends_its_clock(world):
    item = start_item(item=make_item(world.director, due_on=DUE), actor=world.director, on=ON)

    finish_item(item=item, actor=world.director, on=DUE)

    assert (item.state, item.done_on, clock(item).state_on(DUE)) == (WorkPlanState.DONE, DUE, DueState.DONE)


def test_dropped_work_needs_a_reason_and_is_no_longer_due(world):
    item = make_item(world.director, due_on=DUE)

    with pytest.raises(NotPossible, match="Ghi lý do"):
        drop_item(item=item, actor=world.director, on=ON, note="")
    drop_item(item=item, actor=world.director, on=ON, note="Chuyển sang năm sau")

    assert (item.state, clock(item).state_on(DUE)) == (WorkPlanState.DROPPED, DueState.CANCELLED)


@pytest.mark.parametrize(("quarter", "words"), [(4, "Quý IV năm 2021"), (None, "Năm 2021")])
def test_the_planned_period_is_written_as_people_write_it(world, quarter, words):
    assert make_item(world.director, quarter=quarter).period_text == words
