from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from khcn.kernel.identity.models import Division
from khcn.kernel.jobs.running import run_pending, take_over
from khcn.kernel.records import registry
from khcn.kernel.records.bulk import write_changed
from khcn.kernel.records.recording import recording
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.search import selectors, services
from khcn.kernel.search.contracts import Change
from khcn.kernel.search.documents import changes_for
from khcn.kernel.search.engine import IndexBusy, TantivyIndex
from khcn.kernel.search.folder import current_index
from khcn.kernel.search.jobs import index_pending as index_job
from khcn.kernel.search.models import IndexLease, SearchOutbox
from khcn.kernel.search.selectors import find
from khcn.kernel.search.tests.conftest import NOW
from khcn.kernel.search.visibility import office_viewer, viewer_of
from khcn.kernel.tests.factories import TITLES, make_office, make_title

pytestmark = pytest.mark.django_db


def found(query):
    return [hit.record.title for hit in find(query, office_viewer(make_office())).hits]


def narrow(record):
    with recording(actor=None, verb="test", label="hạn chế"):
        record.confidentiality = "confidential"
        record.save()


def test_every_write_leaves_its_line_in_the_same_transaction(office):
    record = make_title("Chè")
    lines = [line.ref for line in SearchOutbox.objects.all()]

    with transaction.atomic():
        make_title("Chè khác")
        transaction.set_rollback(True)

    assert lines
    assert set(lines) == {record.ref}
    assert {line.ref for line in SearchOutbox.objects.all()} == {record.ref}


def test_a_bulk_write_is_indexed_too(office, indexed):
    record = make_title("Chè")
    indexed()
    record.title = "Miến"
    with recording(actor=None, verb="test", label="sửa"):
        write_changed([record], ["title"])

    indexed()

    assert found("mien") == ["Miến"]


def test_tables_that_belong_to_no_register_leave_no_line(office):
    with recording(actor=None, verb="test", label="thử"):
        Division.objects.create(office=office, code="X", name="Phòng X")

    assert SearchOutbox.objects.count() == 0


def test_the_outbox_is_emptied_and_the_position_kept(office, indexed):
    make_title("Chè một")
    indexed()
    make_title("Chè hai")
    last = SearchOutbox.objects.last().pk

    consumed = indexed()

    assert consumed > 0
    assert SearchOutbox.objects.count() == 0
    assert current_index().position() == last


def test_changes_applied_again_after_a_crash_do_no_harm(office, indexed, monkeypatch):
    make_title("Chè một")
    indexed()
    record = make_title("Chè hai")
    lines = [(line.register, line.record_id, line.written_at) for line in SearchOutbox.objects.all()]
    indexed()

    # The crash: the index had committed, but the lines were still in the outbox when the worker died.
    SearchOutbox.objects.bulk_create([SearchOutbox(register=r, record_id=n, written_at=at) for r, n, at in lines])
    indexed()

    assert found("che hai") == [record.title]
    assert current_index().count() == 2


def test_a_crash_before_the_commit_loses_nothing(office, indexed, monkeypatch):
    make_title("Chè một")
    indexed()
    make_title("Chè hai")

    with monkeypatch.context() as broken:
        broken.setattr("khcn.kernel.search.engine._write_position", _disk_full)
        with pytest.raises(OSError, match="đĩa đầy"):
            indexed()

    assert SearchOutbox.objects.count() > 0
    indexed()
    assert found("che hai") == ["Chè hai"]
    assert current_index().count() == 2


def _disk_full(_folder, _position):
    raise OSError("đĩa đầy")


def test_a_record_that_no_longer_exists_leaves_the_index(office, indexed):
    record = make_title("Chè một")
    indexed()

    current_index().apply([Change(record.ref, None)], position=9)

    assert current_index().count() == 0


def test_a_reference_to_an_unknown_register_becomes_a_removal(office):
    assert changes_for([RecordRef("sổ-chưa-có", 1)]) == [Change(RecordRef("sổ-chưa-có", 1), None)]


def test_while_one_worker_holds_the_lease_another_does_nothing(office):
    make_title("Chè")
    IndexLease.objects.create(name="index", holder="worker one", expires_at=NOW + timedelta(minutes=1))

    refused = services.index_pending(now=NOW, holder="worker two")
    after = services.index_pending(now=NOW + timedelta(minutes=1), holder="worker two")

    assert refused == 0
    assert after > 0
    assert found("che") == ["Chè"]


def test_the_lease_of_a_worker_killed_on_this_machine_is_taken_at_once(office, monkeypatch):
    make_title("Chè")
    IndexLease.objects.create(name="index", holder="killed", expires_at=NOW + timedelta(hours=1))
    monkeypatch.setattr(services, "is_gone", lambda holder: holder == "killed")

    assert services.index_pending(now=NOW) > 0
    assert found("che") == ["Chè"]


def test_workers_killed_one_after_another_do_not_bury_the_indexing(office):
    make_title("Chè")
    index_job.enqueue()
    killed = {"status": "RUNNING", "started_at": NOW - services.LONG - timedelta(days=1)}
    DBTaskResult.objects.update(**killed, worker_ids=["killed one", "killed two"])

    taken = take_over(now=NOW)
    run_pending(now=NOW + timedelta(seconds=3))

    assert [attempt.status for attempt in taken] == ["READY"]
    assert found("che") == ["Chè"]


def test_a_worker_whose_lease_ended_cannot_write_beside_the_next_one(office, indexed):
    make_title("Chè")
    indexed()
    writer = current_index()._writer(15_000_000)

    with pytest.raises(IndexBusy):
        current_index().apply([], position=1)
    make_title("Miến")

    assert services.index_pending(now=NOW) == 0
    del writer
    assert services.index_pending(now=NOW) > 0


def test_a_damaged_index_is_built_anew(office, indexed):
    make_title("Chè")
    indexed()
    for part in current_index().folder.glob("*.term"):
        part.unlink()
    make_title("Chè hai")

    indexed()

    assert sorted(found("che")) == ["Chè", "Chè hai"]
    assert current_index().folder.name == "gen-000002"


def test_a_record_whose_text_cannot_be_made_is_found_by_its_title(office, indexed, monkeypatch):
    monkeypatch.setitem(registry._registers, TITLES, replace(registry.register(TITLES), search_text=_broken))
    make_title("Chè")

    indexed()

    assert found("che") == ["Chè"]


def _broken(_record):
    raise KeyError("hỏng")


def test_a_missing_index_is_built_from_the_registers(office, indexed, settings):
    make_title("Chè")
    indexed()
    SearchOutbox.objects.all().delete()

    shutil.rmtree(settings.SEARCH_DIR)
    indexed()

    assert found("che") == ["Chè"]


def test_an_index_of_another_version_is_built_anew(office, indexed, settings):
    make_title("Chè")
    indexed()

    (settings.SEARCH_DIR / "current.json").write_text('{"generation": "gen-000001", "schema": 0}')
    indexed()

    assert found("che") == ["Chè"]
    assert [path.name for path in settings.SEARCH_DIR.glob("gen-*")] == ["gen-000002"]


def test_a_rebuild_takes_in_what_the_outbox_lost_and_replaces_the_old_index(office, indexed, settings):
    indexed()
    make_title("Chè")
    SearchOutbox.objects.all().delete()

    count = services.rebuild(now=NOW)

    assert count == 1
    assert found("che") == ["Chè"]
    assert len(list(settings.SEARCH_DIR.glob("gen-*"))) == 1


def test_a_rebuild_waits_for_its_turn_unless_told_to_seize_it(office):
    IndexLease.objects.create(name="index", holder="killed", expires_at=NOW + timedelta(hours=1))

    with pytest.raises(IndexBusy, match="--force"):
        services.rebuild(now=NOW)

    assert services.rebuild(now=NOW, seize=True) == 0


def test_a_reader_that_opened_the_index_earlier_sees_later_commits(office, indexed):
    make_title("Chè một")
    indexed()
    reader = TantivyIndex(Path(current_index().folder))

    make_title("Chè hai")
    indexed()

    assert reader.count() == 2


def test_a_narrowed_record_is_neither_shown_nor_counted_before_it_is_indexed_anew(office, indexed):
    record = make_title("Chè công khai", confidentiality="public")
    indexed()
    narrow(record)

    results = find("che", viewer_of(None))

    assert (results.hits, results.total, results.facets["register"]) == ((), 0, {})


def test_while_too_much_waits_nothing_is_counted(office, indexed, monkeypatch):
    monkeypatch.setattr(selectors, "MOST_PENDING", 1)
    first, second = make_title("Chè một", confidentiality="public"), make_title("Chè hai", confidentiality="public")
    indexed()
    narrow(first)
    narrow(second)

    results = find("che", viewer_of(None))

    assert (results.hits, results.total, results.facets) == ((), None, {})


def test_the_schedule_indexes_what_waits(office):
    make_title("Chè")

    index_job.enqueue()
    run_pending(now=NOW)

    assert found("che") == ["Chè"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_indexers_at_once_one_works(folders):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory does not make its threads wait for each other")

    make_title("Chè")
    waiting = SearchOutbox.objects.count()
    consumed = []

    def work():
        consumed.append(services.index_pending(now=NOW))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(consumed) == waiting
    assert found("che") == ["Chè"]
