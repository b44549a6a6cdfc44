"""What is known of exports that a job makes: made once, handed to the one who asked, and to nobody who may not."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.identity.models import RoleGrant
from khcn.kernel.jobs.running import run_pending
from khcn.kernel.notices.models import Notice
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_office, make_user
from khcn.parties.models import ScientistProfile
from khcn.parties.tests.factories import make_person
from khcn.research import export_archives
from khcn.research.jobs import forget_expired_exports, make_prepared_export
from khcn.research.models import PreparedExport
from khcn.research.services.prepared_exports import NotFetched, ask_for_export, file_to_fetch
from khcn.research.tests.imported import bring_in

PROFILE = "tasks-2025"
PAGE = reverse("task-exports")


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(export_archives, "AT_ONCE", 1)
    settings.DATA_DIR = tmp_path


@pytest.fixture
def two_tasks(department):
    return [bring_in(department, title, approved_on=date(2025, 3, 3)) for title in ("Giống chè", "Giống lúa")]


@pytest.fixture
def prepared(signed_in, two_tasks):
    """Return an export of two tasks that the specialist asked for and the worker made."""
    signed_in.post(reverse("task-export-prepare", args=[PROFILE]))
    run_pending(now=timezone.now())
    return PreparedExport.objects.get()


def fetched(client, export):
    return client.get(reverse("task-export-fetch", args=[export.pk]), follow=True)


def hidden(record, **said):
    """Write what keeps a record back."""
    with recording(actor=None, verb="hide", label="đổi phạm vi"):
        for name, value in said.items():
            setattr(record, name, value)
        record.save()


def test_a_few_tasks_are_given_at_once_many_are_asked_for(department, signed_in):
    bring_in(department, "Giống chè", approved_on=date(2025, 3, 3))
    download = reverse("task-export-download", args=[PROFILE])
    assert signed_in.get(download)["Content-Type"] == "application/zip"
    assert "Tải tasks-2025" in signed_in.get(PAGE).content.decode()

    bring_in(department, "Giống lúa", approved_on=date(2024, 3, 3))

    led = signed_in.get(f"{download}?nam=", follow=True)
    assert led.redirect_chain == [(PAGE, 302)]
    assert "bấm «Lập tệp»" in led.content.decode()
    assert "Lập tệp tasks-2025" in led.content.decode()
    assert signed_in.get(f"{download}?nam=2025")["Content-Type"] == "application/zip"  # one of them only


def test_what_was_asked_for_is_made_once_and_its_person_told(signed_in, two_tasks):
    first, again = (signed_in.post(reverse("task-export-prepare", args=[PROFILE])).url for _ in range(2))
    assert first == again
    assert "Đang lập" in signed_in.get(first).content.decode()

    run_pending(now=timezone.now())

    export = PreparedExport.objects.get()
    notice = Notice.objects.get()
    assert (export.tasks, notice.user, notice.url) == (2, export.owner, first)
    assert f"«{export.filename}» gồm 2 nhiệm vụ" in notice.text
    assert "Tải tệp" in signed_in.get(first).content.decode()
    assert export.filename in signed_in.get(PAGE).content.decode()


def test_the_archive_is_the_one_that_would_have_been_given_at_once(signed_in, prepared, monkeypatch):
    answer = fetched(signed_in, prepared)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    monkeypatch.setattr(export_archives, "AT_ONCE", 5)
    at_once = signed_in.get(reverse("task-export-download", args=[PROFILE]))
    other = zipfile.ZipFile(io.BytesIO(b"".join(at_once.streaming_content)))

    assert prepared.filename in answer["Content-Disposition"]
    assert {name: archive.read(name) for name in archive.namelist()} == {
        name: other.read(name) for name in other.namelist()
    }


def test_a_made_export_is_not_made_again_and_a_gone_one_not_at_all(prepared):
    before = prepared.path.read_bytes()

    assert make_prepared_export.call(prepared.pk, now=timezone.now()) == "ready"
    assert make_prepared_export.call(999_999, now=timezone.now()) == ""
    assert prepared.path.read_bytes() == before
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.DIVISION_HEAD, Role.DIRECTOR, Role.ADMINISTRATOR])
def test_nobody_else_sees_or_fetches_a_file_whatever_their_role(department, prepared, role):
    division = department.specialist.division if role != Role.ADMINISTRATOR else None
    other = Client()
    other.force_login(make_user(role, username="khac", division=division, office=department.office))
    wanted = 403 if role == Role.ADMINISTRATOR else 404

    assert other.get(reverse("task-export-file", args=[prepared.pk])).status_code == wanted
    assert other.get(reverse("task-export-fetch", args=[prepared.pk])).status_code == wanted
    assert prepared.filename not in other.get(PAGE).content.decode()


def test_who_lost_the_role_fetches_nothing(signed_in, prepared):
    RoleGrant.objects.filter(user=prepared.owner).update(valid_to=date(2025, 1, 1))

    assert fetched(signed_in, prepared).status_code == 403
    with pytest.raises(NotPermitted):
        file_to_fetch(export=prepared, actor=prepared.owner.act_on(timezone.localdate()), at=timezone.now())


def test_who_moved_to_another_office_fetches_nothing(signed_in, prepared):
    elsewhere = make_office("BK")
    RoleGrant.objects.filter(user=prepared.owner).update(office=elsewhere, division=None)
    type(prepared.owner).objects.filter(pk=prepared.owner.pk).update(office=elsewhere, division=None)

    assert fetched(signed_in, prepared).status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"confidentiality": Confidentiality.CONFIDENTIAL},
        {"withdrawn_on": date(2025, 6, 1), "withdrawal_reason": "Nhập nhầm"},
    ],
)
def test_an_archive_with_a_task_kept_back_since_is_thrown_away(signed_in, prepared, two_tasks, said):
    hidden(two_tasks[0], **said)

    refused = fetched(signed_in, prepared)

    assert "có hồ sơ trong tệp không còn được xuất cho bạn" in refused.content.decode()
    assert list(prepared.path.parent.iterdir()) == []
    assert not PreparedExport.objects.exists()


def test_an_archive_that_may_name_a_record_kept_back_since_is_thrown_away(department, signed_in, prepared):
    assert fetched(signed_in, prepared).status_code == 200

    hidden(department.host, confidentiality=Confidentiality.CONFIDENTIAL)

    assert "không còn được xuất" in fetched(signed_in, prepared).content.decode()


def test_an_archive_made_before_somebody_took_their_consent_back_is_thrown_away(department, signed_in, two_tasks):
    person = make_person("Nguyễn Thị Mẫu", actor=department.specialist)
    profile = ScientistProfile(person=person, office=department.office, updated_on=date(2025, 1, 6), title="x")
    hidden(profile, consented_on=date(2025, 1, 6))
    signed_in.post(reverse("task-export-prepare", args=[PROFILE]))
    run_pending(now=timezone.now())
    export = PreparedExport.objects.get()
    assert fetched(signed_in, export)["Content-Type"] == "application/zip"

    hidden(profile, consented_on=None)

    assert "đã bị bỏ" in fetched(signed_in, export).content.decode()
    assert not export.path.exists()


def test_what_was_confidential_before_is_not_in_the_archive_and_keeps_nothing_back(department, signed_in, two_tasks):
    secret = {"confidentiality": Confidentiality.CONFIDENTIAL, "approved_on": date(2025, 3, 3)}
    bring_in(department, "Chuyện kín", **secret)
    signed_in.post(reverse("task-export-prepare", args=[PROFILE]))
    run_pending(now=timezone.now())

    content = b"".join(fetched(signed_in, PreparedExport.objects.get()).streaming_content)
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert not any(b"Chuy\xe1\xbb\x87n k" in archive.read(name) for name in archive.namelist())
    assert json.loads(archive.read("validation.json"))["counts"]["left_out_confidential"] == 1


def test_a_person_who_may_no_longer_export_when_it_is_made_is_told_why(signed_in, two_tasks):
    page = signed_in.post(reverse("task-export-prepare", args=[PROFILE])).url
    RoleGrant.objects.update(valid_to=date(2025, 1, 1))
    run_pending(now=timezone.now())

    export = PreparedExport.objects.get()
    assert export.state == "refused"
    assert "Chỉ chuyên viên, lãnh đạo phòng" in export.refusal
    assert Notice.objects.get().url == page
    assert not export.path.exists()


def test_a_disk_that_fails_leaves_nothing_and_is_tried_again(signed_in, two_tasks, monkeypatch):
    def full(*_said):
        raise OSError

    signed_in.post(reverse("task-export-prepare", args=[PROFILE]))
    monkeypatch.setattr("khcn.research.services.prepared_exports.pack", full)
    (ran,) = run_pending(now=timezone.now())

    export = PreparedExport.objects.get()
    assert (ran.status, export.state) == ("READY", "waiting")
    assert list(export.path.parent.iterdir()) == []


def test_a_file_is_kept_for_three_days_then_thrown_away(signed_in, prepared):
    later = prepared.read_at + timedelta(days=3)
    with pytest.raises(NotFetched, match="không còn được giữ"):
        file_to_fetch(export=prepared, actor=prepared.owner.act_on(later.date()), at=later)

    assert forget_expired_exports.call(now=later - timedelta(hours=1)) == 0
    assert forget_expired_exports.call(now=later + timedelta(hours=1)) == 1
    assert not prepared.path.exists()
    assert fetched(signed_in, prepared).status_code == 404


def test_who_waits_for_long_is_told_whom_to_ask(department, signed_in):
    early = timezone.now() - timedelta(hours=1)
    export, is_new = ask_for_export(profile=PROFILE, year=2025, actor=department.specialist, at=early)

    assert is_new
    assert "2025" in export.filename
    page = signed_in.get(reverse("task-export-file", args=[export.pk])).content.decode()
    assert "nhờ quản trị hệ thống xem các việc chạy nền" in page


def test_a_profile_that_does_not_exist_is_not_found(signed_in):
    assert signed_in.post(reverse("task-export-prepare", args=["khong-co"])).status_code == 404
