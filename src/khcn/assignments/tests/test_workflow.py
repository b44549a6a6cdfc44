from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from khcn.assignments.models import Assignment, Coordinator
from khcn.assignments.registers import ASSIGNMENTS
from khcn.assignments.states import URGING_RULES, AssignmentState, BoardState, DeadlinePrecision
from khcn.assignments.tests.factories import make_assignment
from khcn.assignments.workflow import ASSIGNMENT_WORKFLOW
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.records.tracked import StateAssignedDirectly
from khcn.kernel.rulebook.shipped import shipped_rules
from khcn.kernel.text.dates import Precision
from khcn.kernel.workflow.table import workflows
from khcn.ui.icons import known_icons


def test_every_state_tells_its_owner_its_meaning_and_has_an_icon():
    told = ASSIGNMENT_WORKFLOW.info

    assert set(told) == set(AssignmentState)
    assert all(info.owner and info.description and info.icon in known_icons() for info in told.values())


def test_every_state_can_be_reached_and_only_final_ones_are_left_by_no_step():
    reached = {step.target for step in ASSIGNMENT_WORKFLOW.transitions} | {ASSIGNMENT_WORKFLOW.initial}
    left = {source for step in ASSIGNMENT_WORKFLOW.transitions for source in step.sources}

    assert reached == set(AssignmentState)
    assert set(AssignmentState) - left == {state for state, info in ASSIGNMENT_WORKFLOW.info.items() if info.final}


def test_the_register_and_its_workflow_are_entered_into_the_product():
    assert register("assignment") is ASSIGNMENTS
    assert ASSIGNMENT_WORKFLOW in workflows()


def test_every_level_of_reminding_has_a_shipped_rule_that_claims_no_law():
    rules = {rule.key: rule for rule in shipped_rules()}

    assert set(URGING_RULES) == set(UrgingLevel)
    assert {rules[key].confidence for key in URGING_RULES.values()} == {"local"}


def test_precisions_are_those_that_the_reader_of_texts_gives():
    assert {str(precision) for precision in Precision} == set(DeadlinePrecision.values)


def test_every_column_and_fact_of_the_register_exists(world):
    row = make_assignment(world.monitor, lead=world.agency)

    names = [column.name for column in ASSIGNMENTS.columns] + [name for _, names in ASSIGNMENTS.facts for name in names]

    assert [name for name in names if not hasattr(row, name)] == []


def test_filters_offer_only_leads_the_viewer_sees(world):
    make_assignment(world.monitor, lead=world.agency)
    make_assignment(world.monitor, lead=world.other_agency)
    (by_lead,) = [one for one in ASSIGNMENTS.filters if one.name == "chu-tri"]

    choices = list(by_lead.choices(world.agency_user))

    assert choices == [(str(world.agency.pk), "Sở Mẫu Chủ trì")]
    assert by_lead.keep(Assignment.objects.all(), choices[0][0]).count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"lead_organisation": None},  # no lead
        {"precision": DeadlinePrecision.DAY, "due_on": None},  # a day without its date
        {"precision": DeadlinePrecision.NONE, "due_on": date(2021, 1, 1)},  # a date that says it is none
        {"origin_register": "paper"},  # half an origin
        {"completed_on": date(2020, 1, 1)},  # done before it was given
    ],
)
def test_the_database_refuses_what_no_service_would_write(world, fields):
    assignment = make_assignment(world.monitor, lead=world.agency)
    for name, value in fields.items():
        setattr(assignment, name, value)

    with pytest.raises(IntegrityError), transaction.atomic(), recording(actor=None, verb="test", label="thử"):
        assignment.save()


def test_a_coordinator_is_one_party(world):
    assignment = make_assignment(world.monitor, lead=world.agency)

    with pytest.raises(IntegrityError), transaction.atomic(), recording(actor=None, verb="test", label="thử"):
        Coordinator(assignment=assignment, organisation=world.agency, division=world.division).save()


def test_a_state_changes_only_by_a_step(world):
    assignment = make_assignment(world.monitor, lead=world.agency)
    assignment.state = AssignmentState.CLOSED

    with pytest.raises(StateAssignedDirectly), recording(actor=None, verb="test", label="thử"):
        assignment.save()


def test_every_board_state_has_words():
    assert all(state.label for state in BoardState)
