from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.db import transaction

from khcn.kernel.files import store as store_module
from khcn.kernel.files.models import Attachment, AttachmentKind, FileText, StoredFile, TextState
from khcn.kernel.files.reading.errors import (
    EmptyFile,
    ExtensionMismatch,
    FileTooLarge,
    SecretDocument,
    SecretText,
    UnreadableFile,
    UnrecognisedType,
)
from khcn.kernel.files.selectors import attachments_of, words_of_many
from khcn.kernel.files.services import NotAttached, attach, detach, store_upload, sweep_orphans
from khcn.kernel.files.tests.samples import JPEG, LETTER, PAGE, PNG, SECRET, on_disk
from khcn.kernel.records.changes import Change
from khcn.kernel.tests.factories import TODAY, make_title

pytestmark = pytest.mark.django_db

NOW = datetime(2021, 9, 24, 5, tzinfo=UTC)
NEXT_WEEK = timedelta(days=8)


@pytest.fixture
def record(office):
    return make_title("Chè")


def put(record, data=LETTER, filename="cong-van.txt", **values):
    return attach(record=record, data=data, filename=filename, actor=None, on=TODAY, **values)


def aged(path):
    then = (NOW - timedelta(days=2)).timestamp()
    os.utime(path, (then, then))


def test_the_original_is_kept_byte_for_byte_under_its_digest(record, store):
    attached = put(record)

    digest = sha256(LETTER).hexdigest()
    assert attached.stored.path == store / digest[:2] / digest[2:4] / digest
    assert attached.stored.path.read_bytes() == LETTER
    assert on_disk(store) == [attached.stored.path]
    assert attached.stored.path.stat().st_mode & 0o777 == 0o640


def test_the_same_bytes_are_stored_once_for_all_records(record, store):
    first = put(record)
    second = put(make_title("Miến"), filename="tên khác.txt")

    assert first.stored == second.stored
    assert len(on_disk(store)) == 1


def test_the_same_file_is_not_put_twice_on_a_record(record):
    first, again = put(record), put(record)

    assert again == first
    assert Attachment.objects.count() == 1


def test_the_same_bytes_may_be_the_original_and_the_signed_copy(record):
    put(record)
    put(record, kind=AttachmentKind.SIGNED)

    assert [row.kind for row in attachments_of(record)] == ["original", "signed"]


def test_the_words_are_read_and_kept_for_search(record):
    put(record, title="Công văn kiểm tra")

    assert FileText.objects.get().text.startswith("Công văn về việc kiểm tra")
    assert words_of_many([record.ref])[record.ref][0].startswith("Công văn kiểm tra\nCông văn về việc")


@pytest.mark.parametrize(
    ("data", "filename", "media_type"), [(PNG, "anh.PNG", "image/png"), (JPEG, "anh.jpg", "image/jpeg")]
)
def test_a_picture_is_taken_without_words(record, data, filename, media_type):
    attached = put(record, data, filename, kind=AttachmentKind.PHOTO)

    assert (attached.stored.media_type, attached.text_state) == (media_type, TextState.IMAGE)
    assert FileText.objects.count() == 0


def test_a_text_without_letters_is_taken_without_words(record):
    attached = put(record, b"12 345 678\n", "so-lieu.txt")

    assert attached.text_state == TextState.EMPTY


@pytest.mark.parametrize(
    ("data", "filename", "refusal"),
    [
        (SECRET, "bao-cao.txt", SecretDocument),
        (b"", "trong.txt", EmptyFile),
        (PNG, "van-ban.pdf", ExtensionMismatch),
        (b"%PDF-1.7 x", "anh.png", UnreadableFile),
        (b"MZ" + b"\x00" * 2000, "cai-dat.txt", UnrecognisedType),
        (b"PK\x03\x04" + b"\x00" * 100, "nen.zip", UnrecognisedType),
        (b"x" * 30_000_001, "to.txt", FileTooLarge),
    ],
)
def test_what_is_refused_leaves_nothing_anywhere(record, tmp_path, data, filename, refusal):
    changes = Change.objects.count()

    with pytest.raises(refusal):
        put(record, data, filename)

    assert on_disk(tmp_path) == []
    assert (StoredFile.objects.count(), Attachment.objects.count(), FileText.objects.count()) == (0, 0, 0)
    assert Change.objects.count() == changes


def test_the_refusal_of_a_secret_names_the_mark_and_the_reason(record):
    with pytest.raises(SecretDocument, match=r"TỐI MẬT.*không được đưa lên máy tính nối mạng"):
        put(record, SECRET, "bao-cao.txt")


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (JPEG, "TUYỆT MẬT.jpg"),
        (PNG, "ban-do_TUYET-MAT.png"),
        (LETTER, "Công văn TUYỆT MẬT số 5.txt"),
        (JPEG + b"<x:xmpmeta><dc:title>T\xe1\xbb\x90I M\xe1\xba\xacT</dc:title></x:xmpmeta>", "anh.jpg"),
    ],
)
def test_a_mark_in_the_name_or_the_properties_of_any_file_is_found(record, tmp_path, data, filename):
    with pytest.raises(SecretDocument):
        put(record, data, filename)

    assert on_disk(tmp_path) == []


def test_a_title_that_bears_a_mark_is_refused_with_its_file(record, tmp_path):
    with pytest.raises(SecretText, match="mục «Tên tệp»"):
        put(record, title="Báo cáo TỐI MẬT quý III")

    assert (on_disk(tmp_path), Attachment.objects.count()) == ([], 0)


def test_a_page_of_the_web_is_kept_as_it_came(record):
    attached = put(record, PAGE, "trang.html")

    assert attached.stored.path.read_bytes() == PAGE
    assert "alert" not in FileText.objects.get().text


def test_a_file_taken_off_stays_in_history_and_in_the_past(record):
    attached = put(record)
    before = Attachment.Version.objects.get().recorded_from

    detach(attachment=attached, actor=None, on=TODAY, why="gắn nhầm")

    assert list(attachments_of(record)) == []
    assert list(attachments_of(record).as_of(before)) == [attached]
    with pytest.raises(NotAttached, match="24/09/2021"):
        detach(attachment=attached, actor=None, on=TODAY, why="gắn nhầm")


def test_bytes_lost_from_the_disk_are_restored_by_the_next_upload(record):
    attached = put(record)
    attached.stored.path.unlink()

    put(make_title("Miến"))

    assert attached.stored.path.read_bytes() == LETTER


def test_a_write_that_breaks_leaves_no_half_file(record, store, monkeypatch):
    monkeypatch.setattr(store_module.os, "fsync", _disk_full)

    with pytest.raises(OSError, match="đĩa đầy"):
        put(record)

    assert [path for path in on_disk(store) if path.parent.name != "arriving"] == []
    assert StoredFile.objects.count() == 0


def _disk_full(_handle):
    raise OSError("đĩa đầy")


def test_the_sweeper_removes_old_files_nothing_refers_to(store):
    store_upload(data=LETTER, filename="a.txt", at=NOW - timedelta(days=2))
    with transaction.atomic():
        store_upload(data=PAGE, filename="b.html", at=NOW - timedelta(days=2))
        transaction.set_rollback(True)
    (store / "arriving" / "half").write_bytes(b"x")
    for path in on_disk(store):
        aged(path)

    swept = sweep_orphans(now=NOW)

    assert swept == 3
    assert on_disk(store) == []
    assert (StoredFile.objects.count(), FileText.objects.count()) == (0, 0)


def test_the_sweeper_spares_what_is_new_and_what_is_or_was_attached(record, store):
    kept = put(record)
    taken_off = put(record, PAGE, "b.html")
    detach(attachment=taken_off, actor=None, on=TODAY, why="gắn nhầm")
    StoredFile.objects.update(stored_at=NOW - NEXT_WEEK)
    for path in on_disk(store):
        aged(path)
    store_upload(data=b"Moi tai len", filename="c.txt", at=NOW)

    swept = sweep_orphans(now=NOW)

    assert swept == 0
    assert len(on_disk(store)) == 3
    assert kept.stored.path.exists()
