from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.obligations.tests.worlds import make_rule
from khcn.kernel.obligations.urging import levels_due, urging_days, urging_keys
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.tests.factories import make_office

L = UrgingLevel
DAYS = {L.OFFICER: -7, L.UNIT_HEAD: -3, L.DIRECTOR: 1, L.ISSUER: 7}
DAY = date(2021, 10, 11)


@pytest.mark.parametrize(
    ("after", "levels"),
    [
        (-8, []),  # not yet
        (-7, [L.OFFICER]),
        (-4, [L.OFFICER]),
        (-3, [L.OFFICER, L.UNIT_HEAD]),  # opened late: nobody is left out
        (0, [L.OFFICER, L.UNIT_HEAD]),  # the last day is not late
        (1, [L.DIRECTOR]),  # what warned before is no longer said
        (6, [L.DIRECTOR]),
        (7, [L.DIRECTOR, L.ISSUER]),
        (700, [L.DIRECTOR, L.ISSUER]),
    ],
)
def test_levels_rise_with_the_days(after, levels):
    assert levels_due(after, DAYS) == levels


def test_a_warning_meant_for_the_day_itself_is_said_after_a_day_off_while_no_level_speaks_of_lateness():
    assert levels_due(2, {L.OFFICER: 0, L.DIRECTOR: 3}) == [L.OFFICER]


def test_without_rules_no_level_is_used():
    assert levels_due(3, {}) == []


@pytest.mark.django_db
def test_the_days_come_from_the_register_then_from_all_registers_and_from_the_office_first():
    office = make_office()
    load_shipped_rules()
    make_rule(-10, "protection-title.urge.officer")
    make_rule(2, "obligation.urge.director", office=office)

    own = urging_days("protection-title", on=DAY, office=office)
    elsewhere = urging_days("khác", on=DAY, office=make_office("BN"))

    assert own == {**DAYS, L.OFFICER: -10, L.DIRECTOR: 2}
    assert elsewhere == DAYS


@pytest.mark.django_db
def test_a_level_without_a_rule_is_not_used():
    make_rule(-5, "obligation.urge.officer")

    assert urging_days("sổ", on=DAY, office=make_office()) == {L.OFFICER: -5}


def test_the_keys_of_given_work_stay_valid():
    assert urging_keys("assignment", L.UNIT_HEAD) == ("assignment.urge.unit-head", "obligation.urge.unit-head")
