from __future__ import annotations

import pytest

from khcn.ip.permissions import may_enter_title, may_update_title
from khcn.kernel.access.roles import Role
from khcn.kernel.tests.factories import make_division, make_office, make_title, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "enters", "own", "other", "nobodys"),
    [
        (Role.SPECIALIST, True, True, False, True),  # staff of the division in charge
        (Role.DIVISION_HEAD, True, True, False, True),  # its head
        (Role.DIRECTOR, True, True, True, True),  # a director stands above divisions
        (Role.CLERK, False, False, False, False),  # registers papers only
        (Role.MONITOR, False, False, False, False),  # follows given work only
        (Role.ADMINISTRATOR, False, False, False, False),  # keeps the system, not its records
        (Role.PROVINCIAL_LEADER, False, False, False, False),  # reads
        (Role.ASSIGNED_AGENCY, False, False, False, False),  # works on what it was given
        (Role.APPLICANT, False, False, False, False),  # files with the national office
        (Role.COUNCIL_MEMBER, False, False, False, False),  # judges elsewhere
    ],
)
def test_titles_are_entered_and_updated_by_the_division_in_charge_and_directors(role, enters, own, other, nobodys):
    division = make_division()
    user = make_user(role, division=division)
    records = [make_title(division=one) for one in (division, make_division(code="KHAC"), None)]

    assert may_enter_title(user).allowed is enters
    assert [may_update_title(user, record).allowed for record in records] == [own, other, nobodys]


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR])
def test_nobody_updates_the_register_of_another_office(role):
    user = make_user(role, office=make_office("BK"))

    decision = may_update_title(user, make_title())

    assert (decision.allowed, decision.reasons) == (False, ("Hồ sơ thuộc sổ của cơ quan khác.",))


def test_a_refusal_names_the_division_as_its_reason():
    user = make_user(Role.SPECIALIST, division=make_division())

    decision = may_update_title(user, make_title(division=make_division(code="KHAC")))

    assert decision.sentence() == "Hồ sơ thuộc phòng khác phụ trách."
