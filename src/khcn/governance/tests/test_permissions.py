"""Who may do what, as a table."""

import pytest
from django.contrib.auth.models import AnonymousUser

from khcn.governance.permissions import (
    may_follow_conclusions,
    may_record_session,
    may_release_differences,
    may_see_differences,
    may_share_follow_up,
    may_take_corrections,
)
from khcn.governance.services.following import release_differences
from khcn.governance.tests.factories import READ_ON, make_session, people_of_the_office
from khcn.kernel.access.roles import Role
from khcn.kernel.tests.factories import make_office, make_user

EVERYONE = ("specialist", "head", "monitor", "director", "clerk", "leader", "agency")
TABLE = [
    (may_record_session, {"specialist", "head", "monitor", "director"}),
    (may_follow_conclusions, {"monitor", "director"}),
    (may_take_corrections, {"monitor", "director"}),
    (may_release_differences, {"director"}),
    (may_share_follow_up, {"director"}),
    (may_see_differences, {"specialist", "head", "monitor", "director", "clerk"}),
]


@pytest.mark.parametrize("name", EVERYONE)
@pytest.mark.parametrize(("may", "allowed"), TABLE, ids=[may.__name__ for may, _ in TABLE])
def test_an_act_is_allowed_to_the_named_roles_and_refused_to_others_with_a_reason(world, may, allowed, name):
    session = make_session(world.specialist)

    decision = may(getattr(world, name), session)

    assert decision.allowed is (name in allowed)
    assert decision.allowed or decision.reasons


@pytest.mark.parametrize("may", [may for may, _ in TABLE], ids=lambda may: may.__name__)
def test_nothing_is_allowed_to_who_has_not_signed_in(world, may):
    assert not may(AnonymousUser(), make_session(world.specialist))


@pytest.mark.parametrize("may", [may for may, _ in TABLE], ids=lambda may: may.__name__)
def test_a_director_of_another_office_may_do_nothing_here(world, may):
    stranger = make_user(Role.DIRECTOR, username="other", office=make_office("BG"))

    assert not may(stranger, make_session(world.specialist))


def test_once_released_a_provincial_leader_sees_the_differences(world):
    session = release_differences(session=make_session(world.specialist), actor=world.director, on=READ_ON)

    assert may_see_differences(world.leader, session)


def test_the_people_of_the_table_hold_one_role_each(db):
    assert {len(user.grants) for user in people_of_the_office(make_office("XX")).values()} == {1}
