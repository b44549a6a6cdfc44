from __future__ import annotations

import pytest

from khcn.kernel.access.roles import Role
from khcn.policies.models import LegalDocument
from khcn.policies.permissions import may_advance, may_draft, may_record_issue
from khcn.policies.tests.factories import make_division, make_office, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            may_draft,
            {"drafter", "drafter elsewhere", "head", "director", "specialist of another office"},
        ),  # any drafter
        (may_advance, {"drafter", "head", "director"}),  # the division in charge and the director
        (may_record_issue, {"drafter", "head", "director", "clerk"}),  # and the clerk who types number and day
    ],
)
def test_each_act_has_its_people(world, question, expected):
    people = {
        "drafter": world.specialist,
        "drafter elsewhere": make_user(world.office, Role.SPECIALIST, division=make_division(world.office, "KHAC")),
        "head": make_user(world.office, Role.DIVISION_HEAD, division=world.division),
        "director": world.director,
        "clerk": world.clerk,
        "monitor": make_user(world.office, Role.MONITOR),
        "provincial leader": make_user(world.office, Role.PROVINCIAL_LEADER),
        "specialist of another office": make_user(make_office("BG"), Role.SPECIALIST),
    }
    document = LegalDocument(office=world.office, division=world.division)

    assert {name for name, person in people.items() if question(person, document)} == expected
