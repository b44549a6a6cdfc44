from __future__ import annotations

import dataclasses
import re
import uuid

import pytest

from khcn.kernel.access.roles import Role
from khcn.kernel.pages.models import Submission
from khcn.kernel.records import registry
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import make_division, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

KEY = "foreign-registration"
PAGE = f"/so/{KEY}/them/"


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


def rows():
    return register(KEY).model.objects.all()


def answers(**said):
    return {"title": "Chè mẫu", "territory": "Nhật Bản", "lan-gui": str(uuid.uuid4()), **said}


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE).url == f"/dang-nhap/?next={PAGE}"


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_wrong_role_enters_nothing_and_is_told_why(client, method):
    client.force_login(make_user(Role.CLERK, division=make_division()))

    answer = getattr(client, method)(PAGE, answers())

    assert answer.status_code == 403
    assert "Chỉ chuyên viên" in answer.content.decode()
    assert not rows().exists()


def test_a_register_that_enters_elsewhere_has_no_shared_form(client, specialist):
    assert client.get("/so/organisation/them/").status_code == 404
    assert client.get("/so/khong-co/them/").status_code == 404


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.SPECIALIST, True),  # enters titles
        (Role.CLERK, False),  # does not
    ],
)
def test_the_list_leads_to_the_form_whoever_may_enter(client, role, offered):
    client.force_login(make_user(role, division=make_division()))

    assert (f'href="{PAGE}"' in client.get(f"/so/{KEY}/").content.decode()) is offered


def test_a_record_is_entered_in_the_division_of_whoever_enters_it(client, specialist):
    answer = client.post(PAGE, answers(started_on="1/3/2021", route="madrid"))

    record = rows().get()
    assert answer.url == f"/so/{KEY}/{record.code}/"
    assert (record.state, record.division, str(record.started_on)) == ("preparing", specialist.division, "2021-03-01")
    assert f"Đã thêm {record.code}." in client.get(answer.url).content.decode()


def test_the_same_form_sent_twice_makes_one_record(client, specialist):
    said = answers()

    first, second = client.post(PAGE, said), client.post(PAGE, said)

    assert first.url == second.url
    assert (rows().count(), Submission.objects.count()) == (1, 1)


def test_two_forms_with_the_same_answers_make_two_records(client, specialist):
    client.post(PAGE, answers())
    client.post(PAGE, answers())

    assert rows().count() == 2


def test_every_opened_form_has_a_number_of_its_own(client, specialist):
    numbers = {re.search(r'name="lan-gui" value="([^"]+)"', client.get(PAGE).content.decode())[1] for _ in range(2)}

    assert len(numbers) == 2


def test_a_form_that_another_person_sent_is_refused(client, specialist):
    said = answers()
    client.post(PAGE, said)
    client.force_login(make_user(Role.DIRECTOR))

    answer = client.post(PAGE, said)

    assert answer.status_code == 422
    assert "đã được gửi ở nơi khác" in answer.content.decode()


def test_what_is_wrong_stands_beside_the_fields_and_nothing_typed_is_lost(client, specialist):
    said = answers(title="", started_on="ngày mốt nào đó", source_note="theo thông báo")

    answer = client.post(PAGE, said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_title_error"' in page
    assert 'id="id_started_on_error"' in page
    assert "theo thông báo" in page
    assert said["lan-gui"] in page
    assert not rows().exists()


def test_a_form_without_its_hidden_number_is_refused(client, specialist):
    answer = client.post(PAGE, answers(**{"lan-gui": ""}))

    assert answer.status_code == 422
    assert "Tải lại trang" in answer.content.decode()


def test_a_row_is_named_by_its_code_or_title(client, specialist):
    make_title("Chè trong nước", division=specialist.division)

    client.post(PAGE, answers(title_at_home="che trong nuoc"))
    wrong = client.post(PAGE, answers(title_at_home="Không có"))

    assert rows().get().title_at_home.code == "VB-2021-0001"
    assert wrong.status_code == 422
    assert "«Không có»" in wrong.content.decode()


def test_values_that_contradict_the_register_are_told_beside_their_field(client, specialist, monkeypatch):
    found = register(KEY)
    wider = dataclasses.replace(found, entered=(*found.entered, "registered_on"))
    monkeypatch.setitem(registry._registers, KEY, wider)

    answer = client.post(PAGE, answers(started_on="1/3/2021", registered_on="1/2/2021"))

    assert answer.status_code == 422
    assert "mâu thuẫn với nhau" in answer.content.decode()
    assert (rows().count(), Submission.objects.count()) == (0, 0)
