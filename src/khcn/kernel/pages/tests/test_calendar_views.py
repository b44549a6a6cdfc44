from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from khcn.kernel.access.roles import Role
from khcn.kernel.obligations.models import CalendarDay
from khcn.kernel.obligations.tests.worlds import make_duty, make_rule
from khcn.kernel.obligations.work_calendar import load_shipped_days
from khcn.kernel.tests.factories import TODAY, instant, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]
SAID = {
    "ngay-day": "15/9/2021",
    "ngay-kind": "holiday",
    "ngay-name": "Nghỉ mẫu",
    "ngay-legal_basis": "TB 1/TB",
    "ngay-confirmed": "on",
    "ngay-why": "Có thông báo",
}
CONFIRMED = {**SAID, "xac-nhan": "1"}


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(instant(TODAY), tick=False):
        yield


@pytest.fixture
def administrator(client):
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    load_shipped_days()
    return user


@pytest.fixture
def duty(db):
    make_rule("2wd")
    return make_duty(record=make_title("Nhãn hiệu mẫu"), rule_key="mẫu")


def change(client, **values):
    return client.post(reverse("work-calendar-change"), {**SAID, **values})


@pytest.mark.parametrize(
    ("role", "has_form"),
    [(role, role == Role.ADMINISTRATOR) for role in Role],  # everyone reads it, administrators correct it
)
def test_only_administrators_are_offered_the_form(client, role, has_form):
    client.force_login(make_user(role))

    page = client.get(reverse("work-calendar"))

    assert (page.status_code, "form" in page.context) == (200, has_form)


@pytest.mark.parametrize(
    ("role", "status", "written"),
    [
        (None, 302, False),  # anonymous: to sign in
        *((role, 403, False) for role in Role if role != Role.ADMINISTRATOR),  # wrong role
        (Role.ADMINISTRATOR, 302, True),  # right role: to the list
    ],
)
def test_only_administrators_change_a_day(client, role, status, written):
    if role:
        client.force_login(make_user(role))

    answer = client.post(reverse("work-calendar-change"), CONFIRMED)

    assert (answer.status_code, CalendarDay.objects.filter(day=date(2021, 9, 15)).exists()) == (status, written)


def test_a_change_is_shown_before_it_is_made(client, administrator, duty):
    page = change(client)

    words = page.content.decode()
    duty.refresh_from_db()
    assert "1 việc đang mở đổi hạn" in words
    assert "16/9/2021" in words
    assert "17/9/2021" in words
    assert duty.effective_on == date(2021, 9, 16)
    assert not CalendarDay.objects.filter(day=date(2021, 9, 15)).exists()


def test_what_the_preview_carries_makes_the_change(client, administrator, duty):
    carried = {pair["name"]: pair["value"] for pair in change(client).context["hidden"]}

    answer = client.post(reverse("work-calendar-change"), carried, follow=True)

    duty.refresh_from_db()
    words = answer.content.decode()
    assert duty.effective_on == date(2021, 9, 17)
    assert "Đã sửa ngày 15/9/2021 trong lịch làm việc; 1 việc đổi hạn." in words
    assert "Do ngày 15/9/2021 thành ngày nghỉ lễ theo TB 1/TB: Có thông báo" in words


def test_a_change_that_moves_nothing_leads_back_to_the_calendar(client, administrator):
    answer = change(client, **CONFIRMED)

    assert answer["Location"] == reverse("work-calendar")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ngay-why": ""}, "Lý do sửa"),  # without a reason
        ({"ngay-name": ""}, "ghi tên ngày"),  # without a name
        ({"ngay-day": "31/2/2021"}, "31/2/2021"),  # no such day
        ({"ngay-kind": "swap_work"}, "không rơi vào cuối tuần"),  # a weekday is not made up
        ({"ngay-kind": "ordinary"}, "không có gì để bỏ"),  # it is ordinary already
    ],
)
def test_what_cannot_be_is_refused_with_the_form_as_typed(client, administrator, values, words):
    answer = change(client, **{**CONFIRMED, **values})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "TB 1/TB" in answer.content.decode()


def test_the_list_of_moved_dates_is_empty_at_first_and_for_those_who_may_see_no_record(client, administrator, duty):
    empty = client.get(reverse("moved-dues")).content.decode()
    change(client, **CONFIRMED)
    client.force_login(make_user(Role.APPLICANT))

    assert "Chưa có hạn nào đổi" in empty
    assert "Chưa có hạn nào đổi" in client.get(reverse("moved-dues")).content.decode()


def test_many_moves_are_counted_beyond_those_listed(client, administrator, duty, monkeypatch):
    monkeypatch.setattr("khcn.kernel.pages.calendar_views.SHOWN", 1)
    make_duty(rule_key="mẫu")

    page = change(client)

    assert (len(page.context["rows"]), page.context["more"]) == (1, 1)
