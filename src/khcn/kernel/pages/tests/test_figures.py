from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.pages import figures
from khcn.kernel.pages.figures import count_capped, summed_columns, sums_of
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Column, register, registers
from khcn.kernel.tests.factories import instant, make_division, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

LIST = "/so/protection-title/"
COUNT, SUMS = f"{LIST}dem/", f"{LIST}tong/"
HTMX = {"HX-Request": "true"}
YEARS = {"year", "first_year", "last_year", "quarter"}


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


@pytest.fixture
def counted(monkeypatch):
    """The register, with its row numbers as a quantity: the exemplar has no other number."""
    found = register("protection-title")
    monkeypatch.setattr(
        "khcn.kernel.records.registry._registers",
        {found.key: replace(found, columns=(*found.columns, Column("id", "Số thứ tự", numeric=True)))},
    )
    return register("protection-title")


def page(client, path, **headers):
    return client.get(path, headers=headers).content.decode()


@pytest.mark.parametrize("path", [COUNT, SUMS])
def test_a_stranger_is_asked_to_sign_in(client, path):
    assert client.get(path).url == f"/dang-nhap/?next={path}"


@pytest.mark.parametrize("path", ["/so/khong-co/dem/", "/so/khong-co/tong/"])
def test_there_are_no_figures_of_a_register_that_is_not(client, specialist, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [COUNT, SUMS])
def test_an_instant_that_cannot_be_understood_is_refused(client, specialist, path):
    assert client.get(f"{path}?as_of=hom-kia").status_code == 400


def test_a_list_counts_no_further_than_its_cap_and_offers_to_count_the_rest(client, specialist, monkeypatch):
    monkeypatch.setattr(figures, "MOST_COUNTED", 2)
    for number in range(4):
        make_title(f"Nhãn hiệu {number}")

    shown = page(client, f"{LIST}?q=nhan")

    assert "hơn 2 hồ sơ" in shown
    assert f'href="{COUNT}?q=nhan"' in shown
    assert "4 hồ sơ" in page(client, f"{COUNT}?q=nhan")


def test_a_list_that_was_counted_whole_offers_no_counting(client, specialist):
    make_title()

    assert "Đếm hết" not in page(client, LIST)


def test_the_database_is_asked_for_no_more_rows_than_the_cap():
    with CaptureQueriesContext(connection) as queries:
        count_capped(register("protection-title").model.objects.all(), 10)

    assert "LIMIT 11" in queries[0]["sql"]


def test_the_past_is_counted_as_it_was_known(client, specialist):
    make_title("Đã biết từ trước", known_from=instant(date(2021, 1, 4)))
    make_title("Mới biết")

    assert "1 hồ sơ" in page(client, f"{COUNT}?as_of=2021-06-30")
    assert "Sổ trong quá khứ" in page(client, f"{COUNT}?as_of=2021-06-30")


@pytest.mark.parametrize("path", [COUNT, SUMS])
def test_htmx_is_given_the_piece_alone_and_everyone_else_a_page(client, specialist, counted, path):
    make_title()

    assert "<html" not in page(client, path, **HTMX)
    assert "<html" in page(client, path)
    assert "HX-Request" in client.get(path).headers["Vary"]


def test_a_count_says_which_filter_it_counts(client, specialist):
    make_title("Nhãn hiệu A")
    make_title("Sáng chế B", kind="invention")

    shown = page(client, f"{COUNT}?kind=invention")

    assert "1 hồ sơ" in shown
    assert "Loại: " in shown


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.SPECIALIST, "1 hồ sơ"),  # of another division: the open one only
        (Role.DIRECTOR, "2 hồ sơ"),  # the whole office
        (Role.ASSIGNED_AGENCY, "0 hồ sơ"),  # an outsider: public records only
    ],
)
def test_counts_and_sums_tell_nothing_of_what_the_person_may_not_know(client, counted, role, seen):
    make_title("Nội bộ")
    make_title("Hạn chế", confidentiality=Confidentiality.CONFIDENTIAL, division=make_division(code="KHAC"))
    client.force_login(make_user(role, division=make_division() if role is Role.SPECIALIST else None))

    assert seen in page(client, COUNT, **HTMX)
    assert f'sums__count">{seen}' in page(client, SUMS, **HTMX)
    assert seen in page(client, LIST)


def test_numbers_are_summed_over_what_the_filter_keeps(client, specialist, counted):
    first, second = make_title("Một"), make_title("Hai")
    make_title("Sáng chế", kind="invention")

    found = sums_of(counted, counted.model.objects.filter(kind="mark"))

    assert found["count_text"] == "2 hồ sơ"
    assert found["items"] == [
        {
            "label": "Số thứ tự",
            "sum": str(first.pk + second.pk),
            "least": str(first.pk),
            "most": str(second.pk),
            "known_text": "2 hồ sơ",
        }
    ]
    assert f"<strong>{first.pk + second.pk}</strong>" in page(client, f"{SUMS}?kind=mark")


def test_sums_of_the_past_are_of_the_past(client, specialist, counted):
    record = make_title("Cũ", known_from=instant(date(2021, 1, 4)))
    record.title = "Mới"
    with recording(actor=None, verb="edit", label="sửa", known_from=instant(date(2021, 8, 1))):
        record.save()

    assert f"<strong>{record.pk}</strong>" in page(client, f"{SUMS}?as_of=2021-06-30&q=cu")
    assert "<strong>—</strong>" in page(client, f"{SUMS}?q=cu")


def test_sums_are_offered_where_there_are_numbers(client, specialist, counted):
    assert f'href="{SUMS}"' in page(client, LIST)


def test_a_register_without_numbers_offers_no_sums(client, specialist):
    assert "Tính tổng" not in page(client, LIST)


def test_years_are_not_summed():
    assert [one.key for one in registers() if YEARS & {column.name for column in summed_columns(one)}] == []


def test_every_register_is_counted_and_summed(client):
    client.force_login(make_user(Role.ADMINISTRATOR))

    paths = [f"/so/{one.key}/{what}/" for one in registers() for what in ("dem", "tong")]

    assert {path: status for path in paths if (status := client.get(path).status_code) != 200} == {}
