"""An import neither changes nor tells of what the importing person may not know."""

from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.exchange.refusing import conflict_of
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TODAY, make_division, make_office, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

TITLES = "Mã hồ sơ;Đối tượng được bảo hộ;Loại văn bằng;Số văn bằng\n"
ORGANISATIONS = "Mã hồ sơ;Tên tổ chức;Phạm vi\n"


def titles():
    return register("protection-title").model.objects


def load(text, actor, *, head=TITLES, key="protection-title", dry_run=False):
    table = read_table(f"{head}{text}".encode(), "a.csv")
    return import_rows(
        register(key), table, actor=actor, on=TODAY, dry_run=dry_run, skip_bad=False, office=make_office()
    )


def reasons(report):
    return [found.reason for found in report.bad]


@pytest.fixture
def specialist():
    return make_user(Role.SPECIALIST, division=make_division())


@pytest.fixture
def hidden():
    return make_title(
        "Kín",
        title_number="4-9",
        confidentiality=Confidentiality.CONFIDENTIAL,
        division=make_division(code="KHAC"),
    )


def make_organisation(**values):
    record = register("organisation").model(office=make_office(), title="HTX Chè", state="active", **values)
    with recording(actor=None, verb="make", label="lập", on=TODAY):
        record.save()
    return record


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_code_of_a_hidden_record_reads_like_one_that_belongs_to_nobody(specialist, hidden, dry_run):
    of_hidden = load(f"{hidden.code};Đổi tên;mark;\n", specialist, dry_run=dry_run)
    of_nobody = load("VB-1999-0001;Đổi tên;mark;\n", specialist, dry_run=dry_run)

    hidden.refresh_from_db()
    assert hidden.title == "Kín"
    assert reasons(of_hidden)[0].replace(hidden.code, "VB-1999-0001") == reasons(of_nobody)[0]
    assert (of_hidden.updated, of_hidden.unchanged, of_hidden.created) == (0, 0, 0)


def test_a_hidden_record_is_not_published_by_naming_its_code(specialist):
    record = make_organisation(confidentiality=Confidentiality.CONFIDENTIAL, division=make_division(code="KHAC"))

    report = load(f"{record.code};HTX Chè;Công khai\n", specialist, head=ORGANISATIONS, key="organisation")

    record.refresh_from_db()
    assert record.confidentiality == Confidentiality.CONFIDENTIAL
    assert "không có hồ sơ mã" in reasons(report)[0]


def test_a_number_that_a_hidden_record_bears_is_refused_without_telling_of_it(specialist, hidden):
    report = load(";Nhãn hiệu khác;mark;4-9\n", specialist)

    assert "không ghi được vào sổ" in reasons(report)[0]
    assert not any(word in reasons(report)[0] for word in ("trùng", "Số văn bằng", hidden.code, "Kín"))


def test_a_number_that_a_visible_record_bears_is_told_with_its_code(specialist):
    there = make_title("Miến", title_number="4-9")
    twin = titles().model(office=there.office, title="Khác", kind="mark", state="filed", title_number="4-9")

    assert conflict_of(twin, titles().visible_to(specialist)) == (
        f"trùng «Loại văn bằng», «Số văn bằng» với hồ sơ {there.code}"
    )


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_administrator_learns_of_a_hidden_record_no_more_than_that_a_row_cannot_be_written(hidden, dry_run):
    report = load(
        f"{hidden.code};Đổi tên;mark;\n;Nhãn hiệu khác;mark;4-9\n", make_user(Role.ADMINISTRATOR), dry_run=dry_run
    )

    hidden.refresh_from_db()
    assert hidden.title == "Kín"
    assert [found.row for found in report.bad] == [2, 3]
    assert all("không ghi được vào sổ" in reason for reason in reasons(report))
    assert not any(
        word in reason for word in ("trùng", "Số văn bằng", hidden.code, "Kín") for reason in reasons(report)
    )


def test_what_an_administrator_brings_in_as_confidential_is_written_and_then_theirs_no_more():
    administrator = make_user(Role.ADMINISTRATOR)

    report = load(
        "TC-2014-0001;HTX Chè;Hạn chế: đơn vị phụ trách và lãnh đạo\n",
        administrator,
        head=ORGANISATIONS,
        key="organisation",
    )

    rows = register("organisation").model.objects
    assert (report.created, report.bad) == (1, [])
    assert not rows.visible_to(administrator).exists()
    assert rows.visible_to(make_user(Role.DIRECTOR)).get().code == "TC-2014-0001"


def test_those_who_bring_data_for_the_whole_office_bring_codes_along():
    for role, code in ((Role.DIRECTOR, "DA-2014-03"), (Role.ADMINISTRATOR, "DA-2014-04")):
        load(f"{code};Nhãn hiệu {code};mark;\n", make_user(role))

    assert list(titles().order_by("code").values_list("code", flat=True)) == ["DA-2014-03", "DA-2014-04"]


@pytest.mark.parametrize("code", ["DA-2014/03", "..", "nhap", "VB-2021-9999999999", "mã cũ 1"])
def test_a_code_that_would_break_addresses_is_refused_by_row_and_column(code):
    report = load(f"{code};Nhãn hiệu A;mark;\n", None)

    assert [(found.row, found.column) for found in report.bad] == [(2, "Mã hồ sơ")]
    assert "để trống để sổ tự cấp mã" in reasons(report)[0]
    assert not titles().exists()


def test_a_record_keeps_its_code_whatever_the_file_says():
    record = make_title("Nhãn hiệu A", title_number="4-1")

    report = load("VB-2021-0099;Nhãn hiệu A;mark;4-1\n", None)

    record.refresh_from_db()
    assert record.code == "VB-2021-0001"
    assert "với mã VB-2021-0001 và mã không đổi được" in reasons(report)[0]


@pytest.mark.parametrize(
    ("roles", "home", "allowed"),
    [
        ((Role.SPECIALIST,), "QLCN", False),  # keeps the record, does not say who knows of it
        ((Role.DIVISION_HEAD,), "QLCN", True),  # head of the division in charge
        ((Role.DIVISION_HEAD,), "KHAC", False),  # head of another division
        ((Role.DIRECTOR,), None, True),
        ((Role.ADMINISTRATOR,), None, True),
    ],
)
def test_who_may_change_who_knows_of_a_record(roles, home, allowed):
    record = make_organisation(division=make_division())
    actor = make_user(*roles, username="ai", division=make_division(code=home) if home else None)

    report = load(f"{record.code};HTX Chè;Công khai\n", actor, head=ORGANISATIONS, key="organisation")

    record.refresh_from_db()
    assert (record.confidentiality == Confidentiality.PUBLIC) is allowed
    assert bool(report.bad) is not allowed


def test_a_record_of_no_division_is_changed_by_whom_its_register_lets(specialist):
    record = make_organisation()

    load(f"{record.code};HTX Chè Tân Cương;\n", specialist, head=ORGANISATIONS, key="organisation")

    record.refresh_from_db()
    assert record.title == "HTX Chè Tân Cương"


def test_a_withdrawn_record_is_not_changed_and_the_reason_is_told():
    record = make_title("Nhãn hiệu A", title_number="4-1")
    with recording(actor=None, verb="withdraw", label="thu hồi", on=TODAY):
        record.withdrawn_on, record.withdrawal_reason = date(2021, 9, 23), "nhập trùng"
        record.save()

    report = load(f"{record.code};Nhãn hiệu B;mark;4-1\n", None)

    record.refresh_from_db()
    assert record.title == "Nhãn hiệu A"
    assert "đã thu hồi ngày 23/9/2021 (nhập trùng)" in reasons(report)[0]
