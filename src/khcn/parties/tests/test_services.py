from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_office, make_user
from khcn.kernel.workflow.services import NotPossible
from khcn.parties.models import Organisation, Person, PersonRole
from khcn.parties.services import (
    PartyRefused,
    end_account,
    end_organisation,
    end_role,
    enter_organisation,
    enter_person,
    give_role,
    link_account,
)
from khcn.parties.states import PartyState
from khcn.parties.tests.factories import make_administrator, make_organisation, make_person, make_role

pytestmark = pytest.mark.django_db

DAY = date(2021, 9, 24)


@pytest.fixture
def clerk():
    return make_user(Role.CLERK)


def test_an_organisation_gets_its_code_and_stands_active(clerk):
    made = make_organisation("Viện mẫu", actor=clerk)

    assert (made.code, made.state) == ("TC-2021-0001", PartyState.ACTIVE)


@pytest.mark.parametrize("title", ["", "   "])
def test_a_party_without_a_name_is_refused(clerk, title):
    with pytest.raises(PartyRefused, match="thiếu tên"):
        enter_organisation(organisation=Organisation(office=clerk.office, title=title), actor=clerk, on=DAY)
    with pytest.raises(PartyRefused, match="thiếu tên"):
        enter_person(person=Person(office=clerk.office, title=title), actor=clerk, on=DAY)


def test_only_staff_of_the_office_enter_parties(clerk):
    outsider = make_user(Role.ASSIGNED_AGENCY)
    elsewhere = make_user(Role.CLERK, office=make_office("BK"), username="noi-khac")

    for person in (outsider, elsewhere):
        with pytest.raises(NotPermitted):
            enter_organisation(organisation=Organisation(office=clerk.office, title="Viện"), actor=person, on=DAY)


def test_an_organisation_that_ended_names_its_successor(clerk):
    old, new = make_organisation("Sở cũ", actor=clerk), make_organisation("Sở mới", actor=clerk)

    end_organisation(organisation=old, ended_on=DAY, successor=new, actor=clerk, on=DAY, note="hợp nhất")

    old.refresh_from_db()
    assert (old.state, old.ended_on, old.successor) == (PartyState.ENDED, DAY, new)


def test_an_end_needs_its_reason_and_another_successor(clerk):
    made = make_organisation(actor=clerk)

    with pytest.raises(PartyRefused, match="tự kế thừa"):
        end_organisation(organisation=made, ended_on=DAY, successor=made, actor=clerk, on=DAY, note="giải thể")
    with pytest.raises(NotPossible):
        end_organisation(organisation=made, ended_on=DAY, successor=None, actor=clerk, on=DAY, note="")


def test_a_role_is_given_with_its_time_and_rank(clerk):
    person = make_person(actor=clerk)

    held = make_role(person, "  Phó   Chủ tịch ", actor=clerk, valid_from=DAY, protocol_rank=3)

    assert (held.role, list(person.roles.held_on(DAY))) == ("Phó Chủ tịch", [held])


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"role": " "}, "thiếu tên chức vụ"),
        ({"role": "Trưởng ban", "valid_from": DAY, "valid_to": date(2020, 1, 1)}, "trước ngày bắt đầu"),
        ({"role": "giám đốc", "valid_from": date(2021, 6, 1)}, "đã có chức vụ"),
    ],
)
def test_a_role_that_cannot_be_is_refused_with_the_reason(clerk, values, reason):
    person = make_person(actor=clerk)
    make_role(person, "Giám đốc", actor=clerk, valid_from=date(2021, 1, 1))

    with pytest.raises(PartyRefused, match=reason):
        give_role(held=PersonRole(person=person, **values), actor=clerk)


def test_a_role_ends_once(clerk):
    held = make_role(make_person(actor=clerk), actor=clerk, valid_from=date(2021, 1, 1))

    end_role(held=held, ended_on=DAY, actor=clerk, why="nghỉ hưu")

    assert not held.person.roles.held_on(date(2021, 9, 25)).exists()
    with pytest.raises(PartyRefused, match="đã kết thúc"):
        end_role(held=held, ended_on=DAY, actor=clerk)


def test_a_role_cannot_end_before_it_began(clerk):
    held = make_role(make_person(actor=clerk), actor=clerk, valid_from=DAY)

    with pytest.raises(PartyRefused, match="trước ngày bắt đầu"):
        end_role(held=held, ended_on=date(2020, 1, 1), actor=clerk)


def test_only_an_administrator_says_for_whom_an_account_acts(clerk):
    agency = make_organisation(actor=clerk)

    with pytest.raises(NotPermitted):
        link_account(user=clerk, organisation=agency, valid_from=DAY, actor=clerk)


def test_an_account_is_linked_once_for_a_time(clerk):
    admin, agency = make_administrator(), make_organisation(actor=clerk)
    account = link_account(user=clerk, organisation=agency, valid_from=DAY, actor=admin)

    with pytest.raises(PartyRefused, match="trong khoảng thời gian này"):
        link_account(user=clerk, organisation=agency, valid_from=DAY, actor=admin)
    with pytest.raises(PartyRefused, match="trước ngày bắt đầu"):
        link_account(user=clerk, organisation=agency, valid_from=DAY, valid_to=date(2021, 1, 1), actor=admin)
    assert account.valid_to is None


def test_an_account_ends_once_and_not_before_it_began(clerk):
    admin = make_administrator()
    account = link_account(user=clerk, organisation=make_organisation(actor=clerk), valid_from=DAY, actor=admin)

    with pytest.raises(PartyRefused):
        end_account(account=account, ended_on=date(2021, 1, 1), actor=admin)
    end_account(account=account, ended_on=DAY, actor=admin)

    with pytest.raises(PartyRefused):
        end_account(account=account, ended_on=DAY, actor=admin)


def test_nothing_more_is_written_on_a_withdrawn_party(clerk):
    person = make_person("Tô Văn Hạ", actor=clerk)
    with recording(actor=clerk, verb="withdraw", label="thu hồi"):
        person.withdrawn_on, person.withdrawal_reason = DAY, "Nhập trùng"
        person.save()

    with pytest.raises(PartyRefused, match=f"Hồ sơ {person.code} đã thu hồi"):
        give_role(held=PersonRole(person=person, role="Giám đốc"), actor=clerk, on=DAY)
