"""A backup that is not whole is named, and nothing is written anywhere."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.utils import timezone

from khcn.kernel.files.services import attach
from khcn.kernel.keeping import backup, restore
from khcn.kernel.keeping.archive import MANIFEST, SEAL, BadArchive
from khcn.kernel.keeping.backup import BackupRefused, make_backup
from khcn.kernel.keeping.commands import run_backup, run_restore
from khcn.kernel.keeping.restore import RestoreRefused, restore_backup, rows_there
from khcn.kernel.tests.factories import TODAY, make_title

pytestmark = pytest.mark.django_db(transaction=True)
BYTES = b"noi dung cua tep"


@pytest.fixture
def archive(tmp_path, settings):
    """Return a backup with a record and a file; the database and the store are empty again."""
    attach(record=make_title(), data=BYTES, filename="a.txt", actor=None, on=TODAY)
    make_backup(tmp_path / "b", at=timezone.now(), tell=str)
    call_command("flush", interactive=False, verbosity=0)
    settings.FILES_DIR = tmp_path / "new-files"
    return tmp_path / "b"


def stored(folder):
    return [path for path in folder.glob("files/??/??/*") if path.is_file()]


def change_a_byte(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def seal(archive):
    data = (archive / MANIFEST).read_bytes()
    (archive / SEAL).write_text(f"{sha256(data).hexdigest()}  {MANIFEST}\n", encoding="ascii")


def nothing_written(settings):
    return rows_there() == {} and not [path for path in settings.FILES_DIR.rglob("*") if path.is_file()]


DAMAGES = {
    "no manifest": (lambda a: (a / MANIFEST).unlink(), "manifest.json"),
    "manifest changed": (lambda a: change_a_byte(a / MANIFEST), "manifest.json"),
    "no seal": (lambda a: (a / SEAL).unlink(), "manifest.json.sha256"),
    "table gone": (lambda a: (a / "tables/records_change.jsonl.gz").unlink(), "records_change.jsonl.gz"),
    "table changed": (lambda a: change_a_byte(a / "tables/records_change.jsonl.gz"), "records_change.jsonl.gz"),
    "file gone": (lambda a: stored(a)[0].unlink(), sha256(BYTES).hexdigest()),
    "file changed": (lambda a: change_a_byte(stored(a)[0]), sha256(BYTES).hexdigest()),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_backup_is_named_and_nothing_is_written(name, archive, settings):
    damage, named = DAMAGES[name]
    damage(archive)

    with pytest.raises(BadArchive, match=named):
        restore_backup(archive, tell=str)

    assert nothing_written(settings)


def test_a_backup_of_another_version_is_refused_with_the_steps_that_differ(archive, settings):
    said = json.loads((archive / MANIFEST).read_text(encoding="utf-8"))
    said["migrations"].append(["records", "0099_from_the_future"])
    (archive / MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    seal(archive)

    with pytest.raises(RestoreRefused, match=r"records\.0099_from_the_future"):
        restore_backup(archive, tell=str)

    assert nothing_written(settings)


def test_a_restore_that_fails_at_the_last_step_leaves_neither_rows_nor_files(archive, settings, monkeypatch):
    place = restore._place_files

    def place_and_fail(*arguments):
        place(*arguments)
        raise OSError("đĩa đầy")

    monkeypatch.setattr(restore, "_place_files", place_and_fail)

    assert run_restore([str(archive)]) == 1
    assert nothing_written(settings)


def test_a_database_with_rows_is_refused_with_the_names_of_its_tables(archive):
    make_title()

    with pytest.raises(RestoreRefused, match=r"records_change \(\d+ dòng\)|identity_office \(1 dòng\)"):
        restore_backup(archive, tell=str)


def test_a_folder_that_is_not_empty_is_not_overwritten(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "thư.txt").write_text("của người khác", encoding="utf-8")

    with pytest.raises(BackupRefused, match="đã có dữ liệu"):
        make_backup(tmp_path / "b", at=timezone.now(), tell=str)

    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def test_an_interrupted_backup_does_not_look_whole(tmp_path, monkeypatch):
    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(backup, "_copy_files", interrupted)

    with pytest.raises(KeyboardInterrupt):
        make_backup(tmp_path / "b", at=timezone.now(), tell=str)

    assert list(tmp_path.iterdir()) == []


def test_a_file_the_store_has_lost_is_told_and_all_else_is_kept(tmp_path, capsys):
    attached = attach(record=make_title(), data=BYTES, filename="a.txt", actor=None, on=TODAY)
    attached.stored.path.unlink()

    assert run_backup([str(tmp_path / "b")]) == 1

    assert attached.stored.sha256 in capsys.readouterr().err
    call_command("flush", interactive=False, verbosity=0)
    assert restore_backup(tmp_path / "b", tell=str).lost_files == (attached.stored.sha256,)
