"""The administrator's pages of the office and its divisions, and handing over open work."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.identity.models import Division, OfficeEvent, User
from khcn.kernel.identity.services import delegate
from khcn.kernel.obligations.services import open_obligation
from khcn.kernel.tests.factories import TODAY, make_division, make_office, make_title, make_user
from khcn.ui import formats

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]
LIST = "/quan-tri/don-vi/"
WHY = {"why": "theo quyết định sắp xếp"}


@pytest.fixture
def admin(client):
    user = make_user(Role.ADMINISTRATOR, username="quan-tri")
    client.force_login(user)
    return user


@pytest.fixture
def old():
    return make_division(code="CU")


@pytest.fixture
def new():
    return make_division(code="MOI")


def text(answer):
    return answer.content.decode()


def dissolve(client, division, to, **said):
    return client.post(f"{LIST}{division.pk}/thoi/", {"to": to.pk, "last": "hôm nay", **WHY, **said}, follow=True)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_others_are_told_no(client, role, old):
    client.force_login(make_user(role))

    assert client.get(LIST).status_code == client.get(f"{LIST}{old.pk}/").status_code == 403


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(LIST).url == f"/dang-nhap/?next={LIST}"


def test_a_division_is_founded_renamed_and_its_history_says_so(client, admin):
    client.post(f"{LIST}moi/", {"code": "CNS", "name": "Phòng Chuyển đổi số", "valid_from": "1/3/2021", **WHY})
    made = Division.objects.get(code="CNS")
    client.post(f"{LIST}{made.pk}/doi-ten/", {"name": "Phòng Công nghệ số", **WHY})

    page = text(client.get(f"{LIST}{made.pk}/"))

    assert (made.office, made.valid_from) == (admin.office, date(2021, 3, 1))
    assert "đổi tên: Phòng Chuyển đổi số → Phòng Công nghệ số" in page
    assert "Phòng Công nghệ số" in text(client.get(LIST))


@pytest.mark.parametrize(("code", "name"), [("cu", "Phòng khác"), ("KHAC", "Phòng CU")])
def test_a_code_or_name_in_use_stays_on_the_form(client, admin, old, code, name):
    old.name = "Phòng CU"
    old.save()

    answer = client.post(f"{LIST}moi/", {"code": code, "name": name, **WHY})

    assert answer.status_code == 422
    assert Division.objects.count() == 1


def test_a_division_of_another_office_is_not_there(client, admin):
    other = make_division(make_office("KH"), code="PHONG-SO-KHAC")

    assert {
        client.get(f"{LIST}{other.pk}/{act}").status_code for act in ("", "doi-ten/", "chuyen-nguoi/", "thoi/")
    } == {404}
    assert "PHONG-SO-KHAC" not in text(client.get(LIST))


def test_people_move_together_and_each_account_keeps_why(client, admin, old, new):
    people = [make_user(Role.SPECIALIST, username=name, division=old) for name in ("an", "binh")]

    answer = client.post(
        f"{LIST}{old.pk}/chuyen-nguoi/", {"people": [one.pk for one in people], "to": new.pk, **WHY}, follow=True
    )

    assert "Đã chuyển 2 người" in text(answer)
    assert {User.objects.get(pk=one.pk).division for one in people} == {new}
    assert [one.events.get().why for one in people] == [WHY["why"]] * 2


def test_a_division_with_people_does_not_end_and_they_are_named(client, admin, old, new):
    make_user(Role.SPECIALIST, username="an", division=old)

    answer = dissolve(client, old, new)

    old.refresh_from_db()
    assert answer.status_code == 422
    assert "còn người làm việc hoặc giữ vai trò" in text(answer)
    assert old.valid_to is None


def test_what_a_division_still_answers_for_is_named_and_moves_with_its_end(client, admin, old, new):
    title = make_title("Nhãn hiệu chè", division=old)
    duty = open_obligation(record=title, kind="x", action="Gia hạn", started_on=TODAY, due_on=TODAY, actor=None)

    before = text(client.get(f"{LIST}{old.pk}/thoi/"))
    dissolve(client, old, new)

    title.refresh_from_db()
    duty.refresh_from_db()
    old.refresh_from_db()
    assert title.code in before
    assert (title.division, duty.division) == (new, new)
    assert old.valid_to is not None
    assert "thôi hoạt động" in OfficeEvent.objects.get(division=old).words


def test_a_confidential_record_moves_too_and_the_page_reads_as_if_it_were_not(client, admin, old, new):
    without = text(client.get(f"{LIST}{old.pk}/"))
    secret = make_title("Kín", division=old, confidentiality=Confidentiality.CONFIDENTIAL)

    seen = text(client.get(f"{LIST}{old.pk}/"))
    answer = dissolve(client, old, new)

    secret.refresh_from_db()
    assert secret.division == new
    assert secret.code not in seen + text(answer)
    assert "Kín" not in seen + text(answer)
    assert len(seen) == len(without)


def test_an_ended_division_is_offered_nowhere(client, admin, old, new):
    dissolve(client, old, new)

    form = text(client.get("/quan-tri/nguoi-dung/moi/"))

    assert new.name in form
    assert f'value="{old.pk}"' not in form


@pytest.mark.parametrize("last", ["+1", "1/1/1990"])
def test_a_last_day_to_come_or_before_the_first_is_refused(client, admin, old, new, last):
    old.valid_from = date(2000, 1, 1)
    old.save()

    assert dissolve(client, old, new, last=last).status_code == 422


def test_the_particulars_of_the_office_are_corrected_with_a_reason(client, admin):
    values = {
        "name": "Sở Mới",
        "short_name": "Sở",
        "symbol": "SKHCN",
        "parent_name": "UBND tỉnh",
        "seat": "Thái Nguyên",
    }

    refused = client.post(f"{LIST}co-quan/", values)
    client.post(f"{LIST}co-quan/", {**values, **WHY})

    admin.office.refresh_from_db()
    assert refused.status_code == 422
    assert admin.office.name == "Sở Mới"
    assert "→ Sở Mới" in OfficeEvent.objects.get().words


def test_closing_an_account_shows_open_work_and_hands_it_over(client, admin, old):
    leaver, taker = (make_user(Role.SPECIALIST, username=name, division=old) for name in ("an", "binh"))
    title = make_title("Nhãn hiệu chè", division=old, responsible=leaver)
    secret = make_title("Kín", division=old, responsible=leaver, confidentiality=Confidentiality.CONFIDENTIAL)
    address = f"/quan-tri/nguoi-dung/{leaver.pk}/viec/ngung/"

    before = text(client.get(address))
    client.post(address, {"to": taker.pk, "why": "nghỉ hưu"})

    title.refresh_from_db()
    secret.refresh_from_db()
    assert title.code in before
    assert secret.code not in before
    assert (title.responsible, secret.responsible) == (taker, None)
    assert not User.objects.get(pk=leaver.pk).is_active


def test_an_administrator_does_not_take_over_themselves(client, admin, old):
    leaver = make_user(Role.SPECIALIST, username="an", division=old)

    answer = client.post(f"/quan-tri/nguoi-dung/{leaver.pk}/viec/ngung/", {"to": admin.pk, "why": "nghỉ hưu"})

    assert answer.status_code == 422
    assert User.objects.get(pk=leaver.pk).is_active


def test_queries_do_not_grow_with_divisions_people_and_records(client, admin, old):
    def count():
        seen = []
        for path in (LIST, f"{LIST}{old.pk}/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            seen.append(len(queries))
        return seen

    make_title("Nhãn hiệu", division=old)
    make_user(username="nguoi", division=old)
    before = count()
    for number in range(4):
        make_division(code=f"P{number}")
        make_title(f"Nhãn hiệu {number}", division=old)
        make_user(username=f"nguoi{number}", division=old)

    assert count() == before
    assert max(before) <= 20


def test_a_record_says_who_stands_in_for_the_person_in_charge(client, old):
    head = make_user(Role.DIVISION_HEAD, username="truong", division=old)
    deputy = make_user(Role.SPECIALIST, username="pho", division=old)
    title = make_title("Nhãn hiệu chè", division=old, responsible=head)
    today = timezone.localdate()
    delegate(actor=head.act_on(today), role=Role.DIVISION_HEAD, to=deputy, valid_from=today, valid_to=today, on=today)
    client.force_login(deputy)

    page = text(client.get(f"/so/protection-title/{title.code}/"))

    assert f"Làm thay đến hết {formats.day(today)}" in page
    assert deputy.full_name in page
