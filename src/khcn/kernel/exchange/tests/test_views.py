from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from khcn.kernel.access.roles import Role
from khcn.kernel.exchange import services
from khcn.kernel.exchange.models import ImportRun, Staging
from khcn.kernel.exchange.uploads import keep, kept
from khcn.kernel.records import registry
from khcn.kernel.records.models import RegisterOpening
from khcn.kernel.records.registry import Column, register
from khcn.kernel.tests.factories import instant, make_division, make_office, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

UPLOAD = "/so/protection-title/nhap/"
GOOD = "Đối tượng được bảo hộ;Loại văn bằng\nNhãn hiệu A;mark\n"
BAD = GOOD + "Nhãn hiệu B;sai\n"


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def send(client, text=GOOD, known_from="", name="mẫu.csv"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(UPLOAD, {"file": file, "known_from": known_from}, follow=True)


def step(name):
    return f"{UPLOAD}{Staging.objects.latest('pk').pk}/{name}/"


def confirm(client):
    return client.post(step("xac-nhan"), follow=True)


def titles():
    return register("protection-title").model.objects


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(UPLOAD).url == f"/dang-nhap/?next={UPLOAD}"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SPECIALIST, 200),  # enters records one by one as well
        (Role.ADMINISTRATOR, 200),  # brings the data of a whole office
        (Role.PROVINCIAL_LEADER, 403),  # reads only
    ],
)
def test_the_upload_is_for_who_may_enter(client, role, status):
    client.force_login(make_user(role))

    assert client.get(UPLOAD).status_code == status


def test_a_register_without_columns_for_files_takes_none(client, monkeypatch):
    found = register("protection-title")
    monkeypatch.setitem(registry._registers, "protection-title", replace(found, columns=(Column("title"),)))
    client.force_login(make_user(Role.ADMINISTRATOR))

    answer = client.get(UPLOAD)

    assert answer.status_code == 403
    assert "không nhận dữ liệu từ tệp" in answer.content.decode()


def test_there_is_no_upload_for_a_register_that_is_not(client, specialist):
    assert client.get("/so/khong-co/nhap/").status_code == 404


def test_an_upload_is_checked_first_and_imported_when_confirmed(client, specialist):
    checked = send(client).content.decode()
    before = titles().count()

    answer = confirm(client).content.decode()

    assert "<dt>Tạo mới</dt><dd>1 hồ sơ</dd>" in checked
    assert before == 0
    record = titles().get()
    assert record.division == specialist.division
    assert record.source_note == "Tệp mẫu.csv, dòng 2"
    assert "Đã tạo mới 1 hồ sơ" in answer
    assert record.code in answer


def test_mistakes_are_listed_and_nothing_can_be_confirmed(client, specialist):
    page = send(client, BAD).content.decode()

    answer = confirm(client).content.decode()

    assert "Sửa 1 dòng có lỗi" in page
    assert step("xac-nhan") not in page
    assert "Còn 1 dòng có lỗi" in answer
    assert titles().count() == 0


def test_bad_rows_may_be_left_out(client, specialist):
    send(client, BAD)

    page = client.post(step("thu-xep"), {"viec": "de-lai-het"}, follow=True).content.decode()
    answer = confirm(client).content.decode()

    assert "1 dòng để lại không được nhập" in page
    assert "1 dòng để lại chưa nhập" in answer
    assert titles().count() == 1


def test_old_data_is_known_from_the_declared_day(client, administrator):
    send(client, known_from="1/1/2020")

    confirm(client)

    assert titles().as_of(instant(date(2020, 1, 2))).count() == 1


@pytest.mark.parametrize(
    ("text", "known_from", "reason"),
    [
        ("", "", "trống"),  # an empty file
        (GOOD, "+7", "chưa tới"),  # known from the future
        (GOOD, "không rõ", "không phải là ngày"),  # not a day
        (GOOD, "1/1/1850", "không phải là ngày"),  # before anything was written down
    ],
)
def test_what_cannot_be_read_is_told_beside_the_form(client, administrator, text, known_from, reason):
    answer = send(client, text, known_from=known_from)

    assert answer.status_code == 422
    assert reason in answer.content.decode()


@pytest.mark.usefixtures("specialist")
def test_headings_that_say_nothing_are_asked_about(client):
    page = send(client, "Cột một;Cột hai\nNhãn hiệu A;mark\n").content.decode()

    assert "Ghép cột" in page
    assert "không nhập cột này" in page


@pytest.mark.usefixtures("specialist")
def test_a_confirmation_of_what_is_not_there_finds_nothing(client):
    assert client.post(f"{UPLOAD}99/xac-nhan/").status_code == 404


def test_what_was_left_behind_is_cleared_away_after_a_day(settings, tmp_path):
    settings.DATA_DIR, settings.IMPORT_KEPT_DAYS = tmp_path, 1
    first = keep(b"mot", 0.0)

    second = keep(b"hai", 10.0**10)

    assert (kept(first), kept(second)) == (None, b"hai")
    assert kept("../../etc/passwd") is None


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        (Role.SPECIALIST, False),  # past figures are not theirs to move
        (Role.ADMINISTRATOR, True),
    ],
)
def test_since_when_data_was_known_is_asked_only_of_who_may_say_so(client, role, asked):
    client.force_login(make_user(role))

    assert ('name="known_from"' in client.get(UPLOAD).content.decode()) is asked


def test_who_may_not_declare_the_past_is_refused_with_the_reason(client, specialist):
    answer = send(client, known_from="1/1/2020")

    assert answer.status_code == 403
    assert "Chỉ quản trị hệ thống được khai" in answer.content.decode()


def test_the_past_ends_where_the_register_was_opened(client, administrator):
    RegisterOpening.objects.create(
        office=make_office(), register="protection-title", opened_at=instant(date(2019, 1, 1))
    )

    answer = send(client, known_from="1/1/2020")

    assert answer.status_code == 422
    assert "đã mở tại đây lúc 1/1/2019" in answer.content.decode()


def test_a_file_over_the_limit_is_told_so_with_the_limit(client, specialist, monkeypatch):
    monkeypatch.setattr("khcn.kernel.files.uploads.LARGEST", 10)

    answer = send(client)

    assert answer.status_code == 422
    assert "Tệp nặng quá 30 MB" in answer.content.decode()
    assert "Trường này là bắt buộc" not in answer.content.decode()


@pytest.mark.usefixtures("specialist")
def test_a_second_click_finds_the_import_done(client):
    send(client)
    confirm(client)

    answer = confirm(client).content.decode()

    assert "Đã nhập mẫu.csv" in answer
    assert "Đã tạo mới 1 hồ sơ" in answer
    assert titles().count() == 1


def test_a_second_click_during_the_import_is_told_that_it_is_under_way(client, specialist, monkeypatch):
    send(client)
    claim = services.claim

    def overtaken(*arguments):
        run = claim(*arguments)
        ImportRun.objects.update(rows_done=1)
        return run

    monkeypatch.setattr(services, "claim", overtaken)

    answer = confirm(client)

    assert answer.status_code == 200
    assert "đang được nhập bởi một lần gửi khác" in answer.content.decode()
    assert titles().count() == 0


def test_a_file_left_half_imported_is_told_where_the_next_is_sent(client, specialist):
    run = {"office": specialist.office, "register": "protection-title", "sha256": "a" * 64, "actor": specialist}
    ImportRun.objects.create(**run, name="cũ.csv", rows_total=900, rows_done=500)

    page = client.get(UPLOAD).content.decode()

    assert "tệp cũ.csv dừng sau 500 trong 900 dòng; gửi lại đúng tệp để nhập tiếp" in page


@pytest.mark.usefixtures("specialist")
@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"MẬT\n{GOOD}", "mẫu.csv"),
        (GOOD + "Nhãn hiệu;mark\n" * 40 + "TỐI MẬT;\n", "mẫu.csv"),
        (GOOD, "TUYỆT MẬT.csv"),
    ],
)
def test_of_a_table_that_is_secret_nothing_is_kept(client, settings, tmp_path, text, name):
    settings.DATA_DIR = tmp_path

    answer = send(client, text, name=name)

    assert answer.status_code == 422
    assert "dấu chỉ độ mật" in answer.content.decode()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.usefixtures("administrator")
def test_a_file_that_can_no_longer_be_taken_is_told_so_when_confirmed(client):
    send(client, known_from="1/1/2020")
    RegisterOpening.objects.create(
        office=make_office(), register="protection-title", opened_at=instant(date(2019, 1, 1))
    )

    answer = confirm(client)

    assert "đã mở tại đây" in answer.content.decode()
    assert titles().count() == 0


PASTED = "Đối tượng được bảo hộ\tLoại văn bằng\r\nNhãn hiệu A, loại một; hai\tmark\r\n"


def paste(client, text=PASTED, **said):
    return client.post(UPLOAD, {"pasted": text, **said}, follow=True)


def test_cells_pasted_from_a_spreadsheet_go_through_the_same_dry_run_and_confirmation(client, specialist):
    shown = paste(client)

    assert "Kiểm tra phần dán từ bảng tính" in shown.content.decode()
    assert not titles().exists()
    confirm(client)
    assert titles().get().title == "Nhãn hiệu A, loại một; hai"


def test_a_pasted_cell_may_hold_several_lines(client, specialist):
    paste(client, PASTED.replace("Nhãn hiệu A, loại một; hai", '"Nhãn ""A""\nhai dòng"'))
    confirm(client)

    assert titles().get().title == 'Nhãn "A" hai dòng'


def test_bad_rows_of_a_paste_are_listed(client, specialist):
    page = paste(client, PASTED + "Nhãn hiệu B\tsai\r\n").content.decode()

    assert "Các dòng có lỗi" in page
    assert step("xac-nhan") not in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": " \t\r\n "}, "Chọn tệp, hoặc dán các ô"),  # neither
        ({"file": SimpleUploadedFile("a.csv", GOOD.encode())}, "Chỉ chọn một cách"),  # both
        ({"text": "x" * 600_001}, "Phần dán dài quá"),
        ({"text": "TỐI MẬT\r\n" + PASTED}, "TỐI MẬT"),  # a State secret is refused wherever it comes from
    ],
)
def test_a_paste_that_cannot_be_taken_is_refused_with_the_reason_and_stays_typed(client, specialist, said, words):
    answer = paste(client, **said)

    assert answer.status_code == 422
    assert words in answer.content.decode() + str(answer.context["form"].errors)


def test_who_may_not_import_may_not_paste(client):
    client.force_login(make_user(Role.CLERK))

    assert paste(client).status_code == 403
