"""The administrator's pages of accounts."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import PasswordLink, User
from khcn.kernel.jobs.running import run_pending
from khcn.kernel.tests.factories import make_division, make_office, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]
LIST = "/quan-tri/nguoi-dung/"
PASSWORD = "mat-khau-rat-dai-1"


@pytest.fixture
def admin(client):
    user = make_user(Role.ADMINISTRATOR, username="quan-tri")
    client.force_login(user)
    return user


def text(answer):
    return answer.content.decode()


def test_a_stranger_is_asked_to_sign_in_and_others_are_told_no(client):
    assert client.get(LIST).url == f"/dang-nhap/?next={LIST}"
    client.force_login(make_user(Role.DIRECTOR))
    assert client.get(LIST).status_code == 403


def test_the_list_answers_by_name_role_division_state_and_day(client, admin):
    make_user(Role.CLERK, username="hoa", division=make_division(code="VP"))
    make_user(username="xa", office=make_office("KH"))

    assert "hoa" in text(client.get(f"{LIST}?q=nguoi+HOA"))
    assert "1 tài khoản" in text(client.get(f"{LIST}?vai-tro=clerk"))
    assert "0 tài khoản" in text(client.get(f"{LIST}?vai-tro=clerk&ngay=1/1/2019"))
    assert "0 tài khoản" in text(client.get(f"{LIST}?tinh-trang=ngung"))
    assert "2 tài khoản" in text(client.get(LIST))


def test_an_account_of_another_office_is_not_there(client, admin):
    other = make_user(username="xa", office=make_office("KH"))

    assert client.get(f"{LIST}{other.pk}/").status_code == 404


def test_a_new_account_without_mail_shows_its_link_once_and_the_link_sets_the_password(client, admin):
    answer = client.post(f"{LIST}moi/", {"username": "lan", "full_name": "Lan"})

    path = re.search(r"/mat-khau/[\w-]+/", text(answer))[0]
    client.logout()
    assert client.post(path, {"new_password1": PASSWORD, "new_password2": PASSWORD}).url == "/dang-nhap/"
    assert User.objects.get(username="lan").check_password(PASSWORD)
    assert client.get(path).status_code == 404
    assert client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD}).status_code == 302


def test_with_mail_the_link_goes_there_and_is_not_shown(client, admin):
    answer = client.post(
        f"{LIST}moi/", {"username": "lan", "full_name": "Lan", "email": "lan@example.org"}, follow=True
    )

    assert "Đang gửi liên kết đặt mật khẩu đến lan@example.org" in text(answer)
    assert "/mat-khau/" not in text(answer)


def test_the_secret_of_a_mailed_link_stands_in_the_message_alone(client, admin, mailoutbox):
    client.post(f"{LIST}moi/", {"username": "lan", "full_name": "Lan", "email": "lan@example.org"})
    queued = str(list(DBTaskResult.objects.values()))
    assert not PasswordLink.objects.exists()

    run_pending(now=timezone.now())

    path = re.search(r"/mat-khau/([\w-]+)/", mailoutbox[0].body)
    assert client.get(path[0]).status_code == 200
    assert path[1] not in queued + str(list(DBTaskResult.objects.values()))


def test_a_taken_name_stays_on_the_form(client, admin):
    answer = client.post(f"{LIST}moi/", {"username": "quan-tri", "full_name": "Khác"})

    assert answer.status_code == 422
    assert "đã có người dùng" in text(answer)


def test_a_role_is_given_shown_and_ended(client, admin):
    lan = make_user(username="lan")
    place = f"{LIST}{lan.pk}/"

    given = client.post(f"{place}vai-tro/", {"role": "clerk", "valid_from": "hôm nay", "why": "phân công"}, follow=True)
    ended = client.post(f"{place}vai-tro/{lan.role_grants.get().pk}/thoi/", {"why": "chuyển việc"}, follow=True)

    assert "Đã giao vai trò «Văn thư»" in text(given)
    assert "đã thôi từ" in text(ended)
    assert all(why in text(ended) for why in ("phân công", "chuyển việc"))


def test_ones_own_roles_are_not_offered(client, admin):
    page = text(client.get(f"{LIST}{admin.pk}/"))

    assert "Không ai tự giao" in page
    assert "Giao vai trò</a>" not in page


@pytest.mark.parametrize("act", ["ngung", "dat-lai", "mo-khoa"])
def test_an_act_asks_why_before_it_is_done(client, admin, act):
    lan = make_user(username="lan")
    address = f"{LIST}{lan.pk}/viec/{act}/"

    assert client.get(address).status_code == 200
    assert client.post(address, {"why": ""}).status_code == 422
    assert User.objects.get(pk=lan.pk).is_active


def test_queries_do_not_grow_with_accounts(client, admin):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(LIST)
        return len(seen)

    make_user(Role.CLERK, username="a")
    before = count()
    for number in range(5):
        make_user(Role.CLERK, username=f"b{number}")

    assert count() == before <= 20


def test_the_frame_of_ones_page_still_names_who_looks_at_it(client, admin):
    other = make_user(Role.CLERK, username="hoa")

    answer = client.get(f"{LIST}{other.pk}/")

    assert answer.context["person"]["name"] == admin.full_name
    assert f'<a href="{LIST}">' in text(answer)


@pytest.mark.parametrize(("act", "place"), [("mat-khau", "#mat-khau"), ("uy-quyen", "#uy-quyen")])
def test_who_signs_in_again_on_the_way_to_a_form_of_the_account_comes_back_to_it(client, admin, act, place):
    assert client.get(f"/tai-khoan/{act}/").url == f"/tai-khoan/{place}"
