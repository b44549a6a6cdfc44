"""An import whose headings, names and cells are not as the register says them, prepared step by step."""

from __future__ import annotations

import hashlib
import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.exchange import checking, jobs, uploads
from khcn.kernel.exchange.models import ColumnMatching, ImportRun, StagedPart, StagedRow, Staging, ValueMatch
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.staging import forget_expired
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.jobs.running import run_pending
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TODAY, make_division, make_office, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql, pytest.mark.urls("khcn.kernel.tests.urls")]

KEY = "protection-title"
UPLOAD = f"/so/{KEY}/nhap/"
WRONG_HEADINGS = "SỔ THEO DÕI;;\nTT;Tên đối tượng bảo hộ;Kiểu;Cấp ngày\n1;Nhãn hiệu A;mark;24/9/2021\n"
HEAD = "Đối tượng được bảo hộ;Loại văn bằng;Số văn bằng;Ngày cấp\n"
BAD = HEAD + "Nhãn hiệu A;mark;4-1;31/2/2021\nNhãn hiệu B;nhan hieu hang hoa;4-2;1/2/2020\nNhãn hiệu C;mark;4-3;\n"


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


def titles():
    return register(KEY).model.objects


def staging():
    return Staging.objects.latest("pk")


def step(name, key=KEY):
    return f"/so/{key}/nhap/{staging().pk}/{name}/"


def send(client, text=BAD, name="mẫu.csv", key=KEY):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(f"/so/{key}/nhap/", {"file": SimpleUploadedFile(name, data)}, follow=True)


def match(client, **columns):
    said = {f"cot-{name.removeprefix('c')}": column for name, column in columns.items()}
    return client.post(step("cot"), said, follow=True)


def confirm(client):
    return client.post(step("xac-nhan"), follow=True).content.decode()


def workbook(**sheets):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


# Columns


def test_columns_under_other_names_are_asked_with_first_values_and_a_suggestion(client, specialist):
    page = send(client, WRONG_HEADINGS).content.decode()

    assert staging().step == "columns"
    assert (staging().first_heading, staging().last_heading) == (2, 2)
    assert "Nhãn hiệu A" in page
    assert staging().columns["1"] == "title"
    assert "0" not in staging().columns


def test_what_the_person_matched_is_imported_and_asked_only_once(client, specialist):
    send(client, WRONG_HEADINGS)
    match(client, c1="title", c2="kind", c3="granted_on")
    confirm(client)

    page = send(client, WRONG_HEADINGS.replace("Nhãn hiệu A", "Nhãn hiệu Z")).content.decode()

    assert titles().get().granted_on == date(2021, 9, 24)
    assert staging().step == "checked"
    assert f"theo {specialist.full_name}" in page


def test_what_was_matched_is_remembered_whatever_the_order_of_columns(client, specialist):
    send(client, WRONG_HEADINGS)
    match(client, c1="title", c2="kind", c3="granted_on")

    send(client, "Cấp ngày;Kiểu;Tên đối tượng bảo hộ;TT\n1/2/2020;mark;Nhãn hiệu B;1\n", name="khác.csv")

    assert staging().columns == {"0": "granted_on", "1": "kind", "2": "title"}


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"c2": "kind"}, "bắt buộc có «Đối tượng được bảo hộ»"),
        ({"c1": "title", "c2": "title"}, "Có hai cột cùng ghép với «Đối tượng được bảo hộ»"),
    ],
)
def test_a_matching_that_cannot_be_is_refused_with_the_reason_and_stays_chosen(client, specialist, columns, words):
    send(client, WRONG_HEADINGS)

    answer = match(client, **columns)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ColumnMatching.objects.exists()


def test_two_lines_of_headings_and_a_merged_one_are_read_together(client, specialist):
    send(client, "Tên;Văn bằng;\n;Số;Ngày cấp\nNhãn hiệu A;4-1;24/9/2021\n")
    client.post(step("bo-cuc"), {"tieu-de": "1-2"})

    page = client.get(step("cot")).content.decode()

    assert "Văn bằng Ngày cấp" in page
    assert staging().rows_total == 1


def test_another_sheet_of_the_workbook_may_be_taken(client, specialist, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    data = workbook(
        Bìa=[["Tài liệu", "năm 2021"]], Dữ_liệu=[["Đối tượng được bảo hộ", "Loại văn bằng"], ["Nhãn hiệu A", "mark"]]
    )
    page = send(client, data, name="a.xlsx").content.decode()

    client.post(step("bo-cuc"), {"trang": "1"})
    confirm(client)

    assert "Dữ_liệu" in page
    assert titles().get().title == "Nhãn hiệu A"
    assert list((tmp_path / "imports").iterdir()) == []


# Names


@pytest.fixture
def parent():
    record = register("organisation").model(office=make_office(), title="Sở Khoa học và Công nghệ", state="active")
    with recording(actor=None, verb="make", label="lập", on=TODAY):
        record.save()
    return record


ORGANISATIONS = "Tên tổ chức;Trực thuộc\nTrung tâm A;Sở KHCN\nTrung tâm B;so khcn\nTrung tâm C;Sở KHCN\n"


def test_a_name_nobody_knows_is_asked_once_with_suggestions_and_remembered(client, parent):
    client.force_login(make_user(Role.ADMINISTRATOR))
    send(client, ORGANISATIONS, key="organisation")
    page = client.get(step("gia-tri", "organisation")).content.decode()

    said = {"cot-0": "parent", "chu-0": "Sở KHCN", "la-0": parent.code}
    client.post(step("gia-tri", "organisation"), said)
    confirm_url = step("xac-nhan", "organisation")
    client.post(confirm_url)

    assert page.count("· 3 dòng") == 1
    assert f'<option value="{parent.code}">' in page
    assert ValueMatch.objects.get().target == parent.code
    assert register("organisation").model.objects.filter(parent=parent).count() == 3


def test_what_a_hidden_record_is_called_is_not_told_to_who_may_not_know_of_it(client, parent):
    client.force_login(make_user(Role.ADMINISTRATOR))
    send(client, ORGANISATIONS, key="organisation")
    client.post(step("gia-tri", "organisation"), {"cot-0": "parent", "chu-0": "Sở KHCN", "la-0": parent.code})
    parent.confidentiality, parent.division = Confidentiality.CONFIDENTIAL, make_division(code="KHAC")
    with recording(actor=None, verb="hide", label="giấu", on=TODAY):
        parent.save()
    other = make_user(Role.SPECIALIST, division=make_division(), username="khac")
    client.force_login(other)

    answers = [
        send(client, ORGANISATIONS, key="organisation"),
        client.get(step("gia-tri", "organisation")),
        client.get("/so/organisation/nhap/da-nho/"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert not any(parent.code in answer.content.decode() for answer in answers)


def test_a_typed_name_that_is_unknown_too_is_told_and_stays(client, parent):
    client.force_login(make_user(Role.ADMINISTRATOR))
    send(client, ORGANISATIONS, key="organisation")

    said = {"cot-0": "parent", "chu-0": "Sở KHCN", "go-0": "Không đâu"}
    answer = client.post(step("gia-tri", "organisation"), said)

    assert answer.status_code == 422
    assert "«Không đâu» cũng chưa có trong danh mục" in answer.content.decode()
    assert not ValueMatch.objects.exists()


def test_what_was_remembered_is_shown_and_can_be_forgotten(client, specialist):
    send(client)
    client.post(step("gia-tri"), {"cot-0": "kind", "chu-0": "nhan hieu hang hoa", "la-0": "mark"})
    send(client, WRONG_HEADINGS)
    match(client, c1="title", c2="kind", c3="granted_on")
    url = f"{UPLOAD}da-nho/"
    page = client.get(url).content.decode()

    client.post(url, {"cot": ColumnMatching.objects.get().pk})
    client.post(url, {"gia-tri": ValueMatch.objects.get().pk})

    assert specialist.full_name in page
    assert "nhan hieu hang hoa" in page
    assert not ColumnMatching.objects.exists()
    assert not ValueMatch.objects.exists()


# Faulty rows


def test_faulty_rows_alone_are_shown_with_the_reason_at_the_cell(client, specialist):
    send(client)

    page = client.get(step("dong-loi")).content.decode()

    assert 'value="31/2/2021"' in page
    assert "không phải là ngày" in page
    assert "Nhãn hiệu C" not in page


def test_nothing_typed_is_lost_while_another_error_remains(client, specialist):
    send(client)

    page = client.post(step("dong-loi"), {"o-2-3": "28/2/2021", "o-3-1": "vẫn sai"}, follow=True).content.decode()

    assert 'value="vẫn sai"' in page
    assert "Trong tệp: «nhan hieu hang hoa»" in page
    assert "Còn 1 dòng có lỗi" in page


def test_mended_rows_are_imported_as_mended(client, specialist):
    send(client)
    client.post(step("dong-loi"), {"o-2-3": "28/2/2021", "o-3-1": "mark"})

    answer = confirm(client)

    assert "Đã tạo mới 3 hồ sơ" in answer
    assert titles().get(title_number="4-1").granted_on == date(2021, 2, 28)
    assert StagedPart.objects.count() == StagedRow.objects.count() == 0


def test_a_cell_mended_back_to_what_the_file_says_is_no_longer_mended(client, specialist):
    send(client)
    client.post(step("dong-loi"), {"o-2-3": "30/2/2021"})
    client.post(step("dong-loi"), {"o-2-3": "31/2/2021"})

    assert staging().rows.get(number=2).mended == {}


@pytest.mark.usefixtures("specialist")
def test_a_mark_of_secrecy_typed_into_a_cell_is_kept_nowhere(client):
    send(client)

    answer = client.post(step("dong-loi"), {"o-2-3": "TỐI MẬT", "o-3-1": "mark"})

    assert answer.status_code == 422
    assert "dấu chỉ độ mật" in answer.content.decode()
    assert staging().rows.get(number=2).mended == {}
    assert not staging().rows.filter(number=3, is_faulty=True).exists()


@pytest.mark.usefixtures("specialist")
def test_cells_that_were_not_matched_cannot_be_written(client):
    send(client)

    client.post(step("dong-loi"), {"o-2-99": "x", "o-2-x": "x", "o-77-1": "x", "o-2": "x"})

    assert [row.mended for row in staging().rows.all()] == [{}, {}]


def test_rows_set_aside_come_back_as_a_spreadsheet_that_can_be_imported(client, specialist):
    send(client)
    client.post(step("dong-loi"), {"viec": "de-lai", "dong": ["2", "3"]})
    data = client.get(f"{UPLOAD}{staging().pk}/de-lai.xlsx").content
    confirm(client)

    table = read_table(data, "de-lai.xlsx")
    page = send(client, data, name="de-lai.xlsx").content.decode()

    assert table.rows[0][-1] == "Lý do chưa nhập"
    assert "31/2/2021" in table.rows[1][-1]
    assert titles().get().title == "Nhãn hiệu C"
    assert "Sửa 2 dòng có lỗi" in page


@pytest.mark.usefixtures("specialist")
def test_rows_set_aside_may_be_brought_back(client):
    send(client)
    client.post(step("thu-xep"), {"viec": "de-lai-het"})

    page = client.post(step("thu-xep"), {"viec": "dua-lai"}, follow=True).content.decode()

    assert "Sửa 2 dòng có lỗi" in page


# Summary and result


def test_what_would_change_is_shown_before_and_after(client, specialist):
    record = make_title("Nhãn hiệu A", title_number="4-1", division=specialist.division)

    page = send(client, HEAD + "Nhãn hiệu A mới;mark;4-1;\n").content.decode()

    assert "<dt>Cập nhật</dt><dd>1 hồ sơ</dd>" in page
    assert record.code in page
    assert "Nhãn hiệu A mới" in page


def test_the_same_file_again_says_that_there_is_nothing_to_write(client, specialist):
    send(client, HEAD + "Nhãn hiệu A;mark;4-1;\n")
    confirm(client)

    page = send(client, HEAD + "Nhãn hiệu A;mark;4-1;\n").content.decode()

    assert "Không có gì để ghi" in page
    assert step("xac-nhan") not in page


def test_the_result_lists_exactly_the_records_that_were_written(client, specialist):
    make_title("Có từ trước", title_number="4-9")
    send(client, HEAD + "Nhãn hiệu A;mark;4-1;\nNhãn hiệu B;mark;4-2;\n")

    page = confirm(client)

    assert "Nhãn hiệu A" in page
    assert "Nhãn hiệu B" in page
    assert "Có từ trước" not in page


# Who


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("get", "cot"),
        ("post", "cot"),
        ("post", "bo-cuc"),
        ("get", "kiem-tra"),
        ("get", "gia-tri"),
        ("post", "gia-tri"),
        ("get", "dong-loi"),
        ("post", "dong-loi"),
        ("post", "thu-xep"),
        ("post", "xac-nhan"),
        ("get", "dang-chay"),
        ("get", "ket-qua"),
        ("post", "bo"),
    ],
)
def test_what_one_person_prepares_no_other_can_see_or_import(client, specialist, method, name):
    send(client)
    client.force_login(make_user(Role.ADMINISTRATOR))

    answer = getattr(client, method)(step(name))

    assert answer.status_code == 404
    assert titles().count() == 0
    assert Staging.objects.count() == 1


def test_who_may_no_longer_import_reaches_nothing_of_it(client, specialist):
    send(client)
    specialist.role_grants.all().delete()

    assert client.post(step("xac-nhan")).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client, specialist):
    send(client)
    client.logout()

    assert "/dang-nhap/" in client.get(step("kiem-tra")).url


# Resuming


def test_what_was_left_is_found_again_the_next_day_with_its_step(client, specialist):
    send(client, WRONG_HEADINGS)

    page = client.get(UPLOAD).content.decode()
    again = send(client, WRONG_HEADINGS).content.decode()

    assert step("cot") in page
    assert "Ghép cột" in page
    assert "đi tiếp từ chỗ đã dừng" in again
    assert Staging.objects.count() == 1


def test_what_is_given_up_leaves_nothing(client, specialist):
    send(client)

    client.post(step("bo"))

    assert Staging.objects.count() == StagedPart.objects.count() == StagedRow.objects.count() == 0


def test_what_was_left_behind_is_forgotten_when_its_time_is_over(client, specialist, settings):
    send(client)
    made = staging()

    early = forget_expired(made.expires_at - timedelta(seconds=1))
    late = forget_expired(made.expires_at)

    assert made.expires_at - made.started_at == timedelta(days=settings.IMPORT_KEPT_DAYS)
    assert (early, late, StagedPart.objects.count()) == (0, 1, 0)


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(checking, "ROWS_AT_ONCE", 1)
    return lambda: run_pending(now=timezone.now())


def test_a_large_sheet_is_checked_and_imported_by_the_worker(client, specialist, large):
    waiting = send(client).content.decode()
    large()
    client.post(step("dong-loi"), {"o-2-3": "28/2/2021", "o-3-1": "mark"})
    stale = client.get(step("kiem-tra")).content.decode()
    client.post(step("thu-xep"), {"viec": "kiem-tra"})
    large()
    client.post(step("xac-nhan"))
    importing = client.get(step("dang-chay")).content.decode()
    large()

    assert "Đang kiểm tra" in waiting
    assert "Kiểm tra lại cả tệp" in stale
    assert "Đang nhập" in importing
    assert "Đã tạo mới 3 hồ sơ" in client.get(step("ket-qua")).content.decode()
    assert titles().count() == 3


def test_a_worker_killed_in_the_middle_goes_on_there(client, specialist, large, monkeypatch):
    monkeypatch.setattr("khcn.kernel.exchange.services.BATCH", 1)
    send(client, HEAD + "A;mark;4-1;\nB;mark;4-2;\nC;mark;4-3;\n")
    large()
    client.post(step("xac-nhan"))
    write = checking.import_sheet.__globals__["Writer"].write
    seen = []

    def dying(self, rows):
        seen.append(rows)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return write(self, rows)

    monkeypatch.setattr("khcn.kernel.exchange.services.Writer.write", dying)
    with pytest.raises(KeyboardInterrupt):
        large()
    before = titles().count()
    jobs.apply_staging.call(staging().pk, now=timezone.now())

    assert (before, titles().count(), len(seen)) == (2, 3, 4)
    assert "Đã tạo mới 3 hồ sơ" in client.get(step("ket-qua")).content.decode()
    assert ImportRun.objects.get().is_finished
    assert len(ImportRun.objects.get().changes) == 3


def test_a_job_that_comes_twice_does_nothing_the_second_time(client, specialist, large):
    send(client, HEAD + "A;mark;4-1;\nB;mark;4-2;\n")
    large()
    client.post(step("xac-nhan"))
    client.post(step("xac-nhan"))
    large()

    assert jobs.apply_staging.call(staging().pk, now=timezone.now()) == ""
    assert titles().count() == 2


def test_an_import_killed_in_its_request_leaves_the_staging_as_it_was(client, specialist, monkeypatch):
    send(client, HEAD + "A;mark;4-1;\n")

    def killed(*_arguments, **_said):
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "import_sheet", killed)
    with pytest.raises(KeyboardInterrupt):
        client.post(step("xac-nhan"))

    assert staging().step == "checked"
    assert titles().count() == 0


def cut(*_arguments, **_said):
    raise KeyboardInterrupt


def test_a_large_import_is_begun_exactly_if_the_queue_knows_of_it(client, specialist, large, monkeypatch):
    send(client, HEAD + "A;mark;4-1;\nB;mark;4-2;\n")
    large()
    monkeypatch.setattr(type(jobs.apply_staging), "enqueue", cut)

    with pytest.raises(KeyboardInterrupt):
        client.post(step("xac-nhan"))

    assert staging().step == "checked"


def test_a_large_sheet_that_never_reached_the_queue_is_taken_up_by_the_worker(client, specialist, large, monkeypatch):
    with monkeypatch.context() as killing:
        killing.setattr(type(jobs.check_staging), "enqueue", cut)
        with pytest.raises(KeyboardInterrupt):
            send(client, HEAD + "A;mark;4-1;\nB;mark;4-2;\n")

    assert staging().step == "checking"
    assert jobs.left_waiting(timezone.now() + jobs.LEFT_FOR) == [(jobs.check_staging, staging().pk)]


def test_a_sheet_whose_server_was_killed_before_it_was_checked_is_checked_by_the_worker(
    client, specialist, monkeypatch
):
    with monkeypatch.context() as killing:
        killing.setattr("khcn.kernel.exchange.wizard_pages.check", cut)
        with pytest.raises(KeyboardInterrupt):
            send(client, HEAD + "A;mark;4-1;\n")
    later = timezone.now() + jobs.LEFT_FOR
    early = jobs.has_left()

    taken = [jobs.take_up_left.call(now=later), jobs.take_up_left.call(now=later)]
    run_pending(now=timezone.now())

    assert not early
    assert taken == [1, 0]
    assert staging().step == "checked"


def test_a_kept_workbook_is_whole_or_not_there(tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("khcn.kernel.exchange.uploads.Path.replace", cut)

    with pytest.raises(KeyboardInterrupt):
        uploads.keep(b"sheet", timezone.now().timestamp())

    assert uploads.kept(hashlib.sha256(b"sheet").hexdigest()) is None


# Sizes


@pytest.mark.parametrize("name", ["cot", "kiem-tra", "gia-tri", "dong-loi"])
def test_pages_ask_as_much_of_the_database_for_many_rows_as_for_few(
    client, specialist, django_assert_max_num_queries, name
):
    rows = "".join(f"Nhãn hiệu {n};lạ {n};4-{n};31/2/2021\n" for n in range(700))
    send(client, HEAD + rows)

    with django_assert_max_num_queries(20):
        answer = client.get(step(name))

    assert answer.status_code == 200


def test_a_page_shows_some_of_the_faulty_rows_and_leads_to_the_next(client, specialist):
    send(client, HEAD + "".join(f"Nhãn hiệu {n};mark;4-{n};31/2/2021\n" for n in range(50)))

    first = client.get(step("dong-loi")).content.decode()
    second = client.get(step("dong-loi") + "?sau=21").content.decode()

    assert first.count('value="31/2/2021"') == second.count('value="31/2/2021"') == 20
    assert "?sau=21" in first


def test_mended_in_the_wizard_is_imported_as_the_mended_file_would_be(client, specialist):
    send(client)
    client.post(step("dong-loi"), {"o-2-3": "28/2/2021", "o-3-1": "mark"})
    confirm(client)
    names = ("title", "kind", "title_number", "granted_on", "source_note", "state", "division_id")
    wizard = list(titles().order_by("title_number").values_list(*names))
    mended = BAD.replace("31/2/2021", "28/2/2021").replace("nhan hieu hang hoa", "mark")

    report = import_rows(
        register(KEY), read_table(mended.encode(), "mẫu.csv"), actor=specialist, on=TODAY, dry_run=False, skip_bad=False
    )

    assert (report.created, report.updated, report.unchanged) == (0, 0, 3)
    assert list(titles().order_by("title_number").values_list(*names)) == wizard
