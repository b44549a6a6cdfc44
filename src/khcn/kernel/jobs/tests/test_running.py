from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from khcn.kernel.jobs import running
from khcn.kernel.jobs.running import run_pending, take_over
from khcn.kernel.jobs.selectors import dead_letters, queue_counts
from khcn.kernel.jobs.services import NoSuchDeadLetter, give_up, try_again
from khcn.kernel.jobs.tests import samples
from khcn.kernel.jobs.workers import is_gone, this_worker

pytestmark = pytest.mark.django_db

NOON = datetime(2021, 9, 24, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def done():
    samples.done.clear()
    return samples.done


def run_until_still(start):
    now, statuses = start, []
    for _ in range(6):
        statuses += [attempt.status for attempt in run_pending(now=now)]
        now += timedelta(hours=1)
    return statuses


def test_work_runs_once_and_its_value_is_kept(done):
    samples.note.enqueue("một")

    ran = run_pending(now=NOON)
    again = run_pending(now=NOON)

    assert [attempt.status for attempt in ran] == ["SUCCESSFUL"]
    assert again == []
    assert done == ["một"]
    assert DBTaskResult.objects.get().return_value == "một"


def test_work_asked_for_in_a_change_that_rolls_back_does_not_exist(done):
    with transaction.atomic():
        samples.note.enqueue("một")
        transaction.set_rollback(True)

    assert run_pending(now=NOON) == []
    assert done == []


def test_a_failure_is_tried_again_later_and_not_at_once(done):
    samples.stumble.enqueue("a")

    first = run_pending(now=NOON)
    too_early = run_pending(now=NOON + MINUTE / 2)
    second = run_pending(now=NOON + MINUTE)

    assert [attempt.status for attempt in first + second] == ["READY", "READY"]
    assert too_early == []
    assert DBTaskResult.objects.get().run_after == NOON + 3 * MINUTE


def test_work_that_keeps_failing_becomes_a_dead_letter_with_its_error(done):
    samples.stumble.enqueue("a")

    statuses = run_until_still(NOON)

    (letter,) = dead_letters()
    assert statuses == ["READY", "READY", "FAILED"]
    assert (letter.attempts, letter.error) == (3, "builtins.OSError")
    assert "máy chủ thư không trả lời" in letter.trace
    assert queue_counts()["Hỏng, cần người xử lý"] == 1


def test_a_dead_letter_can_be_tried_again_from_the_start(done):
    samples.stumble.enqueue("a")
    run_until_still(NOON)

    try_again(letter=dead_letters()[0].id, at=NOON)

    assert dead_letters() == []
    assert run_until_still(NOON) == ["READY", "READY", "FAILED"]


def test_a_dead_letter_given_up_is_gone(done):
    samples.stumble.enqueue("a")
    run_until_still(NOON)
    letter = dead_letters()[0].id

    give_up(letter=letter)

    assert DBTaskResult.objects.count() == 0
    with pytest.raises(NoSuchDeadLetter):
        give_up(letter=letter)


@pytest.mark.parametrize("letter", ["", "không-phải-mã", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_dead_letter_is_told(letter):
    with pytest.raises(NoSuchDeadLetter, match="Tải lại trang"):
        try_again(letter=letter, at=NOON)


def test_a_job_that_asks_for_the_instant_gets_the_runners(done):
    samples.tell_time.enqueue()

    run_pending(now=NOON)

    assert done == [NOON]


def test_a_worker_serves_only_its_queues(done):
    samples.note.enqueue("thường")
    samples.post.enqueue("thư")

    run_pending(now=NOON, queues=["mail"])

    assert done == ["thư"]


def test_work_of_a_silent_worker_is_taken_over_after_its_lease(done):
    samples.note.enqueue("a")
    DBTaskResult.objects.update(status="RUNNING", started_at=NOON, worker_ids=["gone"])

    early = take_over(now=NOON + 14 * MINUTE)
    late = take_over(now=NOON + 16 * MINUTE)
    run_pending(now=NOON + timedelta(hours=1))

    assert early == []
    assert [attempt.status for attempt in late] == ["READY"]
    assert done == ["a"]


def test_work_that_kills_every_worker_ends_as_a_dead_letter(done):
    samples.note.enqueue("a")
    DBTaskResult.objects.update(status="RUNNING", started_at=NOON, worker_ids=["gone", "gone too"])

    (buried,) = take_over(now=NOON + 16 * MINUTE)

    assert buried.status == "FAILED"
    assert dead_letters()[0].error.endswith("WorkerLost")


def test_the_outcome_of_a_worker_that_was_taken_over_is_dropped(done):
    samples.note.enqueue("a")
    row = DBTaskResult.objects.get()
    row.started_at = NOON - MINUTE
    DBTaskResult.objects.update(status="RUNNING", started_at=NOON, worker_ids=["other"])

    running._finish(row, running.TaskResultStatus.SUCCESSFUL)

    assert DBTaskResult.objects.get().status == "RUNNING"


def test_work_this_version_does_not_know_becomes_a_dead_letter():
    samples.note.enqueue("a")
    DBTaskResult.objects.update(task_path="khcn.nothing.here")

    (buried,) = run_pending(now=NOON)

    assert buried.status == "FAILED"
    assert dead_letters()[0].error.endswith("JobUnknown")


def a_process_that_was_killed():
    """Return the name that a worker in another process gave itself before it ended."""
    said = "from khcn.kernel.jobs.workers import this_worker; print(this_worker())"
    done = subprocess.run(  # noqa: S603 (this interpreter, fixed text)
        [sys.executable, "-c", said],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout.strip()


def test_work_of_a_worker_killed_on_this_machine_is_taken_over_at_once(done):
    samples.note.enqueue("a")
    DBTaskResult.objects.update(status="RUNNING", started_at=NOON, worker_ids=[a_process_that_was_killed()])

    taken = take_over(now=NOON)
    run_pending(now=NOON + timedelta(hours=1))

    assert [attempt.status for attempt in taken] == ["READY"]
    assert done == ["a"]


def test_work_of_a_living_worker_and_of_another_machine_is_left_alone():
    killed = a_process_that_was_killed()
    elsewhere = "elsewhere" + killed[killed.index("#") :]

    assert is_gone(killed)
    assert not is_gone(this_worker())
    assert not is_gone(elsewhere)
    assert not is_gone("direct")


def test_a_process_that_was_given_the_number_of_a_killed_one_is_not_taken_for_it():
    machine, pid, began, thread = this_worker().rsplit(":", 3)

    assert is_gone(f"{machine}:{pid}:{int(began) - 1}:{thread}")
    assert len(this_worker()) <= 64
