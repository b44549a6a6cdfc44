from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_user
from khcn.parties.models import PersonRole
from khcn.parties.presenting import organisation_page, period_of, person_page
from khcn.parties.tests.factories import make_organisation, make_person, make_role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.parties.tests.addresses")]

DAY = date(2021, 9, 24)


def acting(user, **parameters):
    request = RequestFactory().get("/", parameters)
    request.user = user
    return request


@pytest.fixture
def clerk():
    return make_user(Role.CLERK)


def test_the_page_of_a_person_shows_roles_over_time_the_latest_first(clerk):
    person, agency = make_person(actor=clerk), make_organisation("Sở mẫu", actor=clerk)
    make_role(person, "Phó Giám đốc", actor=clerk, valid_from=date(2015, 1, 1), valid_to=date(2017, 12, 31))
    make_role(person, "Giám đốc", actor=clerk, valid_from=date(2018, 1, 1), organisation=agency)

    shown = person_page(acting(clerk), person)

    assert [row["cells"][0] for row in shown["role_rows"]] == ["Giám đốc", "Phó Giám đốc"]
    assert shown["role_rows"][0]["cells"][1] == {
        "text": "Sở mẫu",
        "url": reverse("record", args=["organisation", agency.code]),
    }
    assert shown["role_rows"][0]["cells"][4]["text"] == "Ghi thôi giữ"
    assert shown["role_rows"][1]["cells"][4] == ""


def test_who_may_not_edit_gets_no_way_to(clerk):
    person = make_person(actor=clerk)

    shown = person_page(acting(AnonymousUser()), person)

    assert shown["acts"] == []


def test_the_past_offers_no_change(clerk):
    person = make_person(actor=clerk)

    assert person_page(acting(clerk, as_of="2021-09-24"), person)["acts"] == []


def test_the_page_of_an_organisation_shows_its_people_and_its_parts(clerk):
    whole = make_organisation("Đại học mẫu", actor=clerk)
    make_organisation("Trường mẫu", actor=clerk, parent=whole)
    make_role(make_person("Lê Văn An", actor=clerk), "Hiệu trưởng", actor=clerk, organisation=whole)

    shown = organisation_page(acting(clerk), whole)

    assert [row["cells"][:2] for row in shown["people_rows"]] == [["Lê Văn An", "Hiệu trưởng"]]
    assert [child["label"] for child in shown["children"]] == ["Trường mẫu"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "chưa rõ thời gian"),
        ({"known_on": DAY}, "ghi nhận ngày 24/9/2021"),
        ({"valid_from": DAY}, "từ 24/9/2021 đến nay"),
        ({"valid_to": DAY}, "chưa rõ từ ngày nào đến 24/9/2021"),
    ],
)
def test_the_time_of_a_role_is_told_without_inventing_days(values, words):
    assert period_of(PersonRole(role="Giám đốc", **values)) == words


@pytest.mark.urls("khcn.ui.urls")
def test_without_its_pages_a_party_is_shown_without_links(clerk):
    person = make_person(actor=clerk)

    assert person_page(acting(clerk), person)["acts"] == []


def hidden(party, director):
    party.confidentiality = Confidentiality.CONFIDENTIAL
    with recording(actor=director, verb="change", label="hạn chế"):
        party.save()
    return party


def test_whom_one_may_not_know_of_stands_on_pages_by_code_and_leads_nowhere(clerk):
    director = make_user(Role.DIRECTOR)
    organisation, person = make_organisation("Viện mẫu", actor=clerk), make_person("Tô Văn Hạ", actor=clerk)
    make_role(person, actor=clerk, organisation=organisation)
    page_of_person = person_page(acting(clerk), person)["role_rows"][0]["cells"]
    hidden(organisation, director)
    hidden(person, director)

    rows = {user: organisation_page(acting(user), organisation)["people_rows"][0] for user in (clerk, director)}
    places = {user: person_page(acting(user), person)["role_rows"][0]["cells"][1] for user in (clerk, director)}

    assert page_of_person[1]["text"] == "Viện mẫu"
    assert (rows[clerk]["cells"][0], rows[clerk]["url"]) == (person.code, "")
    assert (rows[director]["cells"][0], bool(rows[director]["url"])) == ("Tô Văn Hạ", True)
    assert (places[clerk], places[director]["text"]) == (organisation.code, "Viện mẫu")
