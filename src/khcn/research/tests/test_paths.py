"""Walk random legal paths through the life of a task."""

from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from khcn.research.tests.factories import make_task, make_world
from khcn.research.tests.walking import ACTS, faults_of, legal_steps, take_step, told_verbs
from khcn.research.workflow import TASK_WORKFLOW

pytestmark = [pytest.mark.postgresql]
FINAL = {state for state, info in TASK_WORKFLOW.info.items() if info.final}
LONG_AGO = date(2015, 1, 5)  # the longest walk ends within the years of the calendar
WALKS = 300 if os.environ.get("KHCN_SOAK") else 25
LONGEST, FORWARD_AFTER = 70, 30
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
BACKWARD = {"call_again", "return_for_revision", "ask_change", "extend", "suspend", "return_final"}
EARLY = {"reject", "withdraw"}
AVOIDED = {"nothing": set(), "ending early": EARLY, "stopping": EARLY | {"terminate"}}
"""A walk that avoids nothing mostly ends before the contract; the others are made to see the rest of the life."""


def test_every_step_of_the_table_is_walked():
    offered = {one.name for one in TASK_WORKFLOW.transitions if not one.consequence}

    assert set(ACTS) == offered


def choices(task, taken, avoided):
    """Return the legal steps but those to be avoided, where others are left; after a long way only those that lead on."""
    steps = legal_steps(task)
    assert steps, f"{task.state} is a dead end after {taken}"
    shunned = avoided | (BACKWARD if len(taken) > FORWARD_AFTER else set())
    return [one for one in steps if one not in shunned] or steps


class RandomPaths(TestCase):
    """Any legal path ends, skips no paper, is told by history, and keeps the accounts balanced."""

    # A failing walk is told as it is: to shorten it would walk hundreds of others.
    @settings(max_examples=WALKS, deadline=None, suppress_health_check=list(HealthCheck), phases=WITHOUT_SHRINKING)
    @given(data=st.data())
    def test_a_random_path_ends_with_every_paper_and_balanced_accounts(self, data):
        avoided = AVOIDED[data.draw(st.sampled_from(sorted(AVOIDED)), label="avoids")]
        world = make_world(on=LONG_AGO)
        task, taken = make_task(world), []

        while task.state not in FINAL:
            step = data.draw(st.sampled_from(choices(task, taken, avoided)), label=task.state)
            take_step(world, task, step)
            taken.append(step)
            assert faults_of(task) == [], taken
            assert TASK_WORKFLOW.by_name[step].verb in told_verbs(task), taken
            assert len(taken) < LONGEST, taken
