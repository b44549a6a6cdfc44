"""What is known of files of codes: how they are read, who may bring them, what stays in history."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
import xlsxwriter

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.schemes import scheme_to_import
from khcn.kernel.classifications.services import ClassesRefused
from khcn.kernel.exchange.class_commands import run_import_classes
from khcn.kernel.exchange.class_imports import NoFirstDay, Stated, import_classes, preview_classes
from khcn.kernel.exchange.class_sheets import ClassHeadingsNotFound, Defaults, read_classes
from khcn.kernel.exchange.models import ClassImport
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.records.changes import Change
from khcn.kernel.tests.factories import TODAY, make_user

NEW, OLD = scheme_to_import("research-field-2025"), scheme_to_import("research-field-2008")
FIRST = date(2025, 12, 15)
GOOD = "Phụ lục;;\nMã;Tên;Tên tiếng Anh\n1;Khoa học tự nhiên;Natural sciences\n\n101;Toán học;\n1.0;;\n"
FILE = "Mã;Tên\n1;Khoa học tự nhiên\n101;Toán học\n10101;Đại số\n1010101;Đại số tuyến tính\n"


def table(text, name="mã.csv"):
    return read_table(text if isinstance(text, bytes) else text.encode(), name)


def read(text, defaults=None, scheme=NEW):
    return read_classes(table(text), scheme, defaults or Defaults(FIRST))


def test_rows_are_read_below_the_line_of_headings_and_empty_lines_skipped():
    sheet = read(GOOD.replace("1.0;;\n", ""))

    assert [(one.row, one.code, one.name, one.name_en) for one in sheet.stated] == [
        (3, "1", "Khoa học tự nhiên", "Natural sciences"),
        (5, "101", "Toán học", ""),
    ]
    assert sheet.faults == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (";Toán", "Dòng 2, cột «Mã»: chưa có mã. Ghi mã, hoặc bỏ dòng này."),
        ("1A;Toán", "Dòng 2, cột «Mã»: «1A» không chỉ gồm chữ số. Chỉ ghi chữ số, bỏ dấu chấm"),
        ("12;Toán", "mã «12» có 2 chữ số. Mã của bảng này có 1, 3, 5, 7 chữ số tùy cấp"),
        ("101;", "Dòng 2, cột «Tên»: mã «101» chưa có tên. Ghi tên theo văn bản."),
        (f"101;{'x' * 301}", "cột «Tên»: dài 301 ký tự, quá 300"),
        ("101;Toán;;2", "cột «Mã cấp trên»: «2» không phải mã cấp trên của «101». Theo chữ số, mã cấp trên là «1»"),
        ("1;Toán;;2", "Mã cấp 1 không có cấp trên: để trống"),
        ("101;Toán;3", "cột «Cấp»: ghi cấp 3, nhưng mã «101» có số chữ số của cấp 2"),
        ("101;Toán;;;;31/12", "cột «Hiệu lực từ»: «31/12» không phải là ngày đủ năm"),
        ("101;Toán;;;1/1/2020;1/1/2021", "ngày kết thúc 01/01/2020 trước ngày bắt đầu 01/01/2021"),
        ("101;Toán;;;;;chắc", "cột «Độ tin cậy»: không hiểu «chắc». Ghi một trong: Chưa đối chiếu văn bản, "),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_row_column_reason_and_cure(row, words):
    head = "Mã;Tên;Cấp;Mã cấp trên;Đến hết ngày;Hiệu lực từ;Độ tin cậy\n"
    sheet = read(f"{head}{row};;\n9;Đúng;1;;;;secondary\n")

    assert [fault.row for fault in sheet.faults] == [2]
    assert words in sheet.faults[0].sentence()
    assert sheet.stated[-1].confidence == "secondary"


def test_rows_say_their_own_and_the_rest_holds_for_those_that_do_not():
    head = "Mã;Tên;Căn cứ;Độ tin cậy;Hiệu lực từ\n"
    own, other = read(
        f"{head}1;A;TT khác;Đã đối chiếu văn bản;1/1/2026\n2;B;;;\n", Defaults(FIRST, "TT 24", "unchecked")
    ).stated

    assert (own.legal_basis, own.confidence, own.valid_from) == ("TT khác", "verified", date(2026, 1, 1))
    assert (other.legal_basis, other.confidence, other.valid_from) == ("TT 24", "unchecked", FIRST)


def test_codes_of_the_list_of_2008_end_with_it():
    (one,) = read("Mã;Tên\n10101;Đại số\n", Defaults(), OLD).stated

    assert (one.valid_from, one.valid_to) == (None, date(2025, 12, 14))


def test_a_sheet_without_names_of_codes_says_which_headings_are_wanted():
    with pytest.raises(ClassHeadingsNotFound, match=r"thiếu cột «Tên».*có thể thêm: Tên tiếng Anh, Mã cấp trên"):
        read("Mã;Ghi chú\n1;A\n")


def test_old_fonts_and_workbooks_are_read_too():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    for place, row in enumerate([("Mã", "Tên"), (1, "Khoa học tự nhiên"), (101.0, "Toán học")]):
        sheet.write_row(place, 0, row)
    book.close()
    old = "Mã;Tên\n1;Khoa học tự nhiên và kỹ thuật, ngành của nước ta\n".encode("utf-16")

    assert [one.code for one in read_classes(table(file.getvalue(), "mã.xlsx"), NEW, Defaults()).stated] == ["1", "101"]
    assert read_classes(table(old), NEW, Defaults()).stated[0].name.startswith("Khoa học tự nhiên và kỹ thuật")


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_brings_codes(role):
    with pytest.raises(NotPermitted, match="Chỉ quản trị hệ thống"):
        import_classes(table=table(FILE), said=Stated(NEW), actor=make_user(role), on=TODAY)


@pytest.mark.django_db
def test_codes_keep_what_the_officer_said_and_history_keeps_the_file():
    actor = make_user(Role.ADMINISTRATOR)
    said = Stated(NEW, legal_basis="TT 24/2025/TT-BKHCN, phụ lục", confidence="secondary")

    seen = preview_classes(table=table(FILE), said=said, actor=actor)
    assert not Classification.objects.exists()
    done = import_classes(table=table(FILE), said=said, actor=actor, on=TODAY)
    again = import_classes(table=table(FILE), said=said, actor=actor, on=TODAY)

    assert (len(seen.added), len(done.added), again.unchanged) == (4, 4, 4)
    assert set(Classification.objects.values_list("confidence", "legal_basis", "valid_from")) == {
        ("secondary", "TT 24/2025/TT-BKHCN, phụ lục", FIRST)
    }
    kept = ClassImport.objects.get()
    assert (kept.added, kept.name, kept.confidence) == (4, "mã.csv", "secondary")
    change = Change.objects.get(verb="import-classes")
    assert (change.actor, change.verb_label) == (
        actor,
        "nhập bảng «Lĩnh vực nghiên cứu, bảng năm 2025» từ tệp mã.csv",
    )


@pytest.mark.django_db
def test_a_file_with_a_bad_row_changes_nothing_and_all_its_faults_are_told():
    bad = f"{FILE}20;Sai\n30101;Không có cấp trên\n"

    with pytest.raises(ClassesRefused) as refusal:
        import_classes(table=table(bad), said=Stated(NEW), actor=None, on=TODAY)

    assert [fault.row for fault in refusal.value.faults] == [6, 7]
    assert not Classification.objects.exists()


def test_a_whole_list_needs_the_day_from_which_it_is_whole():
    with pytest.raises(NoFirstDay, match="bảng năm 2008"):
        _ = Stated(OLD, is_whole=True).whole_since

    assert Stated(NEW, is_whole=True).whole_since == FIRST
    assert Stated(NEW).whole_since is None


@pytest.fixture
def command(tmp_path, capsys):
    """Run the command over a table; returns its code, what it said and what it complained of."""

    def run(text, *options, scheme=NEW.key):
        file = tmp_path / "mã.csv"
        file.write_text(text, encoding="utf-8")
        code = run_import_classes([str(file), "--scheme", scheme, *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.django_db
def test_the_command_shows_first_then_writes(command):
    shown = command(FILE, "--dry-run")
    assert (shown[0], Classification.objects.count()) == (0, 0)
    assert shown[1].startswith("Xem trước, chưa ghi gì. Thêm 4 mã, sửa 0, kết thúc 0, giữ nguyên 0.\n  1 · Khoa học")
    assert "Cấp 1 sẽ có 1 mã" in shown[2]

    done = command(FILE, "--valid-from", "15/12/2025", "--basis", "TT 24", "--confidence", "verified", "--json")
    said = json.loads(done[1])
    assert (done[0], said["written"], len(said["added"])) == (0, True, 4)
    assert said["added"][0] == {
        "code": "1",
        "name": "Khoa học tự nhiên",
        "valid_from": "2025-12-15",
        "valid_to": None,
    }
    assert Classification.objects.filter(confidence="verified", legal_basis="TT 24").count() == 4
    assert "Đã ghi. Thêm 0 mã" in command(FILE)[1]


@pytest.mark.django_db
def test_the_command_lists_a_bounded_number_of_changes_and_of_faults(command):
    rows = "".join(f"1{number:02};Ngành {number}\n" for number in range(60))

    shown, bad = command(f"Mã;Tên\n1;A\n{rows}", "--dry-run"), command(f"Mã;Tên\n{rows}", "--dry-run")

    assert "… và 41 mã khác" in shown[1]
    assert (bad[0], "Chưa nhập gì: 60 chỗ sai" in bad[1], "… và 10 chỗ sai khác" in bad[2]) == (1, True, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "scheme", "words"),
    [
        ((), "bang-la", "Không có bảng phân loại «bang-la»"),
        (("--as", "khong-ai"), NEW.key, "Không có người dùng «khong-ai»"),
        (("--valid-from", "hôm nào"), NEW.key, "Không hiểu ngày «hôm nào»"),
        (("--whole",), OLD.key, "không có ngày bắt đầu"),
    ],
)
def test_the_command_says_what_it_cannot_do(command, options, scheme, words):
    code, _out, err = command(FILE, *options, scheme=scheme)

    assert (code, words in err) == (1, True)


@pytest.mark.django_db
def test_the_command_may_act_for_a_person_and_tells_of_a_missing_file(command, capsys):
    actor = make_user(Role.ADMINISTRATOR)

    assert command(FILE, "--as", actor.username)[0] == 0
    assert ClassImport.Version._base_manager.get().change.actor == actor
    assert run_import_classes(["không-có.csv", "--scheme", NEW.key]) == 1
    assert "Không mở được tệp" in capsys.readouterr().err
