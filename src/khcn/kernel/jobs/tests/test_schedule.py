from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from khcn.kernel.jobs import recurring
from khcn.kernel.jobs.commands import run_worker
from khcn.kernel.jobs.jobs import learn_tables, prune_finished
from khcn.kernel.jobs.models import RecurringJob
from khcn.kernel.jobs.recurring import add_recurring, enqueue_due
from khcn.kernel.jobs.runner import Runner, start_in_process_runner, wake
from khcn.kernel.jobs.running import run_pending
from khcn.kernel.jobs.selectors import schedule_lines
from khcn.kernel.jobs.services import NoSuchRecurringJob, pause_recurring
from khcn.kernel.jobs.tests import samples

NOON = datetime(2021, 9, 24, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def schedule(monkeypatch):
    samples.done.clear()
    monkeypatch.setattr(recurring, "_schedule", {})
    add_recurring("thử", samples.tell_time, every=HOUR)


@pytest.mark.django_db
def test_each_slot_is_enqueued_once():
    first = enqueue_due(NOON)
    run_pending(now=NOON)
    same_slot = enqueue_due(NOON + HOUR / 2)
    next_slot = enqueue_due(NOON + HOUR)

    assert (first, same_slot, next_slot) == (["thử"], [], ["thử"])


@pytest.mark.django_db
def test_slots_missed_while_nothing_ran_are_not_made_up_for():
    enqueue_due(NOON)
    run_pending(now=NOON)

    enqueue_due(NOON + 30 * HOUR)
    run_pending(now=NOON + 30 * HOUR)

    assert samples.done == [NOON, NOON + 30 * HOUR]


@pytest.mark.django_db
def test_runs_do_not_pile_up_while_no_worker_runs():
    enqueue_due(NOON)
    enqueue_due(NOON + HOUR)

    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_a_line_with_nothing_to_do_leaves_no_trace():
    add_recurring("thử", samples.tell_time, every=HOUR, when=lambda: False)

    assert enqueue_due(NOON) == []
    assert RecurringJob.objects.count() == 0


@pytest.mark.django_db
def test_a_paused_line_does_not_run_until_released():
    pause_recurring(name="thử", paused=True, at=NOON)
    paused = enqueue_due(NOON + HOUR)
    pause_recurring(name="thử", paused=False, at=NOON)

    assert paused == []
    assert enqueue_due(NOON + HOUR) == ["thử"]
    assert schedule_lines()[0].every_seconds == 3600


@pytest.mark.django_db
def test_pausing_what_is_not_on_the_schedule_is_refused():
    with pytest.raises(NoSuchRecurringJob, match="thử"):
        pause_recurring(name="khác", paused=True, at=NOON)


@pytest.mark.django_db
def test_finished_work_is_forgotten_after_two_days_but_dead_letters_stay():
    samples.note.enqueue("a")
    samples.stumble.enqueue("b")
    for hours in (0, 1, 2):
        run_pending(now=NOON + hours * HOUR)

    prune_finished.func(now=NOON + timedelta(days=3))

    assert [row.status for row in DBTaskResult.objects.all()] == ["FAILED"]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the other database learns by itself")
def test_the_embedded_database_learns_what_its_tables_hold():
    samples.note.enqueue("a")

    learn_tables.func()

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = %s", [DBTaskResult._meta.db_table])
        assert cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_the_worker_command_runs_what_is_due_and_ends(capsys):
    samples.note.enqueue("a")

    code = run_worker(["--once"])

    assert code == 0
    assert "a" in samples.done
    assert "Đã chạy 2 việc" in capsys.readouterr().out


@pytest.mark.django_db
def test_one_turn_of_the_runner_schedules_and_runs():
    runner = Runner(clock=lambda: NOON)

    made = runner.turn()

    assert made == 1
    assert samples.done == [NOON]


def test_no_thread_is_started_where_the_operator_runs_workers_apart(settings):
    settings.ENVIRONMENT = type("E", (), {"run_jobs_in_process": False})()

    assert start_in_process_runner() is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_gets_the_slot_and_one_gets_the_work():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory does not make its threads wait for each other")

    def work():
        enqueue_due(NOON)
        run_pending(now=NOON)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert samples.done == [NOON]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_servers_own_worker_runs_what_is_committed_as_soon_as_it_is_woken(settings):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory does not make its threads wait for each other")
    settings.ENVIRONMENT = type("E", (), {"run_jobs_in_process": True})()
    samples.note.enqueue("a")

    runner = start_in_process_runner()
    wake()
    samples.noted.wait(10)
    runner.stop()
    runner.join(10)

    assert "a" in samples.done
