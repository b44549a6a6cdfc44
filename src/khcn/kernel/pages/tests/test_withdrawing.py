from __future__ import annotations

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.services import open_obligation
from khcn.kernel.pages.services import withdraw_record
from khcn.kernel.records.corrections import CorrectionRefused
from khcn.kernel.records.history import history_of
from khcn.kernel.tests.factories import TODAY, make_division, make_office, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

RECORD = "/so/protection-title/VB-2021-0001/"
PAGE = f"{RECORD}thu-hoi/"


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE).url == f"/dang-nhap/?next={PAGE}"


@pytest.mark.parametrize(
    ("role", "division", "status"),
    [
        (Role.DIRECTOR, "KHAC", 200),  # of the office
        (Role.DIVISION_HEAD, "QLCN", 200),  # of the division in charge
        (Role.DIVISION_HEAD, "KHAC", 403),  # of another
        (Role.SPECIALIST, "QLCN", 403),  # corrects, does not withdraw
        (Role.ADMINISTRATOR, "QLCN", 403),  # keeps the system, not its records
    ],
)
def test_records_are_withdrawn_by_directors_and_the_head_of_the_division(client, role, division, status):
    make_title(division=make_division())
    client.force_login(make_user(role, division=make_division(code=division)))

    answer, record = client.get(PAGE), client.get(RECORD)

    assert answer.status_code == status
    assert (f'href="{PAGE}"' in record.content.decode()) is (status == 200)


def test_a_withdrawn_record_says_so_and_leaves_the_list(client):
    title = make_title("Nhãn hiệu trùng", division=make_division())
    client.force_login(make_user(Role.DIRECTOR))

    answer = client.post(PAGE, {"ly-do": "nhập trùng với VB-2021-0007"})

    page = client.get(RECORD).content.decode()
    assert answer.url == RECORD
    assert "Hồ sơ đã thu hồi" in page
    assert "nhập trùng với VB-2021-0007" in page
    assert "buoc/refuse" not in page
    assert "Nhãn hiệu trùng" not in client.get("/so/protection-title/").content.decode()
    assert "Nhãn hiệu trùng" in client.get("/so/protection-title/?thu-hoi=1").content.decode()
    assert history_of(title)[0].label == "thu hồi hồ sơ"


def test_a_reason_is_required(client):
    title = make_title(division=make_division())
    director = make_user(Role.DIRECTOR)
    client.force_login(director)

    answer = client.post(PAGE, {"ly-do": " "})

    assert answer.status_code == 422
    assert 'id="id_ly-do_error"' in answer.content.decode()
    with pytest.raises(CorrectionRefused, match="Ghi lý do"):
        withdraw_record(record=title, actor=director, on=TODAY, why="")


def test_a_record_is_withdrawn_once(client):
    title = make_title(division=make_division())
    director = make_user(Role.DIRECTOR)
    client.force_login(director)
    withdraw_record(record=title, actor=director, on=TODAY, why="nhập trùng")

    answer = client.post(PAGE, {"ly-do": "lần nữa"}, follow=True)

    assert "đã thu hồi rồi" in answer.content.decode()
    with pytest.raises(CorrectionRefused, match="vừa được người khác thu hồi"):
        withdraw_record(record=title, actor=director, on=TODAY, why="lần nữa")


def test_what_falls_due_on_a_withdrawn_record_is_dropped():
    title = make_title(division=make_division())
    director = make_user(Role.DIRECTOR)
    open_obligation(record=title, kind="watch", action="Theo dõi", started_on=TODAY, due_on=TODAY, actor=director)

    withdraw_record(record=title, actor=director, on=TODAY, why="nhập trùng")

    assert Obligation.objects.get().cancelled


def test_a_director_of_another_office_withdraws_nothing():
    title = make_title(division=make_division(), confidentiality="public")

    with pytest.raises(NotPermitted, match="cơ quan khác"):
        withdraw_record(record=title, actor=make_user(Role.DIRECTOR, office=make_office("BK")), on=TODAY, why="x")
