from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from khcn.kernel.access.decisions import Decision
from khcn.kernel.access.roles import Role
from khcn.kernel.files import permissions
from khcn.kernel.files.models import Attachment, StoredFile
from khcn.kernel.files.permissions import let_attach
from khcn.kernel.files.services import attach, detach
from khcn.kernel.files.tests.samples import LETTER, PAGE, SECRET, on_disk
from khcn.kernel.tests.factories import TODAY, make_division, make_office, make_title, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(office):
    return make_title("Chè", division=make_division(office, "A"))


@pytest.fixture
def specialist(record):
    return make_user(Role.SPECIALIST, division=record.division)


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client, record, data=LETTER, name="cong-van.txt", **values):
    url = f"/tep/dinh-kem/{record.REGISTER}/{record.code}/"
    return client.post(url, {"file": SimpleUploadedFile(name, data), **values})


def put(record, data=LETTER, filename="Công văn số 1.txt"):
    return attach(record=record, data=data, filename=filename, actor=None, on=TODAY)


def test_who_sees_the_record_downloads_its_file_with_its_name(record, specialist):
    attached = put(record)

    answer = signed_in(specialist).get(attached.url)

    assert b"".join(answer.streaming_content) == LETTER
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''C%C3%B4ng%20v%C4%83n%20s%E1%BB%91%201.txt"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert int(answer["Content-Length"]) == len(LETTER)


def test_a_page_of_the_web_is_never_shown_inline(record, specialist):
    attached = put(record, PAGE, "trang.html")

    answer = signed_in(specialist).get(attached.url)

    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PAGE


@pytest.mark.parametrize(
    ("confidentiality", "roles", "home", "status"),
    [
        ("public", (), "XX", 200),  # anyone
        ("internal", (), "XX", 404),  # a person of another office
        ("internal", (Role.CLERK,), "TN", 200),  # staff of the office
        ("internal", (Role.PROVINCIAL_LEADER,), "TN", 200),  # a leader of the province
        ("confidential", (Role.CLERK,), "TN", 404),  # staff outside the division in charge
        ("confidential", (Role.DIRECTOR,), "TN", 200),  # the director
        ("confidential", (Role.DIRECTOR,), "XX", 404),  # another office's director
    ],
)
def test_a_file_is_visible_exactly_as_its_record(record, *, confidentiality, roles, home, status):
    other = make_title("Miến", confidentiality=confidentiality, division=record.division)
    client = signed_in(make_user(*roles, username="ai", office=make_office(home)))

    answer = client.get(put(other).url)
    answer.close()

    assert answer.status_code == status


def test_someone_not_signed_in_downloads_from_public_records_only(record):
    shown, hidden = put(make_title("Miến", confidentiality="public")), put(record)

    answers = [Client().get(shown.url), Client().get(hidden.url)]
    answers[0].close()

    assert [answer.status_code for answer in answers] == [200, 404]


def test_a_file_taken_off_or_lost_is_not_found(record, specialist):
    taken_off, lost = put(record), put(record, PAGE, "trang.html")
    detach(attachment=taken_off, actor=None, on=TODAY, why="nhầm")
    lost.stored.path.unlink()

    assert [signed_in(specialist).get(row.url).status_code for row in (taken_off, lost)] == [404, 404]


def test_staff_attach_a_file_and_return_where_they_were(record, specialist):
    answer = send(signed_in(specialist), record, kind="signed", title="Bản ký", next="/so/")

    attached = Attachment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/so/")
    assert (attached.kind, attached.title, attached.filename) == ("signed", "Bản ký", "cong-van.txt")


def test_a_generated_kind_cannot_be_claimed_nor_the_way_back_lead_elsewhere(record, specialist):
    answer = send(signed_in(specialist), record, kind="generated", next="https://evil.example/")

    assert Attachment.objects.get().kind == "original"
    assert answer["Location"] == "/"


def test_a_secret_is_refused_with_the_reason_and_nothing_of_it_is_kept(record, specialist, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1

    answer = send(signed_in(specialist), record, SECRET)

    assert answer.status_code == 422
    assert "mang dấu chỉ độ mật “TỐI MẬT”" in answer.content.decode()
    assert on_disk(tmp_path) == []
    assert StoredFile.objects.count() == 0


def test_a_file_over_the_limit_is_dropped_and_told(record, specialist, monkeypatch):
    monkeypatch.setattr("khcn.kernel.files.uploads.LARGEST", 10)

    answer = send(signed_in(specialist), record)

    assert answer.status_code == 422
    assert "nặng quá 30 MB" in answer.content.decode()


def test_a_form_sent_without_a_file_is_told(record, specialist):
    answer = signed_in(specialist).post(f"/tep/dinh-kem/{record.REGISTER}/{record.code}/", {})

    assert answer.status_code == 422
    assert "chưa chọn tệp nào" in answer.content.decode()


def test_a_form_without_its_token_is_refused(record, specialist):
    answer = send(signed_in(specialist, enforce_csrf_checks=True), record)

    assert answer.status_code == 403
    assert Attachment.objects.count() == 0


def test_someone_not_signed_in_is_sent_to_sign_in(record, settings):
    settings.LOGIN_URL = "/dang-nhap/"

    answer = send(Client(), record)

    assert answer["Location"].startswith("/dang-nhap/")


def test_who_sees_the_record_but_does_not_keep_it_may_not_attach(record):
    leader = make_user(Role.PROVINCIAL_LEADER)

    answer = send(signed_in(leader), record)

    assert answer.status_code == 403
    assert "Chỉ cán bộ của cơ quan quản lý hồ sơ" in answer.content.decode()


def test_a_register_may_let_others_attach(record, monkeypatch):
    monkeypatch.setattr(permissions, "_deciders", {})
    let_attach(record.REGISTER, lambda _actor, _record: Decision(allowed=True))

    answer = send(signed_in(make_user(Role.PROVINCIAL_LEADER)), record)

    assert answer.status_code == 302


@pytest.mark.parametrize("place", ["khong-co-so/VB-2021-0001", "protection-title/VB-1999-0001"])
def test_an_unknown_record_is_not_found(specialist, place):
    answer = signed_in(specialist).post(f"/tep/dinh-kem/{place}/", {})

    assert answer.status_code == 404
