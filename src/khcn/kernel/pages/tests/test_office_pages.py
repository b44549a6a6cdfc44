from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from khcn.kernel.access.decisions import NotPermitted, requires
from khcn.kernel.access.roles import Role
from khcn.kernel.obligations.services import open_obligation, pause
from khcn.kernel.pages import rail
from khcn.kernel.pages.context import frame
from khcn.kernel.pages.errors import RefusalMiddleware, server_error
from khcn.kernel.pages.inbox import inbox_values
from khcn.kernel.pages.rail import RailItem, add_rail_item, rail_for
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.tests.factories import TODAY, make_division, make_title, make_user
from khcn.ui.icons import known_icons

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


def work(action, due, user):
    record = make_title(action, division=user.division)
    return open_obligation(record=record, kind="thử", action=action, started_on=TODAY, due_on=due, actor=None)


def headings(user):
    return [group["heading"] for group in inbox_values(user, TODAY)["groups"]]


def test_the_inbox_puts_what_is_late_first(specialist):
    for action, due in [
        ("sau", date(2021, 10, 30)),
        ("quá", date(2021, 9, 20)),
        ("nay", TODAY),
        ("tuần", date(2021, 9, 30)),
        ("không", None),
    ]:
        work(action, due, specialist)

    assert headings(specialist) == ["Quá hạn", "Hôm nay", "Trong tuần", "Sau đó", "Không đặt hạn"]


def test_an_inbox_where_nothing_presses_names_what_comes_next(specialist):
    work("thẩm định", date(2021, 12, 1), specialist)

    assert inbox_values(specialist, TODAY)["calm"].endswith("Việc gần nhất: thẩm định, thẩm định, hạn 1/12/2021.")


def test_an_empty_inbox_says_so(client, specialist):
    assert "Không còn việc đến hạn." in client.get("/viec-can-lam/").content.decode()


def test_the_inbox_explains_its_clocks(specialist):
    load_shipped_rules()
    record = make_title(division=specialist.division)
    open_obligation(
        record=record,
        kind="thử",
        action="trả lời",
        started_on=date(2021, 8, 30),
        actor=None,
        rule_key="assignment.opinion-within",
    )

    row = inbox_values(specialist, TODAY)["groups"][0]["rows"][0]

    assert row["due"].on == date(2021, 9, 8)
    assert any("5 ngày làm việc" in line for line in row["due"].explanation)
    assert row["due"].explanation[-1].startswith("Căn cứ:")


def test_a_paused_clock_says_so(specialist):
    one = work("chờ bổ sung", date(2021, 9, 20), specialist)
    pause(obligation=one, on=date(2021, 9, 15), reason="chờ chủ đơn", actor=None)

    assert "Tạm dừng" in inbox_values(specialist, TODAY)["groups"][0]["rows"][0]["due"].sentence


def test_counters_narrow_the_inbox_to_one_register(specialist):
    work("quá", date(2021, 9, 20), specialist)

    counters = inbox_values(specialist, TODAY, "khac")["counters"]

    assert [(one["label"], one["value"], one["tone"]) for one in counters] == [
        ("Tất cả", 1, "overdue"),
        ("Văn bằng bảo hộ", 1, "overdue"),
    ]
    assert inbox_values(specialist, TODAY, "khac")["groups"] == []


def test_the_number_of_queries_of_the_inbox_does_not_grow(specialist, django_assert_num_queries):
    work("một", TODAY, specialist)
    inbox_values(specialist, TODAY)
    with django_assert_num_queries(5):
        inbox_values(specialist, TODAY)
    for number in range(10):
        work(f"việc {number}", TODAY, specialist)

    with django_assert_num_queries(5):
        inbox_values(specialist, TODAY)


@pytest.mark.parametrize(
    "path", ["/viec-can-lam/", "/so/", "/quan-tri/quy-tac/", "/quan-tri/phan-quyen/", "/lich-lam-viec/"]
)
def test_pages_of_the_office_ask_a_stranger_to_sign_in(client, path):
    assert client.get(path).url == f"/dang-nhap/?next={path}"


@pytest.mark.parametrize("path", ["/quan-tri/quy-tac/", "/quan-tri/phan-quyen/"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SPECIALIST, 200),  # applies the rules
        (Role.ASSIGNED_AGENCY, 403),  # is outside the office
    ],
)
def test_rules_and_permissions_are_for_staff(client, path, role, status):
    client.force_login(make_user(role))

    assert client.get(path).status_code == status


def test_the_rulebook_shows_values_in_words_and_what_is_unchecked(client, specialist):
    load_shipped_rules()

    page = client.get("/quan-tri/quy-tac/?q=thoi han gui bao cao").content.decode()

    assert "2 ngày làm việc" in page
    assert "Chưa đối chiếu văn bản" in page
    assert "Thời hạn đăng ký văn bản" not in page


def test_the_permission_page_is_made_from_the_workflows(client, specialist):
    page = client.get("/quan-tri/phan-quyen/").content.decode()

    assert "Ghi nhận đã cấp" in page
    assert "Có số văn bằng và ngày cấp." in page


def test_the_calendar_shows_one_year(client, specialist):
    page = client.get("/lich-lam-viec/?nam=2021").content.decode()

    assert "2/9/2021" in page
    assert "2/9/2022" not in page


def test_the_rail_shows_only_what_exists_and_may_be_used(specialist, monkeypatch):
    monkeypatch.setattr(rail, "_items", dict(rail._items))
    add_rail_item(RailItem("Không có trang", "no-such-page", "home", 1))
    add_rail_item(RailItem("Không được", "inbox", "home", 2, may=lambda _user: False))

    labels = [item["label"] for item in rail_for(specialist, "/so/protection-title/")]

    assert labels[0] == "Việc cần làm"
    assert {"Không có trang", "Không được"}.isdisjoint(labels)
    assert "Sổ quản lý" in labels


@pytest.mark.parametrize(
    ("path", "active"),
    [
        ("/so/protection-title/", ["Sổ quản lý"]),
        ("/quan-tri/phan-quyen/", ["Quản trị", "Ai làm được gì"]),
        ("/tai-khoan/", []),
    ],
)
def test_the_rail_marks_where_one_is(specialist, path, active):
    items = [one for item in rail_for(specialist, path) for one in (item, *item["children"])]

    assert [one["label"] for one in items if one.get("active")] == active


def test_every_icon_of_the_rail_is_in_the_sprite(specialist):
    assert {item["icon"] for item in rail_for(specialist, "/")} <= known_icons()


def test_the_frame_of_a_stranger_names_no_person():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    assert "person" not in frame(request)


def test_a_missing_page_gives_an_id_to_quote(client, specialist):
    answer = client.get("/khong-co-trang-nay/")

    assert answer.status_code == 404
    assert "Mã để báo với quản trị" in answer.content.decode()


def test_a_fault_gives_an_id_and_no_details(caplog):
    request = RequestFactory().get("/hong/")
    request.user = AnonymousUser()

    answer = server_error(request)

    assert answer.status_code == 500
    assert caplog.records[-1].getMessage().rsplit(" ", 1)[-1] in answer.content.decode()


def test_a_refusal_no_view_answered_is_a_page_with_its_reason():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    middleware = RefusalMiddleware(lambda _request: None)

    answer = middleware.process_exception(request, NotPermitted(requires(None, "Chỉ lãnh đạo được xem.")))

    assert answer.status_code == 403
    assert "Chỉ lãnh đạo được xem." in answer.content.decode()
    assert middleware.process_exception(request, ValueError()) is None
