from __future__ import annotations

import pytest
from django.test import override_settings

from khcn.kernel.access.roles import Role
from khcn.kernel.identity import doors
from khcn.kernel.identity.models import RoleGrant
from khcn.kernel.tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

PASSWORD = "mat-khau-rat-dai-1"


def sign_in(client, password=PASSWORD, **extra):
    return client.post("/dang-nhap/", {"username": "lan", "password": password, **extra})


@pytest.fixture
def lan():
    return make_user(Role.SPECIALIST, username="lan", password=PASSWORD)


def test_home_asks_a_stranger_to_sign_in(client):
    assert client.get("/").url == "/dang-nhap/"


def test_who_signs_in_returns_to_the_page_that_was_asked_for(client, lan):
    asked = client.get("/viec-can-lam/")

    answer = sign_in(client, next="/viec-can-lam/?so=x")

    assert asked.url == "/dang-nhap/?next=/viec-can-lam/"
    assert answer.url == "/viec-can-lam/?so=x"


def test_signing_in_does_not_lead_to_other_sites(client, lan):
    assert sign_in(client, next="https://example.org/").url == "/"


def test_a_wrong_password_is_told_without_saying_what_was_wrong(client, lan):
    answer = sign_in(client, password="sai")

    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in answer.content.decode()


@override_settings(
    AXES_ENABLED=True, AXES_FAILURE_LIMIT=3, AXES_LOCKOUT_CALLABLE="khcn.kernel.identity.views.show_lockout"
)
def test_too_many_wrong_passwords_lock_with_one_clear_message(client, lan):
    answers = [sign_in(client, password="sai") for _ in range(4)]

    right = sign_in(client)
    assert answers[-1].status_code == right.status_code == 429
    assert "Chờ 15 phút" in right.content.decode()


def test_signing_out_is_a_post(client, lan):
    client.force_login(lan)

    statuses = client.get("/dang-xuat/").status_code, client.post("/dang-xuat/").status_code

    assert statuses == (405, 302)
    assert client.get("/tai-khoan/").status_code == 302


def test_the_account_page_shows_ones_roles(client, lan):
    client.force_login(lan)

    page = client.get("/tai-khoan/").content.decode()

    assert "Người lan" in page or lan.full_name in page
    assert "Chuyên viên" in page


def test_a_new_password_keeps_the_session(client, lan):
    client.force_login(lan)
    said = {"old_password": PASSWORD, "new_password1": "mat-khau-moi-22", "new_password2": "mat-khau-moi-22"}

    answer = client.post("/tai-khoan/mat-khau/", said)

    lan.refresh_from_db()
    assert answer.status_code == 302
    assert lan.check_password("mat-khau-moi-22")
    assert client.get("/tai-khoan/").status_code == 200


def test_a_weak_password_is_refused_beside_its_field(client, lan):
    client.force_login(lan)

    answer = client.post("/tai-khoan/mat-khau/", {"old_password": PASSWORD, "new_password1": "1", "new_password2": "1"})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DIRECTOR, 302),  # delegates the own role
        (Role.SPECIALIST, 422),  # has none to delegate
    ],
)
def test_only_leaders_delegate(client, role, status):
    client.force_login(make_user(role))
    deputy = make_user(Role.CLERK, username="pho")
    said = {"role": role, "to": deputy.pk, "valid_from": "hôm nay", "valid_to": "+7"}

    answer = client.post("/tai-khoan/uy-quyen/", {f"uy-quyen-{name}": value for name, value in said.items()})

    assert answer.status_code == status
    assert RoleGrant.objects.filter(user=deputy, role=role).count() == (status == 302)


def test_who_gave_a_delegation_ends_it(client):
    director = make_user(Role.DIRECTOR)
    client.force_login(director)
    said = {
        "role": Role.DIRECTOR,
        "to": make_user(Role.CLERK, username="pho").pk,
        "valid_from": "hôm nay",
        "valid_to": "+7",
    }
    client.post("/tai-khoan/uy-quyen/", {f"uy-quyen-{name}": value for name, value in said.items()})
    grant = RoleGrant.objects.get(delegated_by=director)

    client.post(f"/tai-khoan/uy-quyen/{grant.pk}/ket-thuc/")

    grant.refresh_from_db()
    assert grant.revoked_on == grant.valid_from
    client.force_login(make_user(username="la"))
    assert client.post(f"/tai-khoan/uy-quyen/{grant.pk}/ket-thuc/").status_code == 404


def test_the_page_of_ones_account_leads_to_the_pages_that_others_add(client, lan, monkeypatch):
    monkeypatch.setattr(doors, "_doors", {})
    doors.add_account_door(doors.AccountDoor("Thông báo", "Những gì đã gửi cho bạn.", "account-password"))
    doors.add_account_door(doors.AccountDoor("Nơi khác", "Không có ở bản cài đặt này.", "khong-co"))
    client.force_login(lan)

    page = client.get("/tai-khoan/").content.decode()

    assert ["Những gì đã gửi cho bạn." in page, "Nơi khác" in page] == [True, False]
