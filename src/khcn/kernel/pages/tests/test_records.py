from __future__ import annotations

from datetime import date

import pytest
from django import forms

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.pages import steps
from khcn.kernel.pages.steps import add_step
from khcn.kernel.records.links import Link, LinkKind, link_records
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TODAY, instant, make_division, make_title, make_user
from khcn.kernel.workflow.services import perform

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

PAGE = "/so/protection-title/VB-2021-0001/"


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


def refuse(client, note="hết thời hạn trả lời"):
    said = {"refuse-on": "24/9/2021", "refuse-note": note, "refuse-evidence": ""}
    return client.post(f"{PAGE}buoc/refuse/", said)


def state():
    return register("protection-title").model.objects.get(code="VB-2021-0001").state


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE).url == f"/dang-nhap/?next={PAGE}"


def test_a_record_shows_its_facts_state_and_history(client, specialist):
    make_title("Nhãn hiệu A", goods="chè, gạo", provenance="illustrative", division=specialist.division)

    page = client.get(PAGE).content.decode()

    assert "chè, gạo" in page
    assert "Đã nộp đơn" in page
    assert "lập hồ sơ" in page
    assert "Dữ liệu minh hoạ" in page
    assert specialist.division.name in page


def test_a_record_one_may_not_know_of_does_not_exist(client, specialist):
    make_title("Bí mật", confidentiality=Confidentiality.CONFIDENTIAL, division=make_division(code="KHAC"))

    statuses = client.get(PAGE).status_code, refuse(client).status_code

    assert statuses == (404, 404)


def test_a_record_of_the_past_is_shown_as_known_then_and_offers_nothing(client, specialist):
    record = make_title("Tên cũ", known_from=instant(date(2021, 1, 4)))
    record.title = "Tên mới"
    with recording(actor=None, verb="edit", label="sửa tên", known_from=instant(date(2021, 8, 1))):
        record.save()

    page = client.get(f"{PAGE}?as_of=30/6/2021 17:00").content.decode()

    assert "Tên cũ" in page
    assert "Tên mới" not in page
    assert "sửa tên" not in page
    assert "Ghi nhận đã cấp" not in page
    assert client.get(f"{PAGE}?as_of=2020-01-01").status_code == 404


def test_a_missing_requirement_is_named_and_its_button_does_not_work(client, specialist, monkeypatch):
    monkeypatch.delitem(steps.transition_forms, ("protection-title", "grant"))
    make_title(division=specialist.division)

    page = client.get(PAGE).content.decode()

    assert "Có số văn bằng và ngày cấp." in page
    assert "Còn thiếu điều kiện" in page


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.SPECIALIST, True),  # of the division in charge
        (Role.CLERK, False),  # may not update titles
    ],
)
def test_steps_are_offered_to_whose_they_are(client, role, offered):
    make_title(division=make_division())
    client.force_login(make_user(role, division=make_division()))

    assert ("Ghi nhận từ chối" in client.get(PAGE).content.decode()) is offered


def test_a_step_is_taken_and_told(client, specialist):
    make_title(division=specialist.division)

    answer = refuse(client)

    assert answer.url == PAGE
    assert state() == "refused"
    assert "hết thời hạn trả lời" in client.get(PAGE).content.decode()


def test_a_step_that_lacks_its_reason_is_refused_beside_the_field(client, specialist):
    make_title(division=specialist.division)

    answer = refuse(client, note="")

    assert answer.status_code == 422
    assert state() == "filed"


def test_a_step_of_the_wrong_state_is_refused_and_keeps_what_was_typed(client, specialist):
    record = make_title(division=specialist.division)
    perform(register("protection-title").workflow, "refuse", record, actor=specialist, on=TODAY, note="đã từ chối")

    answer = refuse(client, note="một lý do dài đã gõ")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "không làm được bước này" in page
    assert "một lý do dài đã gõ" in page


def test_a_step_by_the_wrong_role_is_refused_and_keeps_what_was_typed(client):
    make_title(division=make_division())
    client.force_login(make_user(Role.CLERK, division=make_division()))

    answer = refuse(client, note="một lý do dài đã gõ")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Chỉ chuyên viên" in page
    assert "một lý do dài đã gõ" in page
    assert state() == "filed"


def test_evidence_that_does_not_exist_is_named(client, specialist):
    make_title(division=specialist.division)

    answer = client.post(f"{PAGE}buoc/refuse/", {"refuse-on": "hôm nay", "refuse-note": "x", "refuse-evidence": "VB-1"})

    assert answer.status_code == 422
    assert "VB-1" in answer.content.decode()


def test_evidence_is_linked_to_the_record(client, specialist):
    make_title(division=specialist.division)
    make_title("Văn bản", division=specialist.division)
    said = {"refuse-on": "hôm nay", "refuse-note": "x", "refuse-evidence": "VB-2021-0002"}

    client.post(f"{PAGE}buoc/refuse/", said)

    assert Link.objects.get().kind == LinkKind.EVIDENCE
    assert "VB-2021-0002" in client.get(PAGE).content.decode()


def test_an_unknown_step_does_not_exist(client, specialist):
    make_title()

    assert client.post(f"{PAGE}buoc/khong-co/").status_code == 404


def test_after_signing_in_again_a_step_leads_back_to_its_record(client, specialist):
    make_title()

    assert client.get(f"{PAGE}buoc/refuse/").url == f"{PAGE}#buoc-tiep"


class GrantForm(forms.Form):
    title_number = forms.CharField(label="Số văn bằng")


def test_a_module_takes_its_step_with_its_own_form(client, specialist, monkeypatch):
    make_title(division=specialist.division)
    monkeypatch.setattr(steps, "transition_handlers", dict(steps.transition_handlers))
    taken = []
    monkeypatch.setitem(steps.transition_forms, ("protection-title", "grant"), GrantForm)
    add_step("protection-title", "grant", lambda **said: taken.append(said))

    page = client.get(PAGE).content.decode()
    client.post(f"{PAGE}buoc/grant/", {"grant-on": "24/9/2021", "grant-title_number": "4-7"})

    assert 'name="grant-title_number"' in page
    assert taken[0]["data"] == {"title_number": "4-7"}
    assert taken[0]["on"] == TODAY


class TooEarly(Exception):
    pass


def test_what_a_modules_service_refuses_is_told_beside_the_form(client, specialist, monkeypatch):
    make_title(division=specialist.division)
    monkeypatch.setattr(steps, "transition_handlers", dict(steps.transition_handlers))
    monkeypatch.setitem(steps.transition_forms, ("protection-title", "grant"), GrantForm)

    def too_early(**_said):
        raise TooEarly("Chưa đến ngày cấp.")

    add_step("protection-title", "grant", too_early, refusals=(TooEarly,))

    answer = client.post(f"{PAGE}buoc/grant/", {"grant-on": "24/9/2021", "grant-title_number": "4-7"})

    assert answer.status_code == 422
    assert "Chưa đến ngày cấp." in answer.content.decode()


def test_reading_the_past_opens_nothing_that_was_closed_since(client, specialist):
    record = make_title("Từng công khai", known_from=instant(date(2021, 1, 4)), confidentiality=Confidentiality.PUBLIC)
    record.confidentiality, record.division = Confidentiality.CONFIDENTIAL, make_division(code="KHAC")
    with recording(actor=None, verb="close", label="hạn chế", known_from=instant(date(2021, 8, 1))):
        record.save()

    listed = client.get("/so/protection-title/?as_of=2021-06-30").content.decode()

    assert client.get(f"{PAGE}?as_of=2021-06-30").status_code == 404
    assert "Từng công khai" not in listed


def test_a_link_is_shown_on_both_records(client, specialist):
    make_title("Nhãn hiệu A")
    make_title("Nhãn hiệu B")
    said = {"lien-ket-kind": "result", "lien-ket-target": "VB-2021-0009", "lien-ket-note": ""}
    wrong = client.post(f"{PAGE}lien-ket/", said)

    client.post(f"{PAGE}lien-ket/", {**said, "lien-ket-target": "vb-2021-0002"})

    assert wrong.status_code == 422
    assert "Nhãn hiệu B" in client.get(PAGE).content.decode()
    assert "Là kết quả của" in client.get("/so/protection-title/VB-2021-0002/").content.decode()


def test_a_leader_of_the_province_links_nothing(client):
    make_title()
    client.force_login(make_user(Role.PROVINCIAL_LEADER))

    answer = client.post(f"{PAGE}lien-ket/", {"lien-ket-kind": "result", "lien-ket-target": "VB-2021-0001"})

    assert answer.status_code == 403
    assert not Link.objects.exists()


def test_the_other_end_of_a_link_stays_invisible_to_who_may_not_know_of_it(client, specialist):
    record = make_title("Nhãn hiệu A")
    hidden = make_title("Bí mật", confidentiality=Confidentiality.CONFIDENTIAL, division=make_division(code="KHAC"))
    link_records(source=record, target=hidden, kind=LinkKind.RESULT, actor=None)

    assert "Bí mật" not in client.get(PAGE).content.decode()


def test_the_number_of_queries_of_a_record_does_not_grow_with_its_links(
    client, specialist, django_assert_max_num_queries
):
    record = make_title("Nhãn hiệu A")
    for number in range(10):
        link_records(source=record, target=make_title(f"B{number}"), kind=LinkKind.RESULT, actor=None)

    with django_assert_max_num_queries(25):
        client.get(PAGE)
