from __future__ import annotations

import pytest

from khcn.kernel.access.roles import Role
from khcn.transfer.models import TechnologyAppraisal
from khcn.transfer.permissions import may_appraise, may_receive
from khcn.transfer.tests.factories import make_division, make_office, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            may_receive,
            {"specialist", "specialist elsewhere", "head", "director", "clerk", "specialist of another office"},
        ),
        (may_appraise, {"specialist", "head", "director"}),  # the division in charge and the director
    ],
)
def test_each_act_has_its_people(world, question, expected):
    people = {
        "specialist": world.specialist,
        "specialist elsewhere": make_user(world.office, Role.SPECIALIST, division=make_division(world.office, "KHAC")),
        "head": make_user(world.office, Role.DIVISION_HEAD, division=world.division),
        "director": world.director,
        "clerk": world.clerk,
        "monitor": make_user(world.office, Role.MONITOR),
        "provincial leader": make_user(world.office, Role.PROVINCIAL_LEADER),
        "specialist of another office": make_user(make_office("BG"), Role.SPECIALIST),
    }
    record = TechnologyAppraisal(office=world.office, division=world.division)

    assert {name for name, person in people.items() if question(person, record)} == expected
