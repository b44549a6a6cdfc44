"""The page of permissions asks the decisions as people would."""

from __future__ import annotations

from khcn.kernel.access.roles import STAFF_ROLES, Role
from khcn.kernel.pages.permission_tables import Asker, register_rights


def test_who_asks_is_staff_exactly_where_the_roles_say():
    assert {role for role in Role if Asker(role).is_office_staff} == STAFF_ROLES


def test_a_right_that_rests_on_the_division_says_so():
    titles = next(one for one in register_rights() if one.label == "Văn bằng bảo hộ")

    assert (
        dict(titles.acts)["Sửa thông tin"]
        == "Chuyên viên (phòng phụ trách), Lãnh đạo phòng (phòng phụ trách), Lãnh đạo Sở"
    )
