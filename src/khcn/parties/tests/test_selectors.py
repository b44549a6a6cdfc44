from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.identity.selectors import acting_day
from khcn.kernel.obligations.selectors import obligations_of
from khcn.kernel.obligations.services import open_obligation
from khcn.kernel.tests.factories import make_user
from khcn.parties.models import Organisation
from khcn.parties.selectors import (
    OrganisationUnknown,
    acts_for,
    organisation_named,
    organisations_of,
    people_at,
    people_named,
    protocol_order,
    roles_on,
)
from khcn.parties.tests.factories import make_agency_user, make_organisation, make_person, make_role

pytestmark = pytest.mark.django_db

DAY = date(2021, 9, 24)


@pytest.fixture
def clerk():
    return make_user(Role.CLERK)


@pytest.fixture
def people(clerk):
    return {
        name: make_person(name, actor=clerk) for name in ("Mai Thị Thuý Nga", "Lê Thùy Nga", "Đỗ Văn Úy", "Bùi Anh")
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("thúy", ["Mai Thị Thuý Nga"]),  # the other place of the tone mark
        ("thuỳ nga", ["Lê Thùy Nga"]),
        ("nga thuy", ["Lê Thùy Nga", "Mai Thị Thuý Nga"]),  # no marks, other order
        ("do", ["Đỗ Văn Úy"]),
        ("ÚY", ["Đỗ Văn Úy"]),
        ("hoàng", []),
    ],
)
def test_people_are_found_by_any_part_of_the_name(clerk, people, typed, found):
    assert [person.title for person in people_named(typed, clerk)] == found


def test_people_are_listed_by_given_name(clerk, people):
    titles = [person.title for person in people_named("", clerk)]

    assert titles == ["Bùi Anh", "Lê Thùy Nga", "Mai Thị Thuý Nga", "Đỗ Văn Úy"]


def test_roles_are_told_for_a_day_the_highest_first(clerk):
    person = make_person(actor=clerk)
    make_role(person, "Trưởng ban", actor=clerk, protocol_rank=5, valid_from=date(2020, 1, 1))
    make_role(person, "Ủy viên", actor=clerk, protocol_rank=2, valid_from=date(2021, 1, 1))
    make_role(person, "Phó ban", actor=clerk, protocol_rank=1, valid_from=date(2019, 1, 1), valid_to=date(2019, 12, 31))

    assert [held.role for held in roles_on(person, DAY)] == ["Ủy viên", "Trưởng ban"]


def test_delegates_stand_by_protocol_then_by_name(clerk, people):
    make_role(people["Đỗ Văn Úy"], "Bí thư", actor=clerk, protocol_rank=1)

    ordered = protocol_order(people.values(), DAY)

    assert [person.title for person in ordered] == ["Đỗ Văn Úy", "Bùi Anh", "Lê Thùy Nga", "Mai Thị Thuý Nga"]


def test_people_of_an_organisation_are_those_of_the_day(clerk, people):
    agency = make_organisation(actor=clerk)
    make_role(people["Bùi Anh"], "Giám đốc", actor=clerk, organisation=agency, protocol_rank=1)
    make_role(people["Đỗ Văn Úy"], "Giám đốc", actor=clerk, organisation=agency, valid_to=date(2020, 1, 1))

    assert [held.person.title for held in people_at(agency, DAY)] == ["Bùi Anh"]


def test_an_agency_sees_itself_and_what_is_public(clerk):
    own = make_organisation("Cơ quan nhận việc", actor=clerk)
    make_organisation("Cơ quan khác", actor=clerk)
    public = make_organisation("Công khai", actor=clerk, confidentiality=Confidentiality.PUBLIC)
    user = make_agency_user(own)

    assert set(Organisation.objects.visible_to(user)) == {own, public}
    assert set(Organisation.objects.visible_to(AnonymousUser())) == {public}
    assert Organisation.objects.visible_to(clerk).count() == 3
    assert list(organisations_of(user)) == [own]


def test_an_account_that_ended_shows_nothing_more(clerk):
    own = make_organisation(actor=clerk)
    user = make_agency_user(own)

    user.act_on(date(2020, 12, 31))

    assert acts_for(user) == []
    assert make_agency_user(own, "thu-hai").act_on(DAY) is not None


def test_what_an_agency_must_do_is_in_the_inbox_of_its_people(clerk):
    agency = make_organisation(actor=clerk)
    user = make_agency_user(agency)
    due = open_obligation(
        record=agency, kind="answer", action="Trả lời", started_on=DAY, actor=clerk, due_on=DAY, holder=agency
    )

    assert list(obligations_of(user)) == [due]
    assert list(obligations_of(make_user(Role.ASSIGNED_AGENCY, username="nguoi-khac"))) == []


def test_an_organisation_is_named_by_its_name_or_short_name(clerk):
    made = make_organisation("Hội Khoa học Thuỷ lợi", actor=clerk, short_name="HKHTL")

    assert organisation_named("hội khoa học thủy lợi", clerk.office) == made
    assert organisation_named("hkhtl", clerk.office) == made


def test_of_two_organisations_of_one_name_the_one_of_the_day_is_meant(clerk):
    make_organisation("Sở mẫu", actor=clerk, ended_on=date(2021, 2, 28))
    new = make_organisation("Sở mẫu", actor=clerk, founded_on=date(2021, 3, 1))

    assert organisation_named("Sở mẫu", clerk.office, on=DAY) == new
    with pytest.raises(OrganisationUnknown, match="có 2 tổ chức"):
        organisation_named("Sở mẫu", clerk.office)


def test_an_unknown_organisation_is_told_with_what_to_do(clerk):
    with pytest.raises(OrganisationUnknown, match="chưa có tổ chức tên «Viện Không Có»"):
        organisation_named("Viện Không Có", clerk.office)


def test_the_day_of_the_request_says_for_whom_an_account_acts(clerk):
    user = make_agency_user(make_organisation("Viện mẫu", actor=clerk))
    before, since = (SimpleLazyObject(lambda day=day: user.act_on(day)) for day in (date(2020, 1, 1), DAY))

    assert [len(acts_for(one)) for one in (before, since)] == [0, 1]
    assert (acting_day(since), acting_day(AnonymousUser())) == (DAY, None)
