from __future__ import annotations

from datetime import timedelta

import pytest

from khcn.api.models import AccessToken
from khcn.api.selectors import token_in_force
from khcn.api.services import LONGEST_DAYS, MOST_TOKENS, TokenRefused, make_token, note_use, revoke_token
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.tests.factories import TODAY, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_user(Role.SPECIALIST)


def make(owner, **values):
    return make_token(**{"owner": owner, "label": "Báo cáo tháng", "days": 30, "on": TODAY, **values})


def test_a_code_opens_as_its_owner_and_is_kept_nowhere(owner):
    token, code = make(owner)

    kept = {str(value) for value in AccessToken.objects.values_list().get()}

    assert token_in_force(code, on=TODAY) == token
    assert not any(code in value for value in kept)
    assert code.startswith(token.prefix)


@pytest.mark.parametrize(
    ("on", "opens"),
    [
        (TODAY, True),
        (TODAY + timedelta(days=30), True),  # its last day
        (TODAY + timedelta(days=31), False),
    ],
)
def test_a_code_opens_until_the_end_of_its_last_day(owner, on, opens):
    _, code = make(owner)

    assert (token_in_force(code, on=on) is not None) is opens


@pytest.mark.parametrize("wrong", ["", "khcn_", "x" * 5000, "é\udc80", "khcn_\0"])
def test_what_is_no_code_opens_nothing(owner, wrong):
    make(owner)

    assert token_in_force(wrong, on=TODAY) is None


def test_a_code_of_an_account_that_was_closed_opens_nothing(owner):
    _, code = make(owner)
    owner.is_active = False
    owner.save()

    assert token_in_force(code, on=TODAY) is None


def test_a_revoked_code_opens_nothing_and_is_revoked_once(owner):
    token, code = make(owner)

    revoked = revoke_token(token=token, actor=owner, on=TODAY)

    assert (revoked.revoked_on, token_in_force(code, on=TODAY)) == (TODAY, None)
    with pytest.raises(TokenRefused, match="đã thu hồi"):
        revoke_token(token=token, actor=owner, on=TODAY)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.DIRECTOR, False),  # a token is its owner's, not the office's
    ],
)
def test_others_tokens_are_revoked_by_administrators_alone(owner, role, allowed):
    token, _ = make(owner)
    actor = make_user(role, username="nguoikhac")
    if not allowed:
        with pytest.raises(NotPermitted):
            revoke_token(token=token, actor=actor, on=TODAY)
        return

    assert revoke_token(token=token, actor=actor, on=TODAY).revoked_on == TODAY


@pytest.mark.parametrize("days", [0, -1, LONGEST_DAYS + 1])
def test_a_token_lasts_a_day_to_a_year(owner, days):
    with pytest.raises(TokenRefused, match="thời hạn"):
        make(owner, days=days)


def test_a_person_has_only_so_many_tokens_in_force(owner):
    for _ in range(MOST_TOKENS):
        make(owner)

    with pytest.raises(TokenRefused, match="Thu hồi bớt"):
        make(owner)


def test_the_day_of_the_last_use_is_written_once_a_day(owner, django_assert_num_queries):
    token, code = make(owner)
    note_use(token=token, on=TODAY)
    found = token_in_force(code, on=TODAY)

    with django_assert_num_queries(0):
        note_use(token=found, on=TODAY)

    assert found.last_used_on == TODAY
