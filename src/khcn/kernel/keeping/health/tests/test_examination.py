# ruff: noqa: S608 (the statements stand for someone who writes past the product)
"""What was done behind the product's back is found and named; what is well is left in peace."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.utils import timezone

from khcn.kernel.exchange.models import ImportRun
from khcn.kernel.files.models import StoredFile
from khcn.kernel.files.store import write_bytes
from khcn.kernel.jobs.jobs import prune_finished
from khcn.kernel.keeping.health import machine
from khcn.kernel.keeping.health.commands import run_doctor
from khcn.kernel.keeping.health.examination import CHECKS
from khcn.kernel.keeping.health.findings import Level
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.search.models import SearchOutbox
from khcn.kernel.tests.factories import make_office, make_title

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def sql(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_a_healthy_installation_has_nothing_wrong(titles, found):
    assert found() == {}


def test_an_empty_database_has_nothing_wrong_but_no_index_yet(db, found):
    assert found().keys() == {"search"}


LAST = "(SELECT MAX(id) FROM ip_protectiontitle)"
FIRST = "(SELECT MIN(id) FROM ip_protectiontitle)"
DAMAGES = {
    "a version gone": (f"DELETE FROM ip_protectiontitle_version WHERE id = {LAST}", "rows-without-version", "-0003"),
    "a row gone": (f"DELETE FROM ip_protectiontitle WHERE id = {LAST}", "versions-without-row", "dòng đã mất"),
    "the last row gone": (f"DELETE FROM ip_protectiontitle WHERE id = {LAST}", "codes-counters", "mất 1 hồ sơ"),
    "a row in the middle gone": (
        f"DELETE FROM ip_protectiontitle WHERE id = {FIRST} + 1",
        "codes-gaps",
        "thiếu 1 số",
    ),
    "the first row gone": (f"DELETE FROM ip_protectiontitle WHERE id = {FIRST}", "codes-gaps", "thiếu 1 số"),
    "a link to nothing": (f"DELETE FROM ip_protectiontitle WHERE id = {FIRST} + 1", "references", "target_id"),
    "a file of nothing": (f"DELETE FROM ip_protectiontitle WHERE id = {FIRST}", "references", "files_attachment"),
    "a text changed": (
        f"UPDATE ip_protectiontitle SET title = 'khác' WHERE id = {LAST}",
        "rows-unlike-version",
        "«title»",
    ),
    "a value taken away": (
        f"UPDATE ip_protectiontitle SET withdrawn_on = '2021-01-01' WHERE id = {LAST}",
        "rows-unlike-version",
        "«withdrawn_on»",
    ),
    "a state nobody knows": (
        f"UPDATE ip_protectiontitle SET state = 'lost' WHERE id = {LAST}",
        "states",
        "«lost»",
    ),
    "a counter put back": ("UPDATE records_codecounter SET last = 1", "codes-counters", "sẽ trùng"),
    "a clock put back": ("UPDATE records_change SET at = '2090-01-01 00:00:00'", "clock", "2090"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_and_named(name, titles, found):
    statement, check, words = DAMAGES[name]
    sql(statement)

    assert any(words in line for line in found(check)[check])


def test_versions_that_overlap_or_leave_a_gap_are_named(titles, found):
    versions = type(titles[0]).Version._base_manager
    version = versions.get(id=titles[0].pk)
    for since, until in ((-3, -2), (-2, -1), (-1, 5)):
        start = version.recorded_from + timedelta(seconds=since)
        later = version.recorded_from + timedelta(seconds=until)
        version.pk = None
        versions.bulk_create(
            [
                type(version)(
                    **{
                        field.attname: getattr(version, field.attname)
                        for field in version._meta.local_concrete_fields
                        if field.attname not in {"version_id", "recorded_from", "recorded_to"}
                    },
                    recorded_from=start,
                    recorded_to=later,
                )
            ]
        )

    assert len(found("intervals")["intervals"]) == 1
    assert "chồng lên" in found("intervals")["intervals"][0]

    versions.filter(id=titles[0].pk, recorded_from=version.recorded_from - timedelta(seconds=2)).delete()
    assert any("không nối liền" in line for line in found("intervals")["intervals"])


def test_an_empty_interval_and_a_second_open_version_are_named(titles, found):
    table = "ip_protectiontitle_version"
    constraint = next(c.name for c in type(titles[0]).Version._meta.constraints if c.name.endswith("ordered"))
    index = next(c.name for c in type(titles[0]).Version._meta.constraints if c.name.endswith("one_open"))
    sqlite = connection.vendor == "sqlite"
    sql(
        *([] if sqlite else ["SET CONSTRAINTS ALL IMMEDIATE"]),  # nothing may be pending when the table is altered
        "PRAGMA ignore_check_constraints = ON" if sqlite else f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"',
        f'DROP INDEX "{index}"',
        f"UPDATE {table} SET recorded_to = recorded_from WHERE id = {titles[0].pk}",
        f"UPDATE {table} SET id = {titles[1].pk} WHERE id = {titles[2].pk}",
        *(["PRAGMA ignore_check_constraints = OFF"] if sqlite else []),
    )

    assert "rỗng" in found("intervals")["intervals"][0]
    assert any("2 phiên bản cùng đang mở" in line for line in found("versions-without-row")["versions-without-row"])


def test_a_gap_before_a_code_from_old_data_is_no_fault(titles, found):
    make_title("Văn bằng cũ", code=f"{type(titles[0]).CODE_PREFIX}-2021-0009", provenance="imported")

    assert found("codes-gaps", "codes-counters") == {}
    assert "thiếu 5 số" in found("codes-gaps", level=Level.NOTE)["codes-gaps"][0]


def test_a_file_missing_changed_or_cut_is_named_with_its_record(titles, found):
    path = StoredFile.objects.get().path
    path.write_bytes(b"NOI DUNG")
    assert "đã bị thay đổi" in found("stored-files")["stored-files"][0]

    path.write_bytes(b"noi")
    assert "3 byte" in found("stored-files", all_files=False)["stored-files"][0]

    path.unlink()
    assert f"«a.txt» của protection-title/{titles[0].pk}" in found("stored-files", all_files=False)["stored-files"][0]


def test_files_nobody_knows_are_faults_once_they_are_old(titles, found):
    stray = sha256(b"lac").hexdigest()
    write_bytes(stray, b"lac")
    (django_settings.FILES_DIR / "ghi chú.txt").write_text("x", encoding="utf-8")

    assert len(found("unknown-files", level=Level.NOTE)["unknown-files"]) == 2

    old = (timezone.now() - timedelta(days=3)).timestamp()
    os.utime(django_settings.FILES_DIR / stray[:2] / stray[2:4] / stray, (old, old))
    (django_settings.FILES_DIR / "arriving" / "half").write_bytes(b"x")
    os.utime(django_settings.FILES_DIR / "arriving" / "half", (old, old))
    assert [stray in line or "half" in line for line in found("unknown-files")["unknown-files"]] == [True, True]


def test_an_outbox_that_does_not_drain_is_a_fault_after_an_hour(titles, found):
    make_title("Mới")

    assert "1 thay đổi" in found("search", level=Level.NOTE)["search"][0]
    assert "1 thay đổi" in found("search", later=timedelta(hours=2))["search"][0]


def test_an_index_without_some_records_is_named(titles, found):
    make_title("Mới")
    SearchOutbox.objects.all().delete()

    assert "Chỉ mục có 3 hồ sơ, các sổ có 4" in found("search")["search"][0]


def test_an_import_cut_short_is_named_after_an_hour(titles, found):
    ImportRun.objects.create(
        office=make_office(), register="paper", sha256="0" * 64, name="vb.csv", rows_total=9, rows_done=4
    )

    assert "4/9" in found("imports", level=Level.NOTE)["imports"][0]
    assert "vb.csv" in found("imports", later=timedelta(hours=2))["imports"][0]


def test_jobs_that_failed_wait_or_do_not_end_are_named(titles, found):
    hour = timedelta(hours=3)
    failed, _waiting, running = (prune_finished.enqueue() for _ in range(3))
    rows = "UPDATE django_tasks_database_dbtaskresult SET"
    for row, status in ((failed, "FAILED"), (running, "RUNNING")):
        key = str(row.id).replace("-", "") if connection.vendor == "sqlite" else row.id
        sql(f"{rows} status = '{status}', started_at = '2021-01-01 00:00:00' WHERE id = '{key}'")

    said = " ".join(found("jobs", later=hour)["jobs"])
    assert all(words in said for words in ("Hỏng hẳn", "1 việc đến hạn", "chưa xong"))


def test_rules_nobody_checked_are_counted_but_no_fault(titles, found):
    load_shipped_rules()

    assert "chưa đối chiếu" in found("rules", level=Level.NOTE)["rules"][0]
    assert found("rules") == {}


def test_a_year_without_calendar_is_named_before_and_when_it_comes(titles, found):
    assert "lịch làm việc: Chưa có năm" in found("calendar", later=timedelta(days=365 * 20))["calendar"][0]


def test_a_full_disk_is_named(titles, found, monkeypatch):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: Usage(10**12, 10**12 - 10**7, 10**7))

    assert "9 MB trống" in found("disk")["disk"][0]


def test_pending_steps_are_named(titles, found, monkeypatch):
    monkeypatch.setattr(machine, "pending_steps", lambda: ["ip.0009_later"])
    monkeypatch.setattr(machine, "applied_steps", lambda: (("ip", "0099_later"),))

    said = " ".join(found("database")["database"])
    assert "ip.0009_later" in said
    assert "ip.0099_later" in said


def test_a_database_that_does_not_answer_is_told_once(titles, monkeypatch, capsys):
    def silent():
        raise OperationalError("connection refused")

    monkeypatch.setattr(machine, "pending_steps", silent)

    assert run_doctor([]) == 1
    out = capsys.readouterr().out
    assert "Không trả lời: connection refused" in out
    assert out.count("HỎNG") == 1


def test_the_same_is_said_in_words_and_as_data(titles, capsys):
    assert run_doctor(["--files", "all"]) == 0
    words = capsys.readouterr().out
    assert run_doctor(["--json"]) == 0
    data = json.loads(capsys.readouterr().out)

    assert words.endswith("Mọi thứ đều ổn.\n")
    assert data["well"] is True
    assert [check["check"] for check in data["checks"]] == [check.key for check in CHECKS]
    assert all(check["label"] in words for check in data["checks"])


def test_of_many_findings_twenty_are_named(titles, capsys):
    for number in range(22):
        make_title(f"Thêm {number}")
    sql("UPDATE ip_protectiontitle SET title = 'khác'")

    assert run_doctor([]) == 1
    out = capsys.readouterr().out
    assert out.count("Khác phiên bản đang mở") == 20
    assert "→" in out
