from __future__ import annotations

import pytest

from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import make_office, make_user
from khcn.parties.models import Equipment, Laboratory, ScienceSpending, ScienceStaffing, ScientistProfile
from khcn.parties.tests.factories import make_organisation, make_person
from khcn.parties.tests.science_factories import DAY, ORCID, make_rules

pytestmark = pytest.mark.django_db

PROFILES = (
    "Họ và tên;Học vị;Mã lĩnh vực;ORCID;Giới tính;Quốc tịch, dân tộc;Cập nhật đến ngày;Nơi công tác\n"
    f"Tô Văn Hạ;Tiến sĩ;104;{ORCID};Nam;Người nước ngoài;1/9/2021;Viện mẫu\n"
    "Lê Thị An;ThS;;;Nữ;;1/8/2021;\n"
)
LABORATORIES = "Tên phòng thí nghiệm;Tổ chức chủ quản;Mã lĩnh vực\nPhòng hoá;Viện mẫu;104\n"
EQUIPMENT = (
    "Tên thiết bị;Model;Tổ chức sở hữu;Nguyên giá;Dùng chung;Năm sản xuất\n"
    "Máy sắc ký;X-1;Viện mẫu;1.250.000.000;Có;2018\nKính hiển vi;K-2;Viện mẫu;;;\n"
)
STAFFING = (
    "Tổ chức báo cáo;Năm báo cáo;Tổng số người;Trong đó nữ;Người Việt Nam, dân tộc Kinh;Khoa học tự nhiên\n"
    "Viện mẫu;2020;12;5;12;12\n"
)
SPENDING = (
    "Tổ chức báo cáo;Năm báo cáo;Mục chi;Nguồn kinh phí;Số tiền, triệu đồng\n"
    "Viện mẫu;2020;2.2;NSDP;1.250,5\nViện mẫu;2020;Chi hợp tác quốc tế;Nước ngoài;40\n"
)
SHEETS = {
    "scientist": (PROFILES, ScientistProfile, 2),
    "laboratory": (LABORATORIES, Laboratory, 1),
    "equipment": (EQUIPMENT, Equipment, 2),
    "science-staffing": (STAFFING, ScienceStaffing, 1),
    "science-spending": (SPENDING, ScienceSpending, 2),
}


@pytest.fixture
def clerk():
    make_rules()
    clerk = make_user(Role.CLERK)
    make_organisation("Viện mẫu", actor=clerk)
    for name in ("Tô Văn Hạ", "Lê Thị An"):
        make_person(name, actor=clerk)
    return clerk


def load(key, text, actor, **options):
    table = read_table(text.encode(), "mau.csv")
    said = {"dry_run": False, "skip_bad": False, **options}
    return import_rows(register(key), table, actor=actor, on=DAY, **said)


@pytest.mark.parametrize("key", SHEETS)
def test_a_sheet_enters_its_rows_once_however_often_it_is_read(clerk, key):
    text, model, rows = SHEETS[key]

    first, again = load(key, text, clerk), load(key, text, clerk)

    assert (first.created, first.bad) == (rows, [])
    assert (again.created, again.updated) == (0, 0)
    assert set(model.objects.values_list("provenance", flat=True)) == {"imported"}


@pytest.mark.parametrize("key", SHEETS)
def test_the_system_itself_imports_too(clerk, key):
    text, _model, rows = SHEETS[key]

    assert load(key, text, None, office=make_office()).created == rows


def test_an_imported_cv_is_as_one_typed_in(clerk):
    load("scientist", PROFILES, clerk)

    profile = ScientistProfile.objects.get(title="Tô Văn Hạ")
    assert (profile.qualification, profile.field.code, profile.orcid) == ("TS", "104", ORCID)
    assert (profile.private.sex, profile.private.origin) == ("nam", "nuoc-ngoai")
    assert profile.organisation.title == "Viện mẫu"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (";104;", ";999;", "không có trong bảng phân loại áp dụng ngày 1/9/2021"),
        (ORCID, "0000-0002-1825-0098", "sai ký tự kiểm tra"),
        (ORCID, f"https://orcid.org/{ORCID}", f"thành {ORCID}"),
        (";Nam;", ";Đàn ông;", "không có trong danh sách: Nữ; Nam"),
        ("1/9/2021", "25/9/2021", "chưa đến"),
    ],
)
def test_a_row_that_cannot_be_is_left_out_with_the_reason(clerk, old, new, reason):
    report = load("scientist", PROFILES.replace(old, new), clerk, skip_bad=True)

    assert report.created == 1
    assert [reason in one.reason for one in report.bad] == [True]


def test_money_counted_twice_is_refused_in_a_sheet_too(clerk):
    report = load("science-spending", SPENDING.replace("Chi hợp tác quốc tế", "2"), clerk, skip_bad=True)

    assert (report.created, ["Chỉ ghi mục gộp" in one.reason for one in report.bad]) == (1, [True])


def test_a_sheet_corrects_what_it_says_otherwise(clerk):
    load("equipment", EQUIPMENT, clerk)
    administrator = make_user(Role.ADMINISTRATOR)

    report = load("equipment", EQUIPMENT.replace("1.250.000.000", "1.300.000.000"), administrator)

    assert report.updated == 1
    assert Equipment.objects.get(model="X-1").cost_vnd == 1_300_000_000


def test_a_year_that_is_none_is_refused_in_vietnamese(clerk):
    report = load("equipment", EQUIPMENT.replace("2018", "218"), clerk, skip_bad=True)

    assert ["Năm «218» không đúng" in one.reason for one in report.bad] == [True]
