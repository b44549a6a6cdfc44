from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.rulebook.shipped import shipped_rules
from khcn.kernel.workflow.table import workflows
from khcn.policies.registers import LEGAL_DOCUMENTS, PROGRAMMES, WORK_PLAN
from khcn.policies.states import LegalDocumentState, ProgrammeState
from khcn.policies.tests.factories import make_document, make_item, make_programme
from khcn.ui.icons import known_icons

REGISTERS = (LEGAL_DOCUMENTS, PROGRAMMES, WORK_PLAN)


@pytest.mark.parametrize("said", REGISTERS, ids=lambda said: said.key)
def test_every_state_tells_its_owner_its_meaning_and_has_an_icon(said):
    told = said.workflow.info

    assert set(told) == set(said.workflow.states)
    assert all(info.owner and info.description and info.icon in known_icons() for info in told.values())


@pytest.mark.parametrize("said", REGISTERS, ids=lambda said: said.key)
def test_every_state_can_be_reached_and_only_final_ones_are_ends(said):
    reached = {step.target for step in said.workflow.transitions} | {said.workflow.initial}
    left = {source for step in said.workflow.transitions for source in step.sources}
    final = {state for state, info in said.workflow.info.items() if info.final}

    assert reached == set(said.workflow.states)
    assert final <= set(said.workflow.states) - left <= final | {LegalDocumentState.ISSUED, ProgrammeState.ISSUED}


@pytest.mark.parametrize("said", REGISTERS, ids=lambda said: said.key)
def test_each_register_and_workflow_is_entered_into_the_product(said):
    assert register(said.key) is said
    assert said.workflow in workflows()


@pytest.mark.parametrize(
    ("said", "make"), list(zip(REGISTERS, (make_document, make_programme, make_item), strict=True))
)
def test_every_column_and_fact_of_a_register_exists(world, said, make):
    row = make(world.director)

    names = [column.name for column in said.columns] + [name for _, names in said.facts for name in names]

    assert [name for name in names if not hasattr(row, name)] == []


def test_every_clock_of_a_workflow_has_a_shipped_rule_that_is_not_claimed_as_checked():
    rules = {rule.key: rule.confidence for rule in shipped_rules()}

    clocks = [step.starts.rule for said in REGISTERS for step in said.workflow.transitions if step.starts]

    assert {rules[key] for key in clocks} == {"unchecked"}


@pytest.mark.parametrize(
    ("make", "fields"),
    [
        (make_document, {"number": ""}),  # issued without number
        (make_document, {"issued_on": None}),  # issued without day
        (make_programme, {"number": ""}),
        (make_programme, {"first_year": 2025, "last_year": 2021}),  # years reversed
    ],
)
def test_the_database_refuses_what_no_service_would_write(world, make, fields):
    row = make(world.director, LegalDocumentState.ISSUED if make is make_document else ProgrammeState.ISSUED)
    for name, value in fields.items():
        setattr(row, name, value)

    with pytest.raises(IntegrityError), transaction.atomic(), recording(actor=None, verb="test", label="thử"):
        row.save()


def test_a_number_stands_once_in_its_kind(world):
    make_document(world.director, LegalDocumentState.ISSUED, number="7/2021/QĐ-UBND")

    with pytest.raises(IntegrityError):
        make_document(world.director, LegalDocumentState.ISSUED, number="7/2021/QĐ-UBND")
