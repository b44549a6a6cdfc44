from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.identity.models import RoleGrant
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register, resolve
from khcn.kernel.tests.factories import TITLES, TODAY, make_division, make_office, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
MONDAY = datetime(2021, 9, 20, tzinfo=UTC)
P, I, C, D, F = "công khai", "nội bộ", "hạn chế", "hạn chế của phòng", "công khai nơi khác"  # noqa: E741 (a table)


def model():
    return register(TITLES).model


def make_world():
    here, there = make_division(code="QLCN"), make_division(make_office("BK"), code="QLKH")
    make_title(P, confidentiality=Confidentiality.PUBLIC, known_from=MONDAY)
    make_title(I, known_from=MONDAY)
    make_title(C, confidentiality=Confidentiality.CONFIDENTIAL, known_from=MONDAY)
    make_title(D, confidentiality=Confidentiality.CONFIDENTIAL, division=here, known_from=MONDAY)
    make_title(F, office=there.office, confidentiality=Confidentiality.PUBLIC, known_from=MONDAY)
    make_title("nội bộ nơi khác", office=there.office, known_from=MONDAY)
    return here


@pytest.mark.parametrize(
    ("roles", "in_division", "seen"),
    [
        ((Role.SPECIALIST,), True, {P, I, D, F}),  # staff of the division in charge
        ((Role.SPECIALIST,), False, {P, I, F}),  # staff of the office, no division
        ((Role.CLERK,), False, {P, I, F}),  # clerk
        ((Role.DIVISION_HEAD,), True, {P, I, D, F}),  # head of the division in charge
        ((Role.MONITOR,), False, {P, I, F}),  # whoever follows given work
        ((Role.DIRECTOR,), False, {P, I, C, D, F}),  # director: the whole office
        ((Role.ADMINISTRATOR,), False, {P, I, F}),  # administrator: keeps the system, reads nothing confidential
        ((Role.ADMINISTRATOR,), True, {P, I, F}),  # nor that of the division they sit in
        ((Role.ADMINISTRATOR, Role.SPECIALIST), True, {P, I, D, F}),  # unless they work on its records too
        ((Role.PROVINCIAL_LEADER,), False, {P, I, F}),  # leaders above: nothing confidential
        ((Role.ASSIGNED_AGENCY,), False, {P, F}),  # an outside agency
        ((Role.APPLICANT,), False, {P, F}),  # an applicant
        ((Role.COUNCIL_MEMBER,), False, {P, F}),  # a council member
        ((), False, {P, F}),  # an account without a role
    ],
)
def test_each_role_sees_exactly_its_records_now_and_in_the_past(roles, in_division, seen):
    here = make_world()
    user = make_user(*roles, division=here if in_division else None)

    live = model().objects.visible_to(user)
    past = model().objects.as_of(MONDAY).visible_to(user)
    past_too = model().objects.visible_to(user).as_of(MONDAY)

    assert [{row.title for row in rows} for rows in (live, past, past_too)] == [seen] * 3


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_the_public_sees_public_records_only(nobody):
    make_world()

    assert {row.title for row in model().objects.visible_to(nobody)} == {P, F}


def test_the_person_in_charge_sees_a_confidential_record_of_another_division():
    make_world()
    user = make_user(Role.SPECIALIST)
    make_title("của tôi", confidentiality=Confidentiality.CONFIDENTIAL, responsible=user)

    assert "của tôi" in {row.title for row in model().objects.visible_to(user)}


def test_a_role_granted_by_one_office_opens_nothing_of_another():
    make_world()
    user = make_user(username="kiêm nhiệm")
    RoleGrant.objects.create(user=user, role=Role.DIRECTOR, office=make_office("BK"), valid_from=date(2020, 1, 1))

    seen = {row.title for row in model().objects.visible_to(user.act_on(TODAY))}

    assert seen == {P, F, "nội bộ nơi khác"}


def test_a_role_that_has_ended_opens_nothing_not_even_the_time_when_it_was_held():
    make_world()
    user = make_user(Role.DIRECTOR)
    user.role_grants.update(valid_to=date(2021, 9, 23))

    seen = {row.title for row in model().objects.as_of(MONDAY).visible_to(user.act_on(TODAY))}

    assert seen == {P, F}


def narrow(title, scope):
    title.confidentiality = scope
    with recording(actor=None, verb="narrow", label="đổi phạm vi"):
        title.save()


@pytest.mark.parametrize(("then", "now"), [("internal", "confidential"), ("confidential", "internal")])
def test_what_is_or_was_confidential_is_not_seen_through_the_past(then, now):
    title = make_title(confidentiality=then, known_from=MONDAY)
    narrow(title, now)
    user = make_user(Role.SPECIALIST)

    one_way = model().objects.as_of(MONDAY).visible_to(user)
    other_way = register(TITLES).visible_to(user).as_of(MONDAY)

    assert (one_way.count(), other_way.count()) == (0, 0)
    assert model().objects.as_of(MONDAY).visible_to(make_user(Role.DIRECTOR)).count() == 1


def test_references_are_resolved_for_those_who_may_see_the_record():
    make_world()
    refs = [row.ref for row in model().objects.all()]

    assert {row.title for row in resolve(refs, make_user(Role.SPECIALIST)).values()} == {P, I, F}
    assert len(resolve(refs, everything=True)) == 6
