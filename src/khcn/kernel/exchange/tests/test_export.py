from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.commands import run_export, run_import
from khcn.kernel.exchange.exporting import UnknownFormat, export_rows
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.exchange.values import shown_columns, text_of
from khcn.kernel.identity.models import Office
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TODAY, instant, make_granted_title, make_office, make_title, make_user

pytestmark = pytest.mark.django_db

TITLES = "protection-title"


def exported(file_format, rows=None):
    found = register(TITLES)
    rows = found.model.objects.order_by("pk") if rows is None else rows
    return b"".join(export_rows(found, rows, shown_columns(found), file_format))


@pytest.fixture
def two_titles():
    actor = make_user(Role.SPECIALIST)
    make_granted_title("=2+3", number="4-1", granted_on=date(2021, 9, 24), actor=actor)
    make_title("Nhãn hiệu B")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_file_shows_words_and_days_and_runs_no_formula(two_titles, file_format):
    table = read_table(exported(file_format), f"a.{file_format}")

    assert table.rows[0][:3] == ("Mã hồ sơ", "Đối tượng được bảo hộ", "Loại văn bằng")
    assert table.rows[1][1] == "'=2+3"
    assert table.rows[1][2] == "Giấy chứng nhận đăng ký nhãn hiệu"
    assert table.rows[1][4] in ("24/9/2021", date(2021, 9, 24))


def test_texts_are_written_as_they_stand_empty_ones_as_nothing_formulas_as_texts():
    for number in ("=1+1", "-5", "4-17", ""):
        make_title("Chè", title_number=number)

    found = register(TITLES)
    pieces = export_rows(found, found.model.objects.order_by("pk"), [found.column("title_number")], "csv")

    assert b"".join(pieces).decode("utf-8-sig").splitlines()[1:] == ["'=1+1", "'-5", "4-17", '""']


def test_json_names_the_columns_and_writes_days_as_machines_do(two_titles):
    found = json.loads(exported("json"))

    assert found["register"] == TITLES
    assert found["rows"][0]["title"] == "=2+3"
    assert found["rows"][0]["granted_on"] == "2021-09-24"


def test_an_unknown_format_is_refused():
    with pytest.raises(UnknownFormat, match="csv, xlsx, json"):
        exported("pdf")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_what_was_exported_can_be_imported_into_another_office(two_titles, file_format):
    data = exported(file_format)
    other = make_office("PT")

    report = import_rows(
        register(TITLES),
        read_table(data, f"a.{file_format}"),
        actor=None,
        on=TODAY,
        dry_run=False,
        skip_bad=False,
        office=other,
    )

    assert (report.created, report.bad) == (2, [])
    assert list(register(TITLES).model.objects.of_office(other).order_by("code").values_list("code", "title")) == [
        ("VB-2021-0001", "=2+3"),
        ("VB-2021-0002", "Nhãn hiệu B"),
    ]


def test_an_export_as_of_an_instant_speaks_of_then():
    record = make_title("Tên cũ", known_from=instant(date(2021, 1, 1)))
    record.title = "Tên mới"
    with recording(actor=None, verb="edit", label="sửa"):
        record.save()

    rows = register(TITLES).model.objects.as_of(instant(date(2021, 6, 1))).order_by("pk")

    assert "Tên cũ" in exported("csv", rows).decode()


def test_the_number_of_queries_of_an_export_does_not_grow(django_assert_num_queries):
    make_title("A")
    with django_assert_num_queries(3):
        exported("csv")
    for name in "BCDE":
        make_title(name)

    with django_assert_num_queries(3):
        exported("csv")


def test_the_command_exports_to_a_file_and_imports_it_back(tmp_path, capsys):
    make_office()
    make_title("Nhãn hiệu A")
    file = tmp_path / "a.csv"

    codes = [run_export([TITLES, "--out", str(file)]), run_import([TITLES, str(file), "--json"])]

    report = json.loads(capsys.readouterr().out)
    assert codes == [0, 0]
    assert (report["unchanged"], report["bad"]) == (1, [])


@pytest.mark.parametrize(
    "arguments",
    [
        ["khong-co-so-nay", "a.csv"],  # no such register
        [TITLES, "khong-co-tep.csv"],  # no such file
        [TITLES],  # no file named
        [TITLES, "a.csv", "--as", "khong-ai"],  # no such person
    ],
)
def test_a_command_that_cannot_be_done_ends_with_one_and_a_message(arguments, capsys):
    make_office()

    code = run_import(arguments)

    assert code == 1
    assert capsys.readouterr().err


def test_bad_rows_end_the_command_with_one(tmp_path, capsys):
    make_office()
    file = tmp_path / "a.csv"
    file.write_text("Đối tượng được bảo hộ;Loại văn bằng\nA;sai\n", encoding="utf-8")

    code = run_import([TITLES, str(file)])

    assert code == 1
    assert "Dòng 2, cột «Loại văn bằng»" in capsys.readouterr().err


def test_an_export_without_an_office_says_what_to_do(capsys):
    Office.objects.all().delete()

    assert run_export([TITLES]) == 1
    assert "khcn demo" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("as_of", "title"),
    [
        ("2021-06-01", "Tên cũ"),
        ("2021-09-01T00:00:00+07:00", "Tên mới"),
    ],
)
def test_the_command_exports_what_was_known_at_an_instant(tmp_path, as_of, title):
    record = make_title("Tên cũ", known_from=instant(date(2021, 1, 1)))
    record.title = "Tên mới"
    with recording(actor=None, verb="edit", label="sửa", known_from=instant(date(2021, 8, 1))):
        record.save()
    file = tmp_path / "a.json"

    code = run_export([TITLES, "--format", "json", "--as-of", as_of, "--out", str(file)])

    assert code == 0
    assert [row["title"] for row in json.loads(file.read_text(encoding="utf-8"))["rows"]] == [title]


def test_the_command_may_speak_for_a_person_who_knows_less(capfdbinary, tmp_path):
    make_title("Nội bộ")
    make_title("Công khai", confidentiality="public")
    make_user(Role.ASSIGNED_AGENCY, username="ngoai")
    file = tmp_path / "a.csv"

    run_export([TITLES, "--as", "ngoai", "--out", str(file), "--as-of", "2100-01-01"])

    text = file.read_text(encoding="utf-8-sig")
    assert "Công khai" in text
    assert "Nội bộ" not in text


def test_an_instant_that_cannot_be_understood_ends_the_command(capsys):
    make_office()

    assert run_export([TITLES, "--as-of", "hôm kia"]) == 1
    assert "Không hiểu thời điểm" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "1066-10-14"])
def test_an_instant_out_of_reach_ends_every_command_with_one_and_a_sentence(text, tmp_path, capsys):
    make_office()
    file = tmp_path / "a.csv"
    file.write_text("Đối tượng được bảo hộ;Loại văn bằng\nA;mark\n", encoding="utf-8")

    codes = [run_export([TITLES, "--as-of", text]), run_import([TITLES, str(file), "--known-from", text])]

    assert codes == [1, 1]
    assert capsys.readouterr().err.count("nằm ngoài các năm 1900–9000") == 2


def test_data_known_from_the_future_ends_the_import_with_one(tmp_path, capsys):
    make_office()
    file = tmp_path / "a.csv"
    file.write_text("Đối tượng được bảo hộ;Loại văn bằng\nA;mark\n", encoding="utf-8")

    assert run_import([TITLES, str(file), "--known-from", "2999-01-01"]) == 1
    assert "chưa tới" in capsys.readouterr().err


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(9999, 12, 31)])
def test_no_day_breaks_a_file_in_its_middle(file_format, day):
    make_title("Cũ", filed_on=day)
    found = register(TITLES)

    data = b"".join(export_rows(found, found.model.objects.all(), [found.column("filed_on")], file_format))

    assert str(day.year) in (data.decode() if file_format != "xlsx" else str(read_table(data, "a.xlsx").rows[1][0]))


@pytest.mark.parametrize("value", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)])
def test_an_instant_at_the_end_of_the_calendar_is_shown_as_it_stands(value):
    assert str(value.year) in text_of(value)


class Unanswerable:
    """A query that the database will not answer."""

    def values_list(self, *_names, **_flags):
        raise OverflowError("date value out of range")


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
def test_what_cannot_be_asked_of_the_database_fails_before_the_first_piece(file_format):
    found = register(TITLES)

    with pytest.raises(OverflowError):
        export_rows(found, Unanswerable(), shown_columns(found), file_format)


def test_help_is_not_a_failure(capsys):
    assert run_export(["--help"]) == 0
    assert "khcn export" in capsys.readouterr().out


def test_bytes_go_to_the_standard_output_when_no_file_is_named(capfdbinary):
    make_title("Nhãn hiệu A")

    run_export([TITLES, "--all-columns"])

    assert "Nhãn hiệu A" in capfdbinary.readouterr().out.decode("utf-8-sig")
