from __future__ import annotations

import pytest

from khcn.kernel.access.roles import Role
from khcn.kernel.tests.factories import make_office, make_user
from khcn.kernel.workflow.services import perform
from khcn.parties.permissions import (
    may_confirm_figure,
    may_edit_figure,
    may_erase_private,
    may_keep_private,
    may_see_statistics,
)
from khcn.parties.science_workflow import STAFFING_WORKFLOW
from khcn.parties.tests.factories import make_organisation
from khcn.parties.tests.science_factories import make_profile, make_rules, make_staffing

pytestmark = pytest.mark.django_db

# Person; may enter and correct figures, confirm them, keep private data, erase it, see the statistics.
TRUTHS = [
    (Role.SPECIALIST, True, False, True, False, True),  # keeps the registers
    (Role.CLERK, True, False, True, False, True),
    (Role.DIVISION_HEAD, True, True, True, True, True),  # answers for what the division reports
    (Role.DIRECTOR, True, True, True, True, True),
    (Role.MONITOR, True, False, True, False, True),
    (Role.ADMINISTRATOR, True, False, False, False, True),  # keeping the system is no reason to read private data
    (Role.PROVINCIAL_LEADER, False, False, False, False, True),  # reads, writes nothing
    (Role.ASSIGNED_AGENCY, False, False, False, False, False),
    (Role.APPLICANT, False, False, False, False, False),
    (Role.COUNCIL_MEMBER, False, False, False, False, False),
]


@pytest.fixture
def world():
    make_rules()
    clerk = make_user(Role.CLERK, username="van-thu-chinh")
    profile = make_profile(actor=clerk)
    return profile, make_staffing(make_organisation(actor=clerk), actor=clerk)


@pytest.mark.parametrize(("role", "truths"), [(role, truths) for role, *truths in TRUTHS])
def test_each_role_may_exactly_what_the_table_says(world, role, truths):
    profile, staffing = world
    user = make_user(role, username="nguoi-hoi")

    said = (
        may_edit_figure(user, staffing),
        may_confirm_figure(user, staffing),
        may_keep_private(user, profile),
        may_erase_private(user, profile),
        may_see_statistics(user),
    )

    assert [bool(one) for one in said] == truths
    assert all(one or one.sentence() for one in said)


@pytest.mark.parametrize("may", [may_confirm_figure, may_keep_private, may_erase_private])
def test_nobody_decides_on_records_of_another_office(world, may):
    director = make_user(Role.DIRECTOR, username="so-khac", office=make_office("KH"))

    assert "cơ quan quản lý khác" in may(director, world[0]).sentence()


def test_a_confirmed_figure_is_corrected_only_after_it_was_opened_again(world):
    head = make_user(Role.DIVISION_HEAD, username="truong-phong")
    staffing = world[1]
    perform(STAFFING_WORKFLOW, "confirm", staffing, actor=head, on=head.acting_on)

    refused = may_edit_figure(head, staffing)
    perform(STAFFING_WORKFLOW, "reopen", staffing, actor=head, on=head.acting_on, note="nhập nhầm")

    assert "Mở lại" in refused.sentence()
    assert may_edit_figure(head, staffing)


@pytest.mark.parametrize(
    ("role", "open_to"),
    [(Role.CLERK, True), (Role.ADMINISTRATOR, False), (Role.PROVINCIAL_LEADER, False)],
)
def test_the_row_itself_keeps_private_words_from_the_same_people(world, role, open_to):
    assert world[0].private_is_open_to(make_user(role, username="nguoi-hoi")) is open_to
