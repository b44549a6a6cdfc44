"""What is known of the steps of a task."""

from __future__ import annotations

import pytest

from khcn.research.states import TaskState
from khcn.research.tests.factories import TRACK, make_task, make_world

pytestmark = pytest.mark.django_db


def test_a_task_goes_from_its_proposal_to_a_closed_file():
    world = make_world()

    task = make_task(world, TaskState.CLOSED)

    task.refresh_from_db()
    assert task.state == TaskState.CLOSED
    assert task.regime == "law29"
    assert TRACK[-1] == TaskState.CLOSED
