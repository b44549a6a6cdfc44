"""Who the caller is: the token decides, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from khcn.api.models import AccessToken
from khcn.api.tests.factories import ask, make_code, make_old_code
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.identity.models import RoleGrant
from khcn.kernel.tests.factories import TITLES, make_title, make_user

pytestmark = pytest.mark.django_db
LIST = f"/api/v1/registers/{TITLES}/records"


def bearer(client, code, path=LIST):
    return client.get(path, headers={"Authorization": code})


def test_a_browsers_session_opens_nothing(client):
    make_title(confidentiality=Confidentiality.INTERNAL)
    client.force_login(make_user(Role.ADMINISTRATOR))

    assert client.get("/api/v1/indicators").status_code == 401
    assert client.get(LIST).json()["items"] == []


def test_what_is_no_token_in_force_is_refused_alike(client):
    owner = make_user(Role.SPECIALIST)
    revoked = make_code(owner)
    AccessToken.objects.update(revoked_on=timezone.localdate())
    codes = ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp4", revoked, f"Bearer {revoked}"]
    codes.append(f"Bearer {make_old_code(owner, age=40)}")

    answers = [bearer(client, code) for code in codes]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.json()["detail"] for answer in answers}) == 1
    assert {answer["WWW-Authenticate"] for answer in answers} == {'Bearer realm="khcn"'}


def test_the_grants_of_today_count_and_not_those_of_the_day_the_token_was_made(client):
    owner = make_user(Role.SPECIALIST)
    make_title(confidentiality=Confidentiality.INTERNAL)
    code = f"Bearer {make_code(owner)}"
    before = len(bearer(client, code).json()["items"])
    RoleGrant.objects.update(valid_to=timezone.localdate() - timedelta(days=1))

    after = len(bearer(client, code).json()["items"])

    assert (before, after) == (1, 0)


def test_what_a_token_read_is_kept_by_nobody(client):
    answer = ask(client, f"registers/{TITLES}/records", make_user(Role.SPECIALIST))

    assert answer["Cache-Control"] == "private, no-store"
    assert "Authorization" in answer["Vary"]
    assert "Access-Control-Allow-Origin" not in answer


def test_public_answers_may_be_kept_if_asked_about_again(client):
    assert ask(client, "registers")["Cache-Control"] == "no-cache"
