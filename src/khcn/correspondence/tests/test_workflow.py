from __future__ import annotations

import pytest

from khcn.correspondence.states import PaperState
from khcn.correspondence.workflow import PAPER_WORKFLOW
from khcn.kernel.pages.steps import transition_handlers
from khcn.kernel.records.registry import register
from khcn.ui.icons import checked


@pytest.mark.parametrize("state", list(PaperState))
def test_every_state_is_explained(state):
    info = PAPER_WORKFLOW.state_info(state)

    assert info.description
    assert info.owner
    assert checked(info.icon) == info.icon


@pytest.mark.parametrize("transition", PAPER_WORKFLOW.transitions, ids=lambda one: one.name)
def test_every_step_has_its_words_its_service_and_leads_from_one_state_to_another(transition):
    assert transition.label
    assert transition.verb
    assert transition.may_words
    assert {*transition.sources, transition.target} <= set(PaperState)
    assert ("paper", transition.name) in transition_handlers


def test_every_state_can_be_reached():
    reached = {step.target for step in PAPER_WORKFLOW.transitions} | {PAPER_WORKFLOW.initial, PaperState.DRAFT}

    assert reached == set(PaperState)


def test_the_register_names_the_workflow():
    assert register("paper").workflow is PAPER_WORKFLOW
