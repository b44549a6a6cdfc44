from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.rulebook.shipped import shipped_rules
from khcn.kernel.workflow.table import workflows
from khcn.transfer.registers import APPRAISALS
from khcn.transfer.services import LIMIT_RULE
from khcn.transfer.states import AppraisalState
from khcn.transfer.tests.factories import make_request
from khcn.transfer.workflow import APPRAISAL_WORKFLOW
from khcn.ui.icons import known_icons


def test_every_state_tells_its_owner_its_meaning_and_has_an_icon():
    told = APPRAISAL_WORKFLOW.info

    assert set(told) == set(AppraisalState)
    assert all(info.owner and info.description and info.icon in known_icons() for info in told.values())


def test_every_state_can_be_reached_and_the_final_ones_are_the_ends():
    reached = {step.target for step in APPRAISAL_WORKFLOW.transitions} | {APPRAISAL_WORKFLOW.initial}
    left = {source for step in APPRAISAL_WORKFLOW.transitions for source in step.sources}

    assert reached == set(AppraisalState)
    assert set(AppraisalState) - left == {state for state, info in APPRAISAL_WORKFLOW.info.items() if info.final}


def test_the_register_and_its_workflow_are_entered_into_the_product():
    assert register("technology-appraisal") is APPRAISALS
    assert APPRAISAL_WORKFLOW in workflows()


def test_the_time_to_answer_is_a_shipped_rule_without_gap_in_time():
    old, new = [rule for rule in shipped_rules() if rule.key == LIMIT_RULE]

    assert (old.valid_from, old.valid_to, new.valid_from, new.valid_to) == (
        None,
        date(2026, 3, 31),
        date(2026, 4, 1),
        None,
    )


def test_every_column_and_fact_of_the_register_exists(world):
    row = make_request(world.director)

    names = [column.name for column in APPRAISALS.columns] + [name for _, names in APPRAISALS.facts for name in names]

    assert [name for name in names if not hasattr(row, name)] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"answer_number": ""},  # answered without number
        {"opinion": ""},  # answered without saying what
        {"answered_on": date(2020, 1, 1)},  # answered before it came
        {"council_on": date(2021, 1, 1)},  # a day of a council that did not meet
    ],
)
def test_the_database_refuses_what_no_service_would_write(world, fields):
    request = make_request(world.director, AppraisalState.ANSWERED)
    for name, value in fields.items():
        setattr(request, name, value)

    with pytest.raises(IntegrityError), transaction.atomic(), recording(actor=None, verb="test", label="thử"):
        request.save()


def test_a_request_does_not_follow_itself(world):
    request = make_request(world.director)
    request.first_request = request

    with pytest.raises(IntegrityError), transaction.atomic(), recording(actor=None, verb="test", label="thử"):
        request.save()
