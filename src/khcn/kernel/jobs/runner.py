"""The worker's loop: the schedule, the queue, the dead; the same in a process of its own and in a thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from khcn.kernel.jobs.recurring import enqueue_due
from khcn.kernel.jobs.running import run_pending, take_over
from khcn.kernel.jobs.workers import this_worker

logger = logging.getLogger(__name__)

BATCH = 20
TAKE_OVER_EVERY = timedelta(minutes=1)
_bell = threading.Event()


def wake() -> None:
    """Tell the runner of this process, if there is one, that something was committed that it may want to do now."""
    _bell.set()


class Runner:
    """One worker. It reads the clock once a turn, and is the only part of the mechanism that does."""

    def __init__(
        self, *, clock: Callable[[], datetime], queues: Sequence[str] = (), pause_seconds: float = 1.0
    ) -> None:
        self.clock = clock
        self.queues = tuple(queues)
        self.pause_seconds = pause_seconds
        self.name = this_worker()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._next_take_over: datetime | None = None

    def turn(self) -> int:
        """Do one turn: schedule, dead workers, a batch of the queue; returns how many attempts were made."""
        now = self.clock()
        if self._next_take_over is None or now >= self._next_take_over:
            take_over(now=now)
            self._next_take_over = now + TAKE_OVER_EVERY
        enqueue_due(now)
        made = 0
        while made < BATCH and run_pending(now=self.clock(), limit=1, worker=self.name, queues=self.queues):
            made += 1
        return made

    def run(self) -> None:
        """Turn until stopped. A database that is away for a while does not end the worker."""
        while not self._stopping.is_set():
            close_old_connections()
            try:
                busy = self.turn() > 0
            except DatabaseError:
                logger.exception("the queue could not be read; will try again")
                busy = False
            if not busy:
                _bell.wait(self.pause_seconds)
                _bell.clear()
        connection.close()

    def start(self) -> None:
        """Turn in a thread of this process, which does not keep the process alive."""
        self._thread = threading.Thread(target=self.run, name="khcn-jobs", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask the loop to end after the work in hand."""
        self._stopping.set()
        _bell.set()

    def join(self, seconds: float) -> None:
        """Wait for the thread to end, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)


def start_in_process_runner() -> Runner | None:
    """Start the worker as a thread of this process, if the operator's settings ask for it; call from `khcn serve`."""
    if not settings.ENVIRONMENT.run_jobs_in_process:
        return None
    runner = Runner(clock=timezone.now)
    runner.start()
    return runner
