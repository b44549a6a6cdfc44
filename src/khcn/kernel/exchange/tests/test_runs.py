"""What is left of an import that was cut short, and of one that was sent twice at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection

from khcn.kernel.exchange import services
from khcn.kernel.exchange.models import ImportRun
from khcn.kernel.exchange.runs import ImportUnderWay
from khcn.kernel.exchange.services import import_rows
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TODAY, make_office

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

ROWS = "Đối tượng được bảo hộ;Loại văn bằng;Số văn bằng\nA;mark;4-1\n\nB;mark;4-2\nC;mark;4-3\n"


class Killed(BaseException):
    """Stands for the process being killed."""


def titles():
    return register("protection-title").model.objects


def load(*, skip_bad, text=ROWS, dry_run=False):
    table = read_table(text.encode(), "mẫu.csv")
    return import_rows(
        register("protection-title"),
        table,
        actor=None,
        on=TODAY,
        dry_run=dry_run,
        skip_bad=skip_bad,
        office=make_office(),
    )


@pytest.fixture
def killed_at(monkeypatch):
    """Return how to have the writer killed before its batch of that number; batches have one row."""
    monkeypatch.setattr(services, "BATCH", 1)
    write = services.Writer.write

    def arrange(number):
        seen = []

        def dying(self, rows):
            seen.append(rows)
            if len(seen) == number:
                raise Killed
            return write(self, rows)

        monkeypatch.setattr(services.Writer, "write", dying)
        return seen

    return arrange


def test_all_or_nothing_leaves_nothing_when_it_is_killed_in_the_middle(killed_at):
    killed_at(3)

    with pytest.raises(Killed):
        load(skip_bad=False)

    assert titles().count() == 0


def test_all_or_nothing_begins_anew_after_it_was_killed(killed_at):
    killed_at(3)
    with pytest.raises(Killed):
        load(skip_bad=False)
    killed_at(99)

    report = load(skip_bad=False)

    assert (report.finished, report.created, titles().count()) == (True, 3, 3)
    assert ImportRun.objects.get().is_finished


def test_leaving_out_bad_rows_keeps_what_was_done_and_goes_on_there(killed_at):
    killed_at(3)
    with pytest.raises(Killed):
        load(skip_bad=True)
    before, again = titles().count(), killed_at(99)

    report = load(skip_bad=True)

    assert (before, len(again)) == (2, 1)
    assert (report.resumed_at, report.created, report.finished) == (2, 3, True)
    assert ImportRun.objects.get().is_finished


def test_a_run_goes_on_where_it_stopped_whatever_the_size_of_batches_is_now(killed_at, monkeypatch):
    killed_at(2)
    with pytest.raises(Killed):
        load(skip_bad=True)
    monkeypatch.setattr(services, "BATCH", 2)
    killed_at(99)

    report = load(skip_bad=True)

    assert (report.resumed_at, titles().count()) == (1, 3)


def test_a_dry_run_tells_at_which_line_the_file_was_left(killed_at):
    killed_at(3)
    with pytest.raises(Killed):
        load(skip_bad=True)
    killed_at(99)

    report = load(skip_bad=True, dry_run=True)

    assert report.notices[-1] == "Lần nhập trước của tệp này dừng ở dòng 4; gửi lại đúng tệp để nhập tiếp."
    assert report.as_data()["stopped_at"] == 4


def test_a_file_refused_as_a_whole_leaves_no_run():
    report = load(skip_bad=False, text=ROWS + "D;sai;4-4\n")

    assert (report.finished, report.created, titles().count(), ImportRun.objects.count()) == (False, 0, 0, 0)


def test_a_file_has_one_unfinished_run_at_most():
    run = {"office": make_office(), "register": "r", "sha256": "a", "name": "x", "rows_total": 3}
    ImportRun.objects.create(**run, rows_done=3)
    ImportRun.objects.create(**run)

    with pytest.raises(IntegrityError):
        ImportRun.objects.create(**run)


@pytest.mark.parametrize("skip_bad", [True, False])
def test_a_run_that_another_moved_on_meanwhile_is_told_and_writes_nothing(monkeypatch, skip_bad):
    claim = services.claim

    def overtaken(*arguments):
        run = claim(*arguments)
        ImportRun.objects.update(rows_done=3)
        return run

    monkeypatch.setattr(services, "claim", overtaken)

    with pytest.raises(ImportUnderWay, match=r"mẫu\.csv đang được nhập bởi một lần gửi khác"):
        load(skip_bad=skip_bad)
    assert titles().count() == 0


def test_a_run_whose_file_reads_otherwise_now_begins_anew(killed_at):
    killed_at(2)
    with pytest.raises(Killed):
        load(skip_bad=True)
    ImportRun.objects.update(rows_total=9)
    killed_at(99)

    report = load(skip_bad=True)

    assert (report.resumed_at, report.finished, titles().count()) == (0, True, 3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("skip_bad", [True, False])
def test_of_two_sent_at_once_one_imports_and_the_other_writes_nothing(skip_bad):
    make_office()
    both = threading.Barrier(2, timeout=10)

    def send(_):
        both.wait()
        try:
            return load(skip_bad=skip_bad).created
        except ImportUnderWay:
            return "under way"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, range(2)))

    assert answers.count(3) == 1
    assert set(answers) <= {3, 0, "under way"}  # 0: it came when the other had ended, and found every row there
    assert titles().count() == 3
    assert not ImportRun.objects.unfinished().exists()


def test_unfinished_runs_that_never_began_are_forgotten_by_the_migration():
    forget = import_module("khcn.kernel.exchange.migrations.0002_forget_import_runs_overtaken_by_another")
    run = {"office": make_office(), "register": "r", "name": "x", "rows_total": 3}
    for sha256, done in (("a", 0), ("b", 2), ("c", 3)):
        ImportRun.objects.create(**run, sha256=sha256, rows_done=done)

    forget.forget_overtaken(apps, None)

    assert sorted(ImportRun.objects.values_list("sha256", flat=True)) == ["b", "c"]
