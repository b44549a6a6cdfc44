from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.records.history import history_of
from khcn.kernel.tests.factories import make_user
from khcn.parties.models import Organisation, Person, PersonRole
from khcn.parties.tests.factories import make_agency_user, make_organisation, make_person, make_role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.parties.tests.addresses")]


@pytest.fixture
def clerk():
    return make_user(Role.CLERK)


@pytest.fixture
def person(clerk):
    return make_person("Trần Văn Ánh", actor=clerk)


@pytest.fixture
def agency(clerk):
    return make_organisation("Cơ quan nhận việc", actor=clerk)


@pytest.fixture
def pages(person, agency, clerk):
    held = make_role(person, "Phó ban", actor=clerk)
    return {
        "organisation-create": [],
        "person-create": [],
        "role-give": [person.code],
        "role-end": [held.pk],
    }


NAMES = ("organisation-create", "person-create", "role-give", "role-end")


@pytest.mark.parametrize("name", NAMES)
def test_whoever_has_not_signed_in_is_asked_to(client, pages, name):
    answer = client.get(reverse(name, args=pages[name]))

    assert answer.status_code == 302
    assert "dang-nhap" in answer.url


@pytest.mark.parametrize("name", NAMES)
def test_staff_open_every_page_of_parties(client, clerk, pages, name):
    client.force_login(clerk)

    answer = client.get(reverse(name, args=pages[name]))

    assert answer.status_code == 200
    assert "Lưu" in answer.content.decode()


@pytest.mark.parametrize("name", ["organisation-create", "person-create"])
def test_an_agency_may_enter_and_change_nothing(client, pages, agency, name):
    client.force_login(make_agency_user(agency))

    answer = client.post(reverse(name, args=pages[name]), {"title": "Tên khác"})

    assert answer.status_code == 403
    assert "Chỉ công chức, viên chức của Sở" in answer.content.decode()


@pytest.mark.parametrize("name", ["role-give", "role-end"])
def test_people_an_agency_may_not_know_of_do_not_exist_for_it(client, pages, agency, name):
    client.force_login(make_agency_user(agency))

    assert client.get(reverse(name, args=pages[name])).status_code == 404


def test_a_confidential_organisation_of_another_division_does_not_exist_for_a_specialist(client, clerk):
    hidden = make_organisation("Kín", actor=clerk, confidentiality=Confidentiality.CONFIDENTIAL)
    client.force_login(make_user(Role.SPECIALIST))

    assert client.get(reverse("record-edit", args=["organisation", hidden.code])).status_code == 404


def test_an_organisation_is_entered_with_a_day_as_people_type_it(client, clerk):
    client.force_login(clerk)
    typed = {"title": "Viện mẫu", "kind": "research", "founded_on": "24/9/2019", "confidentiality": "internal"}

    answer = client.post(reverse("organisation-create"), typed)

    made = Organisation.objects.get(title="Viện mẫu")
    assert answer.url == reverse("record", args=["organisation", made.code])
    assert (made.founded_on, made.office) == (date(2019, 9, 24), clerk.office)


def test_a_day_nobody_understands_is_told_and_nothing_is_lost(client, clerk):
    client.force_login(clerk)
    typed = {"title": "Viện mẫu", "kind": "research", "founded_on": "32/13", "confidentiality": "internal"}

    answer = client.post(reverse("organisation-create"), typed)

    assert answer.status_code == 422
    assert "Viện mẫu" in answer.content.decode()
    assert not Organisation.objects.exists()


def corrected(client, record, fact, **said):
    """Send what a browser would of the editor of one fact."""
    page = reverse("record", args=[record.REGISTER, record.code])
    form = client.get(page, {"sua": fact}).context["groups"]
    editor = next(one["form"] for group in form for one in group["facts"] if "form" in one)
    stamp = editor["phien-ban"].value()
    address = f"{reverse('record-edit', args=[record.REGISTER, record.code])}?muc={fact}"
    return client.post(address, {"phien-ban": stamp, "ly-do": "sửa", **said})


def test_a_corrected_organisation_keeps_the_reason(client, clerk, agency):
    client.force_login(clerk)

    answer = corrected(client, agency, "title", title="Tên mới", **{"ly-do": "đổi tên"})

    agency.refresh_from_db()
    assert answer.url == reverse("record", args=["organisation", agency.code]) + "#muc-title"
    assert (agency.title, history_of(agency)[0].why) == ("Tên mới", "đổi tên")


def test_an_organisation_cannot_come_under_its_own_part(client, clerk, agency):
    part = make_organisation("Phòng của cơ quan", actor=clerk, parent=agency)
    client.force_login(clerk)

    answer = corrected(client, agency, "parent", parent=part.code)

    assert answer.status_code == 422
    assert "thuộc lẫn nhau" in answer.content.decode()


def test_an_address_of_mail_that_is_none_is_refused(client, clerk, agency):
    client.force_login(clerk)

    assert corrected(client, agency, "email", email="khong phai thu").status_code == 422
    assert corrected(client, agency, "email", email="co-quan@vi-du.vn").status_code == 302


def test_the_end_of_an_organisation_is_locked_and_says_by_which_step_it_is_written(client, clerk, agency):
    client.force_login(clerk)
    page = reverse("record", args=["organisation", agency.code])

    answer = client.get(page)

    assert "Ghi khi làm bước «Ghi nhận chấm dứt»." in answer.content.decode()
    assert f"{page}?sua=ended_on" not in answer.content.decode()


def test_a_renamed_person_is_sorted_and_found_under_the_new_name(client, clerk):
    client.force_login(clerk)
    client.post(reverse("person-create"), {"title": "Lê Thị Bình", "degree": "TS.", "confidentiality": "internal"})
    made = Person.objects.get(title="Lê Thị Bình")

    corrected(client, made, "title", title="Lê Thị An")

    made.refresh_from_db()
    assert (made.title, made.plain_name) == ("Lê Thị An", " le thi an")


def test_a_role_is_given_and_ended_on_the_screen(client, clerk, person):
    client.force_login(clerk)
    client.post(
        reverse("role-give", args=[person.code]), {"role": "Bí thư", "protocol_rank": "1", "valid_from": "1/1/2020"}
    )
    held = PersonRole.objects.get(role="Bí thư")

    answer = client.post(reverse("role-end", args=[held.pk]), {"ended_on": "24/9/2021", "why": "nghỉ"})

    held.refresh_from_db()
    assert answer.url == reverse("record", args=["person", person.code])
    assert (held.valid_from, held.valid_to) == (date(2020, 1, 1), date(2021, 9, 24))


def test_a_role_that_ended_cannot_end_again(client, clerk, person):
    held = make_role(person, "Trưởng ban", actor=clerk, valid_to=date(2021, 1, 1))
    client.force_login(clerk)

    answer = client.post(reverse("role-end", args=[held.pk]), {"ended_on": "24/9/2021"})

    assert answer.status_code == 422
    assert "đã kết thúc ngày 1/1/2021" in answer.content.decode()


def test_the_record_page_of_a_person_shows_the_roles_and_the_way_to_add_one(client, clerk, person):
    make_role(person, "Trưởng ban", actor=clerk, valid_from=date(2020, 1, 1))
    client.force_login(clerk)

    shown = client.get(reverse("record", args=["person", person.code])).content.decode()

    assert "Trưởng ban" in shown
    assert "từ 1/1/2020 đến nay" in shown
    assert reverse("role-give", args=[person.code]) in shown


def test_the_record_page_of_an_organisation_shows_its_people(client, clerk, person, agency):
    make_role(person, "Chánh Văn phòng", actor=clerk, organisation=agency)
    client.force_login(clerk)

    shown = client.get(reverse("record", args=["organisation", agency.code])).content.decode()

    assert "Chánh Văn phòng" in shown


def test_an_organisation_is_ended_from_its_record_page_with_its_successor(client, clerk, agency):
    heir = make_organisation("Cơ quan kế thừa", actor=clerk)
    client.force_login(clerk)
    typed = {"end-ended_on": "28/2/2025", "end-successor": heir.code, "end-note": "hợp nhất", "end-on": "1/3/2025"}

    client.post(reverse("record-step", args=["organisation", agency.code, "end"]), typed)

    agency.refresh_from_db()
    assert (agency.state, agency.ended_on, agency.successor) == ("ended", date(2025, 2, 28), heir)


@pytest.mark.parametrize(
    ("more", "reason"), [({"end-ended_on": "bao giờ"}, "không phải là ngày"), ({"end-successor": "own"}, "tự kế thừa")]
)
def test_an_end_that_cannot_be_is_told_on_the_record_page(client, clerk, agency, more, reason):
    client.force_login(clerk)
    typed = {"end-ended_on": "28/2/2025", "end-note": "hợp nhất", "end-on": "1/3/2025", **more}
    typed["end-successor"] = {"own": agency.code}.get(typed.get("end-successor"), "")

    answer = client.post(reverse("record-step", args=["organisation", agency.code, "end"]), typed)

    assert answer.status_code == 422
    assert reason in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "model", "more"),
    [
        ("organisation-create", Organisation, {"kind": "other", "confidentiality": "internal"}),
        ("person-create", Person, {"confidentiality": "internal"}),
    ],
)
def test_a_form_sent_twice_makes_one_record(client, clerk, name, model, more):
    client.force_login(clerk)
    number = client.get(reverse(name)).context["form"]["lan-gui"].value()
    said = {"title": "Tên mẫu", **more, "lan-gui": number}

    answers = [client.post(reverse(name), said) for _ in range(2)]

    assert model.objects.filter(title="Tên mẫu").count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


@pytest.mark.parametrize(
    ("title", "words"),
    [("x" * 2001, "dài 2001 ký tự, quá 2000"), ("Tên\0mẫu", "ký tự không đọc được")],
)
def test_a_name_too_long_or_unreadable_is_refused_in_vietnamese(client, clerk, title, words):
    client.force_login(clerk)

    answer = client.post(reverse("person-create"), {"title": title, "confidentiality": "internal"})

    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_marks_that_turn_the_writing_do_not_stay_in_a_name(client, clerk):
    client.force_login(clerk)

    client.post(reverse("person-create"), {"title": "Tô\u202e Văn\u2066 Hạ\u202c", "confidentiality": "internal"})

    assert Person.objects.get().title == "Tô Văn Hạ"
