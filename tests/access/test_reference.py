"""The generated page of permissions is that of the code as it stands."""

from __future__ import annotations

from pathlib import Path

from khcn.config.reference import PERMISSIONS, permissions_text
from khcn.kernel.access.roles import STAFF_ROLES, Role
from khcn.kernel.pages.permission_tables import Asker, register_rights

ROOT = Path(__file__).parents[2]


def test_the_reference_of_permissions_is_fresh():
    assert (ROOT / PERMISSIONS).read_text(encoding="utf-8") == permissions_text(), "chạy: khcn reference permissions"


def test_who_asks_is_staff_exactly_where_the_roles_say():
    assert {role for role in Role if Asker(role).is_office_staff} == STAFF_ROLES


def test_a_right_that_rests_on_the_division_says_so():
    titles = next(one for one in register_rights() if one.label == "Văn bằng bảo hộ")

    assert (
        dict(titles.acts)["Sửa thông tin"]
        == "Chuyên viên (phòng phụ trách), Lãnh đạo phòng (phòng phụ trách), Lãnh đạo Sở"
    )
