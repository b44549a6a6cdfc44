"""What is known of the pages of results done without the State's money."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khcn.councils.states import Purpose
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import make_user
from khcn.kernel.tests.forms import form_of
from khcn.research.models import OutsideResult
from khcn.research.selectors import councils_on
from khcn.research.states import OutsideState
from khcn.research.tests import outside as make

pytestmark = pytest.mark.django_db
S = OutsideState


@pytest.fixture
def world():
    return make.make_outside_world()


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-06-01T02:00:00+00:00", tick=False)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, address
    return answer.content.decode()


def step(client, result, name, **said):
    address = reverse("record-step", args=[result.REGISTER, result.code, name])
    return client.post(address, {f"{name}-on": "hôm nay", **{f"{name}-{key}": value for key, value in said.items()}})


LIST = reverse("register", args=[OutsideResult.REGISTER])


def test_a_result_is_received_and_found_valid_on_the_pages(world):
    client = signed_in(world.specialist)
    address = reverse("record-create", args=[OutsideResult.REGISTER])
    said = {"title": "Máy sấy chè mẫu", "applicant": world.host.code, "received_on": "25/5/2026", "cost_vnd": "1200000"}

    client.post(address, {**form_of(client.get(address)), **said})
    result = OutsideResult.objects.get()
    refused = step(client, result, "ask_supplement", note="")
    step(client, result, "ask_supplement", note="Thiếu báo cáo")
    step(client, result, "receive_supplement", supplemented_on="28/5/2026")
    step(client, result, "find_valid", complete_on="29/5/2026")

    result.refresh_from_db()
    assert (result.state, result.cost_vnd, result.complete_on) == (S.VALID, 1_200_000, date(2026, 5, 29))
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    text = page_of(client, record_url(result))
    assert "Thiếu báo cáo" in text
    assert "26/6/2026" in text  # 28 days later


def test_the_certificate_and_the_registration_are_recorded_on_the_page(world):
    result = make.make_result(world, S.COUNCIL)
    make.vote(world, councils_on(result, Purpose.EVALUATE)[0])
    client = signed_in(world.specialist)

    step(client, result, "certify", certificate_number="7/GCN-UBND", certified_on="hôm nay")
    step(client, result, "register", registration_number="KQ-7", registered_on="hôm nay")

    result.refresh_from_db()
    assert (result.state, result.certificate_number, result.registration_number) == (S.REGISTERED, "7/GCN-UBND", "KQ-7")
    assert ">Muộn<" in page_of(client, LIST)  # the answer was due in April


def test_why_no_certificate_can_be_recorded_is_told_beside_the_step(world):
    result = make.make_result(world, S.COUNCIL)
    make.vote(world, councils_on(result, Purpose.EVALUATE)[0], 4)

    answer = step(signed_in(world.specialist), result, "certify", certificate_number="7", certified_on="hôm nay")

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "4 trên 7 thành viên có mặt bỏ phiếu «Đạt», chưa đủ 2/3." in answer.content.decode()
    refused = step(signed_in(world.head), result, "refuse", refused_on="hôm nay", note="Chưa đủ số phiếu")
    assert refused.status_code == HTTPStatus.FOUND
    assert "Chưa đủ số phiếu" in page_of(signed_in(world.specialist), record_url(result))


def test_a_dossier_is_given_back_or_taken_back_on_the_page(world):
    first, second = make.receive(world), make.receive(world, title="Khác")

    step(signed_in(world.head), first, "turn_down", note="Không thuộc thẩm quyền")
    step(signed_in(world.specialist), second, "withdraw", note="Bên đề nghị xin rút")

    assert {one.state for one in OutsideResult.objects.all()} == {S.REFUSED, S.WITHDRAWN}


def test_the_vote_is_told_with_its_rule_to_those_who_may_read_the_slips_only(world):
    result = make.make_result(world, S.COUNCIL)
    council = councils_on(result, Purpose.EVALUATE)[0]
    make.vote(world, council)
    leader = make_user(Role.PROVINCIAL_LEADER, username="ld", office=world.office)
    words = "5 trên 7 thành viên có mặt bỏ phiếu «Đạt», từ 2/3 trở lên."

    kept = page_of(signed_in(world.specialist), record_url(result))

    assert words in kept
    assert council.code in kept
    assert "NĐ 268/2025/NĐ-CP điều 64" in kept
    assert words not in page_of(signed_in(leader), record_url(result))
    assert words not in page_of(signed_in(world.specialist), record_url(make.receive(world, title="Chưa họp")))


def test_a_confidential_result_is_known_to_its_division_and_directors_only(world):
    secret = make.receive(world, confidentiality=Confidentiality.CONFIDENTIAL)
    other = make_user(Role.SPECIALIST, username="cv2", office=world.office)

    assert signed_in(other).get(record_url(secret)).status_code == HTTPStatus.NOT_FOUND
    assert secret.code not in page_of(signed_in(other), LIST)
    assert secret.code in page_of(signed_in(world.director), LIST)


def test_the_list_tells_answers_late_and_in_time_apart_and_asks_the_same_for_many(world):
    client = signed_in(world.specialist)
    made = make.make_result(world, S.CERTIFIED)
    late = make.make_result(world, S.COUNCIL, title="Kết quả muộn")
    world.later(30)
    make.vote(world, councils_on(late, Purpose.EVALUATE)[0])
    make.certify(world, late)
    client.get(LIST)

    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(3):
        make.make_result(world, S.VALID, title=f"Kết quả {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(many) == len(few) <= 20
    for value, here, elsewhere in (("muon", late, made), ("dung-han", made, late)):
        text = page_of(client, f"{LIST}?thoi-han={value}")
        assert here.title in text
        assert elsewhere.title not in text


@pytest.mark.parametrize("state", [S.RECEIVED, S.VALID, S.COUNCIL, S.CERTIFIED])
def test_the_record_page_stays_within_its_questions(world, state):
    result = make.make_result(world, state)
    if state == S.COUNCIL:
        make.vote(world, councils_on(result, Purpose.EVALUATE)[0])
    client = signed_in(world.head)
    client.get(record_url(result))

    with CaptureQueriesContext(connection) as asked:
        client.get(record_url(result))

    assert len(asked) <= 20


def test_the_desk_shows_what_is_overdue_of_those_the_reader_may_know(world):
    make.make_result(world, S.VALID, title="Kết quả chờ lâu")
    make.make_result(world, S.VALID, title="Kết quả kín", confidentiality=Confidentiality.CONFIDENTIAL)
    other = make_user(Role.SPECIALIST, username="cv2", office=world.office)

    text = page_of(signed_in(other), reverse("task-desk"))

    assert "Kết quả chờ lâu" in text
    assert "Kết quả kín" not in text
    assert "Kết quả kín" in page_of(signed_in(world.director), reverse("task-desk"))


SHEET = """Tên kết quả;Nhận ngày;Trạng thái;Tổ chức đề nghị;Số giấy chứng nhận;Cấp giấy chứng nhận ngày
Kết quả cũ;5/1/2024;Đã cấp giấy chứng nhận;{host};3/GCN;9/3/2024
Kết quả mới;5/5/2026;;{host};;
"""


def test_what_a_department_holds_already_comes_in_as_it_stands_and_goes_out_again(world):
    found = register(OutsideResult.REGISTER)
    table = read_table(SHEET.format(host=world.host.title).encode(), "a.csv")

    report = import_rows(found, table, actor=world.head, on=world.day, dry_run=False, skip_bad=False)
    answer = signed_in(world.specialist).get(reverse("register-export", args=[found.key, "csv"]))

    rows = OutsideResult.objects.order_by("title")
    assert report.bad == []
    assert list(rows.values_list("title", "state")) == [("Kết quả cũ", S.CERTIFIED), ("Kết quả mới", S.RECEIVED)]
    text = b"".join(answer.streaming_content).decode()
    assert "3/GCN" in text
    assert text.count(world.host.title) == 2
