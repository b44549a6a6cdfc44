from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.uploads import keep, kept
from khcn.kernel.records import registry
from khcn.kernel.records.registry import Column, register
from khcn.kernel.tests.factories import instant, make_division, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

UPLOAD = "/so/protection-title/nhap/"
CONFIRM = f"{UPLOAD}xac-nhan/"
GOOD = "Đối tượng được bảo hộ;Loại văn bằng\nNhãn hiệu A;mark\n"
BAD = GOOD + "Nhãn hiệu B;sai\n"


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


def send(client, text=GOOD, mode="all", known_from=""):
    file = SimpleUploadedFile("mẫu.csv", text.encode())
    return client.post(UPLOAD, {"file": file, "mode": mode, "known_from": known_from})


def titles():
    return register("protection-title").model.objects


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(UPLOAD).url == f"/dang-nhap/?next={UPLOAD}"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SPECIALIST, 200),  # enters records one by one as well
        (Role.ADMINISTRATOR, 200),  # brings the data of a whole office
        (Role.PROVINCIAL_LEADER, 403),  # reads only
    ],
)
def test_the_upload_is_for_who_may_enter(client, role, status):
    client.force_login(make_user(role))

    assert client.get(UPLOAD).status_code == status


def test_a_register_without_columns_for_files_takes_none(client, monkeypatch):
    found = register("protection-title")
    monkeypatch.setitem(registry._registers, "protection-title", replace(found, columns=(Column("title"),)))
    client.force_login(make_user(Role.ADMINISTRATOR))

    answer = client.get(UPLOAD)

    assert answer.status_code == 403
    assert "không nhận dữ liệu từ tệp" in answer.content.decode()


def test_there_is_no_upload_for_a_register_that_is_not(client, specialist):
    assert client.get("/so/khong-co/nhap/").status_code == 404


def test_an_upload_is_checked_first_and_imported_when_confirmed(client, specialist):
    checked = send(client).content.decode()
    before = titles().count()

    answer = client.post(CONFIRM, follow=True).content.decode()

    assert "sẽ tạo mới 1" in checked
    assert before == 0
    assert titles().get().division == specialist.division
    assert "đã tạo mới 1" in answer


def test_mistakes_are_listed_and_nothing_can_be_confirmed(client, specialist):
    page = send(client, BAD).content.decode()

    answer = client.post(CONFIRM)

    assert "Loại văn bằng" in page
    assert CONFIRM not in page
    assert (answer.status_code, titles().count()) == (422, 0)


def test_bad_rows_may_be_left_out(client, specialist):
    page = send(client, BAD, mode="skip").content.decode()

    client.post(CONFIRM)

    assert CONFIRM in page
    assert titles().count() == 1


def test_old_data_is_known_from_the_declared_day(client, specialist):
    send(client, known_from="1/1/2020")

    client.post(CONFIRM)

    assert titles().as_of(instant(date(2020, 1, 2))).count() == 1


@pytest.mark.parametrize(
    ("text", "known_from", "reason"),
    [
        ("", "", "trống"),  # an empty file
        ("Tên lạ;Cột lạ\n1;2\n", "", "thiếu cột"),  # no headings we know
        (GOOD, "+7", "chưa tới"),  # known from the future
        (GOOD, "không rõ", "không phải là ngày"),  # not a day
    ],
)
def test_what_cannot_be_read_is_told_beside_the_form(client, specialist, text, known_from, reason):
    answer = send(client, text, known_from=known_from)

    assert answer.status_code == 422
    assert reason in answer.content.decode()


def test_a_confirmation_without_an_upload_asks_for_the_file_again(client, specialist):
    assert client.post(CONFIRM).url == UPLOAD


def test_what_was_left_behind_is_cleared_away_after_a_day(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    first = keep(b"mot", 0.0)

    second = keep(b"hai", 10.0**10)

    assert (kept(first), kept(second)) == (None, b"hai")
    assert kept("../../etc/passwd") is None
