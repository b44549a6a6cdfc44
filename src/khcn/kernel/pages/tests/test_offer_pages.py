from __future__ import annotations

import pytest
from django.urls import reverse

from khcn.kernel.access.roles import Role
from khcn.kernel.obligations.tests.worlds import make_rule
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.offering import offers
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]
KEY = "report.submit-within"


@pytest.fixture
def rule(db):
    """Return a rule that says here something else than the release does."""
    made = make_rule("9wd", KEY, label="Thời hạn gửi báo cáo")
    load_shipped_rules()
    return made


def answer(client, **values):
    return client.post(reverse("rule-offer", args=[offers()[0].digest]), values, follow=True)


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 302), *((role, 403) for role in Role if role != Role.ADMINISTRATOR), (Role.ADMINISTRATOR, 200)],
)
def test_only_administrators_see_what_a_release_offers(client, rule, role, status):
    if role:
        client.force_login(make_user(role))

    assert client.get(reverse("rule-offers")).status_code == status


def test_an_offer_is_announced_compared_previewed_and_accepted(client, rule):
    client.force_login(make_user(Role.ADMINISTRATOR))

    listed = client.get(reverse("rulebook")).content.decode()
    compared = client.get(reverse("rule-offers")).content.decode()
    previewed = answer(client).content.decode()
    unchanged = Rule.objects.get(key=KEY).value
    answer(client, **{"xac-nhan": "1"})

    assert "Bản mới của phần mềm đề nghị 1 thay đổi" in listed
    assert [words in compared for words in ("9 ngày làm việc", "2 ngày làm việc")] == [True, True]
    assert "Sẽ ghi" in previewed
    assert (unchanged, Rule.objects.get(key=KEY).value, offers()) == ("9wd", "2wd", [])


def test_what_is_said_here_is_kept_with_a_reason(client, rule):
    client.force_login(make_user(Role.ADMINISTRATOR))

    refused = answer(client, viec="giu", why="").content.decode()
    answer(client, viec="giu", why="Sở quy định khác")

    assert "nêu lý do giữ" in refused
    assert (Rule.objects.get(key=KEY).value, offers()) == ("9wd", [])


def test_an_offer_answered_before_is_not_found(client, rule):
    client.force_login(make_user(Role.ADMINISTRATOR))

    assert client.post(reverse("rule-offer", args=["khong-con"])).status_code == 404
