from __future__ import annotations

import re

import pytest
from django.utils import timezone

from khcn.api.models import AccessToken
from khcn.api.selectors import token_in_force
from khcn.api.services import MOST_TOKENS
from khcn.api.tests.factories import make_code
from khcn.kernel.access.roles import Role
from khcn.kernel.tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/ma-truy-cap/"
SAID = {"label": "Tổng hợp tháng", "days": "90"}


@pytest.fixture
def owner(client):
    found = make_user(Role.SPECIALIST)
    client.force_login(found)
    return found


def test_who_is_not_signed_in_is_sent_to_the_door(client):
    assert [client.get(PAGE).status_code, client.post(PAGE, SAID).status_code] == [302, 302]
    assert AccessToken.objects.count() == 0


def test_a_new_code_is_shown_once(client, owner):
    made = client.post(PAGE, SAID).content.decode()
    code = re.search(r"khcn_[\w-]{43}", made)[0]

    assert token_in_force(code, on=timezone.localdate()).owner == owner
    assert code not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"label": "", "days": "90"}, {"label": "x", "days": "9999"}, {"label": "x" * 81, "days": "90"}]
)
def test_a_form_without_sense_is_shown_again(client, owner, wrong):
    assert client.post(PAGE, wrong).status_code == 422
    assert AccessToken.objects.count() == 0


def test_one_token_too_many_is_refused_with_words(client, owner):
    for _ in range(MOST_TOKENS):
        make_code(owner)

    answer = client.post(PAGE, SAID)

    assert (answer.status_code, "Thu hồi bớt" in answer.content.decode()) == (422, True)


def test_a_token_is_revoked_by_its_owner(client, owner):
    make_code(owner)
    number = AccessToken.objects.get().pk

    answers = [client.post(f"{PAGE}{number}/thu-hoi/", follow=True).content.decode() for _ in range(2)]

    assert ["Đã thu hồi mã" in answers[0], "đã thu hồi từ trước" in answers[1]] == [True, True]
    assert AccessToken.objects.get().revoked_on == timezone.localdate()


def test_tokens_of_others_are_neither_shown_nor_revoked(client, owner):
    other = make_user(Role.SPECIALIST, username="nguoikhac")
    make_code(other, label="Việc của người khác")
    token = AccessToken.objects.get()

    assert client.post(f"{PAGE}{token.pk}/thu-hoi/").status_code == 404
    assert "Việc của người khác" not in client.get(PAGE).content.decode()


def test_the_page_of_ones_account_leads_to_the_tokens(client, owner):
    assert f'href="{PAGE}"' in client.get("/tai-khoan/").content.decode()
