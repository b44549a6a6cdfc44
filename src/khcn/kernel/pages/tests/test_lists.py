from __future__ import annotations

from datetime import date, timedelta

import pytest

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.pages import listing, paging
from khcn.kernel.pages.finding import matching
from khcn.kernel.pages.paging import page_of
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register, registers
from khcn.kernel.tests.factories import (
    TODAY,
    instant,
    make_division,
    make_granted_title,
    make_office,
    make_title,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

LIST = "/so/protection-title/"


def titles():
    return register("protection-title").model.objects


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


def shown(client, query=""):
    return client.get(LIST + query).content.decode()


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(LIST).url == f"/dang-nhap/?next={LIST}"


def test_there_is_no_page_for_a_register_that_is_not(client, specialist):
    assert client.get("/so/khong-co/").status_code == 404


def test_the_list_of_registers_leads_to_each(client, specialist):
    page = client.get("/so/").content.decode()

    assert f'href="{LIST}"' in page


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.SPECIALIST, True),  # works inside the office
        (Role.PROVINCIAL_LEADER, True),  # reads what is not confidential
        (Role.ASSIGNED_AGENCY, False),  # an outsider sees public records only
    ],
)
def test_a_list_holds_what_the_person_may_know_of(client, role, sees):
    make_title("Nhãn hiệu nội bộ")
    client.force_login(make_user(role))

    assert ("Nhãn hiệu nội bộ" in shown(client)) is sees


def test_a_confidential_record_of_another_division_is_not_in_the_list(client, specialist):
    make_title("Bí mật", confidentiality=Confidentiality.CONFIDENTIAL, division=make_division(code="KHAC"))

    assert "Bí mật" not in shown(client)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("che tan cuong", True),  # without marks
        ("TÂN CƯƠNG chè", True),  # other case, other order
        ("2021-0001", True),  # part of the code
        ("đặc sản", True),  # đ and d are one
        ("cà phê", False),
    ],
)
def test_words_are_found_without_their_marks(text, found):
    make_title("Chè Tân Cương – dac san")

    assert matching(titles().all(), text).exists() is found


def test_filters_are_told_in_words_and_can_be_lifted(client, specialist):
    make_title("Nhãn hiệu A")
    make_title("Sáng chế B", kind="invention")

    page = shown(client, "?kind=invention&q=sang")

    assert "Sáng chế B" in page
    assert "Nhãn hiệu A" not in page
    assert 'href="/so/protection-title/?q=sang"' in page


@pytest.mark.parametrize("query", ["?kind=sai", "?nam=abc", "?xep=office__name", "?cot=khong-co"])
def test_what_is_not_offered_is_passed_over(client, specialist, query):
    make_title("Nhãn hiệu A")

    assert "Nhãn hiệu A" in shown(client, query)


@pytest.mark.parametrize("query", ["?as_of=hom%20kia", "?sau=xyz", "?as_of=2021-13-45"])
def test_what_cannot_be_understood_is_refused_and_not_guessed(client, specialist, query):
    assert client.get(LIST + query).status_code == 400


def test_withdrawn_records_are_shown_only_when_asked_for(client, specialist):
    record = make_title("Nhãn hiệu thu hồi")
    record.withdrawn_on, record.withdrawal_reason = TODAY, "nhập nhầm"
    with recording(actor=None, verb="withdraw", label="thu hồi"):
        record.save()

    assert "Nhãn hiệu thu hồi" not in shown(client)
    assert "thu hồi 24/9/2021" in shown(client, "?thu-hoi=1")


def test_a_list_of_the_past_shows_what_was_known_then_under_a_banner(client, specialist):
    record = make_title("Tên cũ", known_from=instant(date(2021, 1, 4)))
    record.title = "Tên mới"
    with recording(actor=None, verb="edit", label="sửa", known_from=instant(date(2021, 8, 1))):
        record.save()

    past = shown(client, "?as_of=2021-06-30")

    assert "Tên cũ" in past
    assert "Tên mới" not in past
    assert "như đã biết lúc 30/6/2021 23:59" in past


def test_an_export_holds_exactly_what_is_shown(client, specialist):
    make_title("Nhãn hiệu A")
    make_title("Sáng chế B", kind="invention")

    answer = client.get(f"{LIST}xuat/csv/?kind=invention&cot=code&cot=title")

    table = read_table(b"".join(answer.streaming_content), "a.csv")
    assert [row[1] for row in table.rows] == ["Đối tượng được bảo hộ", "Sáng chế B"]


def test_an_export_in_a_format_that_is_not_offered_does_not_exist(client, specialist):
    assert client.get(f"{LIST}xuat/pdf/").status_code == 404


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.SPECIALIST, True),  # may enter titles
        (Role.CLERK, False),  # may not
    ],
)
def test_importing_is_offered_to_who_may_enter(client, role, offered):
    client.force_login(make_user(role))

    assert ("Nhập từ tệp" in shown(client)) is offered


@pytest.mark.parametrize("sort", ["granted_on", "-granted_on", "title", "-code"])
def test_walking_forth_and_back_meets_every_row_once(sort):
    actor = make_user(Role.SPECIALIST)
    for number in range(7):
        make_granted_title(
            f"T{number % 3}", number=str(number), granted_on=TODAY - timedelta(days=number // 2), actor=actor
        )
        make_title(f"Đơn {number}")

    forth = _walk(sort, "after")
    back = _walk_back(sort)

    assert sorted(forth) == sorted(titles().values_list("pk", flat=True))
    assert back == forth[: len(back)]
    assert len(back) == 12


def _walk(sort, direction, size=3):
    found, page = [], page_of(titles().all(), sort, size=size)
    while True:
        found += [row.pk for row in page.rows]
        if not page.after:
            return found
        page = page_of(titles().all(), sort, size=size, after=page.after)


def _walk_back(sort, size=3):
    page = page_of(titles().all(), sort, size=size)
    while page.after:
        page = page_of(titles().all(), sort, size=size, after=page.after)
    found = []
    while page.before:
        page = page_of(titles().all(), sort, size=size, before=page.before)
        found = [row.pk for row in page.rows] + found
    return found


def test_a_long_list_is_walked_by_its_links(client, specialist, monkeypatch):
    for number in range(paging.PAGE + 1):
        make_title(f"Nhãn hiệu số {number:03}")

    first = client.get(f"{LIST}?xep=title")
    second = client.get(first.context["next_url"]).content.decode()

    assert "số 050" in second
    assert "số 049" not in second


def test_the_number_of_queries_of_a_list_does_not_grow(client, specialist, django_assert_num_queries):
    make_title("Một", division=make_division())
    with django_assert_num_queries(11):  # one for the rows with a day, one for those without
        client.get(LIST)
    for number in range(20):
        make_title(f"Nhãn hiệu {number}", division=make_division(make_office(), code=f"P{number}"))

    with django_assert_num_queries(11):
        client.get(LIST)


def test_the_record_open_beside_the_list_is_marked_and_no_other_link_carries_it(client, specialist):
    make_title("Một")
    make_title("Hai")

    page = shown(client, "?mo=VB-2021-0001&q=mot")

    assert page.count('aria-current="true" data-url="/so/protection-title/VB-2021-0001/"') == 1
    assert "mo=VB" not in page


def test_a_record_on_another_page_can_be_opened_beside_the_list(client, specialist, monkeypatch):
    monkeypatch.setattr(listing, "page_of", lambda *args, **said: page_of(*args, **said, size=1))
    make_title("Một")
    make_title("Hai")

    assert shown(client, "?mo=VB-2021-0001&xep=-code").count(' data-url="/so/protection-title/VB-2021-0001/"') == 1


@pytest.mark.parametrize("code", ["VB-2021-0001", "khong-co", "x%0A"])
def test_a_record_that_one_may_not_know_of_is_not_opened_beside_the_list(client, specialist, code):
    make_title("Kín", confidentiality=Confidentiality.CONFIDENTIAL, division=make_division(code="KHAC"))
    make_title("Thấy")

    assert 'aria-label="Bản ghi đang xem" hidden' in shown(client, f"?mo={code}")


def test_every_list_asks_at_most_twenty_questions_however_many_its_rows(client, django_assert_max_num_queries):
    client.force_login(make_user(Role.ADMINISTRATOR, division=make_division()))
    for one in registers():
        with django_assert_max_num_queries(20):
            client.get(f"/so/{one.key}/")
