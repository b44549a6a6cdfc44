from __future__ import annotations

from datetime import timedelta

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.services import NotGranted, create_account, delegate, end_delegation, grant_role
from khcn.kernel.tests.factories import TODAY, make_division, make_office, make_user

pytestmark = pytest.mark.django_db

FRIDAY_NEXT = TODAY + timedelta(days=7)


def hand_over(actor, to, **changed):
    said = {"role": Role.DIRECTOR, "valid_from": TODAY, "valid_to": FRIDAY_NEXT, "on": TODAY, **changed}
    return delegate(actor=actor, to=to, **said)


def test_an_account_can_sign_in_and_holds_nothing():
    user = create_account(username="moi", full_name="Người mới", office=make_office(), password="mat-khau-rat-dai-1")

    assert user.check_password("mat-khau-rat-dai-1")
    assert user.act_on(TODAY).grants == []


def test_a_user_name_is_given_once_whatever_its_case():
    make_user(username="lan")

    with pytest.raises(NotGranted, match="đã có người dùng"):
        create_account(username="LAN", full_name="Lan khác", office=make_office())


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.ADMINISTRATOR, True),  # keeps accounts and roles
        (Role.DIRECTOR, False),  # decides, but the administrator enters
        (Role.SPECIALIST, False),  # has nothing to do with roles
    ],
)
def test_only_administrators_grant_roles(role, allowed):
    actor, user = make_user(role), make_user(username="lan")

    granted = _granted(actor, user)

    assert granted is allowed


def _granted(actor, user):
    try:
        grant_role(user=user, role=Role.CLERK, valid_from=TODAY, actor=actor)
    except NotPermitted:
        return False
    return user.act_on(TODAY).holds(Role.CLERK)


def test_a_role_granted_twice_is_one_grant():
    user = make_user(username="lan")

    grants = {grant_role(user=user, role=Role.CLERK, valid_from=TODAY).pk for _ in range(2)}

    assert len(grants) == 1


def test_a_delegate_holds_the_role_only_within_the_span():
    deputy = make_user(Role.SPECIALIST, username="pho")

    grant = hand_over(make_user(Role.DIRECTOR), deputy)

    days = [TODAY, FRIDAY_NEXT, FRIDAY_NEXT + timedelta(days=1)]
    assert [deputy.act_on(day).holds(Role.DIRECTOR) for day in days] == [True, True, False]
    assert grant.delegated_by.full_name == "Người director-so"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"valid_from": TODAY - timedelta(days=1)}, "đã qua"),  # nothing is delegated for the past
        ({"valid_to": TODAY - timedelta(days=1)}, "trước ngày bắt đầu"),  # the span is ordered
    ],
)
def test_a_span_that_cannot_be_is_refused(changed, reason):
    with pytest.raises(NotGranted, match=reason):
        hand_over(make_user(Role.DIRECTOR), make_user(Role.SPECIALIST, username="pho"), **changed)


def test_a_role_is_not_delegated_to_another_office():
    with pytest.raises(NotGranted, match="cùng cơ quan"):
        hand_over(make_user(Role.DIRECTOR), make_user(Role.SPECIALIST, username="xa", office=make_office("PT")))


def test_one_person_is_not_given_the_same_role_twice_for_the_same_days():
    director, deputy = make_user(Role.DIRECTOR), make_user(Role.SPECIALIST, username="pho")
    hand_over(director, deputy)

    with pytest.raises(NotGranted, match="đã được giao"):
        hand_over(director, deputy, valid_from=FRIDAY_NEXT, valid_to=FRIDAY_NEXT)


def test_what_was_delegated_is_not_handed_on():
    deputy = make_user(Role.SPECIALIST, username="pho")
    hand_over(make_user(Role.DIRECTOR), deputy)

    with pytest.raises(NotPermitted):
        hand_over(deputy.act_on(TODAY), make_user(Role.SPECIALIST, username="ba"))


def test_a_specialist_has_no_role_to_delegate():
    with pytest.raises(NotPermitted):
        hand_over(
            make_user(Role.SPECIALIST, division=make_division()),
            make_user(Role.SPECIALIST, username="pho"),
            role=Role.SPECIALIST,
        )


def test_a_delegation_ends_early_on_the_word_of_who_gave_it():
    director, deputy = make_user(Role.DIRECTOR), make_user(Role.SPECIALIST, username="pho")
    grant = hand_over(director, deputy)

    end_delegation(grant=grant, actor=director, on=TODAY + timedelta(days=1))

    days = [TODAY, TODAY + timedelta(days=1), FRIDAY_NEXT]
    assert [deputy.act_on(day).holds(Role.DIRECTOR) for day in days] == [True, False, False]
    with pytest.raises(NotPermitted):
        end_delegation(grant=grant, actor=deputy, on=TODAY)


def test_a_delegation_that_ended_is_not_revived_by_ending_it_again():
    director, deputy = make_user(Role.DIRECTOR), make_user(Role.SPECIALIST, username="pho")
    grant = hand_over(director, deputy)

    with pytest.raises(NotGranted, match="không còn gì để kết thúc"):
        end_delegation(grant=grant, actor=director, on=FRIDAY_NEXT + timedelta(days=30))

    assert not deputy.act_on(FRIDAY_NEXT + timedelta(days=30)).holds(Role.DIRECTOR)


def test_a_delegation_to_come_never_begins_once_ended_and_may_be_given_again():
    director, deputy = make_user(Role.DIRECTOR), make_user(Role.SPECIALIST, username="pho")
    span = {"valid_from": FRIDAY_NEXT, "valid_to": FRIDAY_NEXT}
    end_delegation(grant=hand_over(director, deputy, **span), actor=director, on=TODAY)

    assert not deputy.act_on(FRIDAY_NEXT).holds(Role.DIRECTOR)
    hand_over(director, deputy, **span)
    assert deputy.act_on(FRIDAY_NEXT).holds(Role.DIRECTOR)


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.ASSIGNED_AGENCY, Role.PROVINCIAL_LEADER, Role.COUNCIL_MEMBER])
def test_a_role_of_the_office_is_delegated_to_its_staff_only(role):
    with pytest.raises(NotGranted, match="người nhận phải là cán bộ"):
        hand_over(make_user(Role.DIRECTOR), make_user(role, username="ngoai"))
