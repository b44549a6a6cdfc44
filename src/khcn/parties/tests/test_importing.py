from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import make_user
from khcn.parties.models import Organisation, Person

pytestmark = pytest.mark.django_db

DAY = date(2021, 9, 24)
PEOPLE = "Họ và tên;Học hàm, học vị\nTrần Văn Đạt;TS.\nLê Thị Thuý Ánh;\n"
ORGANISATIONS = "Tên tổ chức;Loại;Trạng thái\nSở mẫu;Cơ quan nhà nước;Đã chấm dứt\nViện mẫu;research;\n"


@pytest.fixture
def clerk():
    return make_user(Role.CLERK)


def load(key, text, clerk):
    table = read_table(text.encode(), "mau.csv")
    return import_rows(register(key), table, actor=clerk, on=DAY, dry_run=False, skip_bad=False)


def test_imported_people_are_sorted_and_found_like_those_typed_in(clerk):
    load("person", PEOPLE, clerk)

    assert [person.title for person in Person.objects.in_list_order()] == ["Lê Thị Thuý Ánh", "Trần Văn Đạt"]
    assert Person.objects.named("thúy").get().title == "Lê Thị Thuý Ánh"


def test_imported_organisations_may_have_ended_already(clerk):
    load("organisation", ORGANISATIONS, clerk)

    states = dict(Organisation.objects.values_list("title", "state"))
    assert states == {"Sở mẫu": "ended", "Viện mẫu": "active"}


@pytest.mark.parametrize(("key", "text"), [("person", PEOPLE), ("organisation", ORGANISATIONS)])
def test_the_same_list_twice_changes_nothing(clerk, key, text):
    load(key, text, clerk)

    assert (load(key, text, clerk).created, load(key, text, clerk).updated) == (0, 0)
