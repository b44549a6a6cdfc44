"""Accounts are administered in pairs of eyes, and what was done with them stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.identity import administering
from khcn.kernel.identity.models import RoleGrant, User
from khcn.kernel.identity.services import NotGranted
from khcn.kernel.tests.factories import TODAY, instant, make_division, make_office, make_user

pytestmark = pytest.mark.django_db
NOW = instant(TODAY)
PASSWORD = "mat-khau-rat-dai-1"


@pytest.fixture
def admin():
    return make_user(Role.ADMINISTRATOR, username="quan-tri")


@pytest.fixture
def lan():
    return make_user(Role.SPECIALIST, username="lan", division=make_division())


def give(admin, user, role=Role.MONITOR, **said):
    said = {"valid_from": TODAY, "why": "phân công", **said}
    return administering.give_role(user=user, role=role, actor=admin, at=NOW, **said)


def told(user):
    return [event.words for event in user.events.all()]


def test_an_account_opens_without_a_password_and_its_link_sets_one_once(admin):
    user = administering.open_account(values={"username": "moi", "full_name": "Mới"}, actor=admin, at=NOW)
    secret = administering.make_link(user=user, actor=admin, at=NOW)
    assert not user.has_usable_password()

    administering.use_link(secret=secret, password=PASSWORD, at=NOW)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert administering.link_of(secret, NOW) is None
    with pytest.raises(NotGranted, match="đã dùng hoặc hết hạn"):
        administering.use_link(secret=secret, password=PASSWORD + "2", at=NOW)


def test_a_link_ends_after_three_days_with_a_newer_one_and_with_the_account(admin, lan):
    administering.reset_password(user=lan, actor=admin, at=NOW, why="quên")
    first, second = (administering.make_link(user=lan, actor=admin, at=NOW) for _ in "ab")

    assert administering.link_of(first, NOW) is None
    assert administering.link_of(second, NOW).user == lan
    assert administering.link_of(second, NOW + timedelta(days=3)) is None
    administering.close_account(user=lan, actor=admin, at=NOW, why="nghỉ hưu")
    assert administering.link_of(second, NOW) is None


def test_a_role_is_given_from_to_and_ended_with_reasons_that_stay(admin, lan):
    grant = give(admin, lan, valid_to=date(2021, 12, 31))
    administering.end_role(grant=grant, actor=admin, at=NOW + timedelta(days=2), why="chuyển việc")

    grant.refresh_from_db()
    assert grant.revoked_on == date(2021, 9, 26)
    assert lan.act_on(date(2021, 9, 25)).holds(Role.MONITOR)
    assert not lan.act_on(date(2021, 9, 26)).holds(Role.MONITOR)
    assert [event.why for event in lan.events.all()] == ["chuyển việc", "phân công"]


def test_nobody_gives_roles_to_themselves_or_closes_their_own_account(admin):
    make_user(Role.ADMINISTRATOR, username="khac")

    with pytest.raises(NotPermitted, match="chính mình"):
        give(admin, admin, Role.DIRECTOR)
    with pytest.raises(NotPermitted, match="chính mình"):
        administering.close_account(user=admin, actor=admin, at=NOW, why="x")

    assert not RoleGrant.objects.filter(role=Role.DIRECTOR).exists()


@pytest.mark.parametrize("role", [one for one in Role if one != Role.ADMINISTRATOR])
def test_no_other_role_administers_accounts(role, lan):
    with pytest.raises(NotPermitted):
        give(make_user(role), lan)


def test_an_administrator_of_another_office_administers_nothing_here(lan):
    with pytest.raises(NotPermitted, match="cơ quan khác"):
        give(make_user(Role.ADMINISTRATOR, username="xa", office=make_office("KH")), lan)


def test_the_last_lasting_administrator_stays(admin):
    passing = make_user(username="tam")
    RoleGrant.objects.create(
        user=passing,
        role=Role.ADMINISTRATOR,
        office=passing.office,
        valid_from=TODAY,
        valid_to=TODAY + timedelta(days=9),
    )
    passing.act_on(TODAY)

    with pytest.raises(NotGranted, match="cuối cùng"):
        administering.close_account(user=admin, actor=passing, at=NOW, why="x")
    with pytest.raises(NotGranted, match="cuối cùng"):
        administering.end_role(grant=admin.role_grants.get(), actor=passing, at=NOW, why="x")
    assert User.objects.get(pk=admin.pk).is_active


def test_a_closed_account_is_kept_and_reopened(admin, lan):
    administering.close_account(user=lan, actor=admin, at=NOW, why="nghỉ việc")
    with pytest.raises(NotGranted, match="ngừng hoạt động"):
        give(admin, lan)
    administering.reopen_account(user=lan, actor=admin, at=NOW, why="trở lại")

    lan.refresh_from_db()
    assert lan.is_active
    assert set(told(lan)) == {"cho hoạt động lại", "ngừng hoạt động"}


def test_an_administrator_hands_over_the_role_of_who_is_away_but_not_to_themselves(admin, lan):
    head = make_user(Role.DIVISION_HEAD, username="truong", division=make_division())
    said = {"role": Role.DIVISION_HEAD, "span": (TODAY, TODAY), "actor": admin, "at": NOW, "why": "ốm"}

    grant = administering.delegate_for(absent=head, to=lan, **said)

    assert (grant.delegated_by, grant.user) == (head, lan)
    assert any("nhận ủy quyền" in words for words in told(lan))
    with pytest.raises(NotPermitted, match="chính mình"):
        administering.delegate_for(absent=head, to=admin, **said)


def test_a_correction_says_old_and_new(admin, lan):
    other = make_division(code="VP")

    administering.change_account(user=lan, values={"division": other}, actor=admin, at=NOW, why="điều động")

    assert told(lan) == ["sửa tài khoản (Phòng, đơn vị: Phòng QLCN → Phòng VP)"]


def test_what_an_english_administrator_corrects_stands_in_the_history_in_vietnamese(admin, lan):
    with translation.override("en"):
        said = administering.change_account(
            user=lan, values={"division": make_division(code="VP")}, actor=admin, at=NOW, why="điều động"
        )
        drawn = [str(one) for one in said]

    assert told(lan) == ["sửa tài khoản (Phòng, đơn vị: Phòng QLCN → Phòng VP)"]
    assert drawn == ["Division: Phòng QLCN → Phòng VP"]


def test_unlocking_what_is_not_locked_is_told(admin, lan):
    with pytest.raises(NotGranted, match="không bị tạm khóa"):
        administering.unlock_account(user=lan, actor=admin, at=NOW, why="gọi điện")


@pytest.mark.parametrize("act", ["close_account", "reset_password"])
def test_an_act_without_a_reason_is_refused(admin, lan, act):
    with pytest.raises(NotGranted, match="Ghi lý do"):
        getattr(administering, act)(user=lan, actor=admin, at=NOW, why=" ")


def test_nobody_moves_themselves_to_another_division_which_opens_its_confidential_records(admin, lan):
    values = {"full_name": "Quản trị viên", "division": lan.division}

    with pytest.raises(NotGranted, match="tự chuyển mình sang phòng khác"):
        administering.change_account(user=admin, values=values, actor=admin, at=NOW, why="tiện việc")
    administering.change_account(user=admin, values={"full_name": "An"}, actor=admin, at=NOW, why="sai tên")

    admin.refresh_from_db()
    assert (admin.full_name, admin.division) == ("An", None)


def test_no_link_is_made_for_an_account_that_has_a_password(admin, lan):
    lan.set_password(PASSWORD)
    lan.save()

    with pytest.raises(NotGranted, match="không chờ đặt mật khẩu"):
        administering.make_link(user=lan, actor=admin, at=NOW)
