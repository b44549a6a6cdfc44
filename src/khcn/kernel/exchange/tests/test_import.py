from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.models import ImportRun
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.records.history import history_of
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TODAY, instant, make_division, make_office, make_title, make_user

pytestmark = pytest.mark.django_db

HEAD = "Đối tượng được bảo hộ;Loại văn bằng;Số văn bằng;Ngày cấp;Trạng thái\n"
MARK = "Giấy chứng nhận đăng ký nhãn hiệu"
GOOD = HEAD + f"Nhãn hiệu A;{MARK};4-1;24/9/2021;Đã cấp văn bằng\nNhãn hiệu B;mark;4-2;1/2/2020;granted\n"


def titles():
    return register("protection-title").model.objects


def load(text, *, actor=None, dry_run=False, skip_bad=False, known_from=None, name="mẫu.csv"):
    return import_rows(
        register("protection-title"),
        read_table(text.encode(), name),
        actor=actor,
        on=TODAY,
        dry_run=dry_run,
        skip_bad=skip_bad,
        known_from=known_from,
        office=make_office(),
    )


def test_a_file_becomes_records_that_say_where_they_come_from():
    report = load(GOOD)

    record = titles().get(title_number="4-1")
    assert (report.created, report.finished) == (2, True)
    assert (record.granted_on, record.state, record.provenance) == (date(2021, 9, 24), "granted", "imported")
    assert record.code == "VB-2021-0001"
    assert "mẫu.csv, dòng 2" in record.source_note
    assert history_of(record)[0].label == "nhập từ tệp mẫu.csv"


def test_a_dry_run_says_what_would_happen_and_writes_nothing():
    report = load(GOOD, dry_run=True)

    assert (report.created, titles().count(), ImportRun.objects.count()) == (2, 0, 0)


def test_the_same_file_twice_changes_nothing():
    load(GOOD)

    report = load(GOOD)

    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert titles().count() == 2


def test_a_file_whose_rows_have_no_key_is_still_recognised_the_second_time():
    text = "Đối tượng được bảo hộ;Loại văn bằng\nNhãn hiệu A;mark\n"
    load(text)

    report = load(text)

    assert (report.created, report.unchanged) == (0, 1)


def test_a_known_record_is_updated_by_what_the_file_says_and_keeps_what_it_leaves_empty():
    load(GOOD)

    report = load(HEAD + "Nhãn hiệu A đổi tên;;4-1;;\n".replace(";;4-1", ";mark;4-1"))

    record = titles().get(title_number="4-1")
    assert report.updated == 1
    assert (record.title, record.granted_on) == ("Nhãn hiệu A đổi tên", date(2021, 9, 24))


def test_every_bad_cell_is_named_by_row_column_and_reason():
    bad = "Nhãn hiệu C;bằng lái xe;4-3;31/2/2021;\n;mark;4-4;ngày mai;\n"

    report = load(GOOD + bad, dry_run=True)

    assert [(found.row, found.column) for found in report.bad] == [
        (4, "Loại văn bằng"),
        (4, "Ngày cấp"),
        (5, "Đối tượng được bảo hộ"),
        (5, "Ngày cấp"),
    ]
    assert "31/2/2021" in report.bad[1].reason


def test_nothing_is_written_while_one_row_is_bad():
    report = load(GOOD + "Nhãn hiệu C;sai;4-3;;\n")

    assert (report.finished, report.bad_rows, titles().count()) == (False, 1, 0)
    assert "Chưa nhập gì" in report.sentence()


def test_good_rows_are_written_when_bad_ones_may_be_left_out():
    report = load(GOOD + "Nhãn hiệu C;sai;4-3;;\n", skip_bad=True)

    assert (report.finished, report.created, report.bad_rows) == (True, 2, 1)


def test_a_row_the_database_refuses_is_named_and_the_others_are_kept():
    report = load(GOOD + "Nhãn hiệu C;mark;4-3;;granted\n", skip_bad=True)

    assert report.created == 2
    assert [(found.row, "Ngày cấp" in found.reason) for found in report.bad] == [(4, True)]


def test_two_rows_of_one_file_about_one_record_are_a_mistake():
    report = load(GOOD + "Nhãn hiệu A lần hai;mark;4-1;;\n", dry_run=True)

    assert [(found.row, found.reason) for found in report.bad] == [(4, "trùng với dòng 2 của chính tệp này")]


def test_an_import_does_not_move_the_state_of_a_known_record():
    load(GOOD)

    report = load(HEAD + "Nhãn hiệu A;mark;4-1;24/9/2021;Hết hiệu lực\n")

    assert "trạng thái chỉ đổi qua một bước" in report.bad[0].reason
    assert titles().get(title_number="4-1").state == "granted"


def test_legacy_data_is_known_from_the_declared_instant():
    then = instant(date(2020, 1, 1))

    load(GOOD, known_from=then)

    assert titles().as_of(then).count() == 2


def test_codes_that_came_with_a_file_are_not_given_again():
    load("Mã hồ sơ;" + HEAD + "VB-2021-0007;Nhãn hiệu A;mark;4-1;;\n")

    assert make_title().code == "VB-2021-0008"


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.SPECIALIST, True),  # enters records one by one as well
        (Role.ADMINISTRATOR, True),  # brings the data of a whole office
        (Role.CLERK, False),  # the register says who may enter
        (Role.PROVINCIAL_LEADER, False),  # reads only
    ],
)
def test_who_may_enter_may_import(role, allowed):
    actor = make_user(role)

    try:
        load(GOOD, actor=actor, dry_run=True)
        done = True
    except NotPermitted:
        done = False

    assert done is allowed


def test_records_of_another_division_are_not_overwritten():
    make_title("Nhãn hiệu A", title_number="4-1", division=make_division(code="KHAC"))
    actor = make_user(Role.SPECIALIST, division=make_division())

    report = load(HEAD + "Nhãn hiệu A mới;mark;4-1;;\n", actor=actor)

    assert "phòng khác" in report.bad[0].reason
