"""The `khcn worker` command."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from django.utils import timezone

from khcn.kernel.jobs.recurring import enqueue_due
from khcn.kernel.jobs.runner import Runner
from khcn.kernel.jobs.running import run_pending, take_over

ALL_AT_ONCE = 10_000


def run_worker(arguments: Sequence[str]) -> int:
    """Serve the queue until told to stop, or with `--once` only what is due now; returns the exit code."""
    parser = argparse.ArgumentParser(prog="khcn worker", description="Chạy các việc nền đang chờ trong hàng đợi.")
    parser.add_argument("--once", action="store_true", help="chạy hết việc đến hạn rồi thoát")
    parser.add_argument("--queue", action="append", default=[], help="chỉ phục vụ hàng đợi này (có thể lặp lại)")
    options = parser.parse_args(list(arguments))
    if options.once:
        return _run_once(options.queue)
    runner = Runner(clock=timezone.now, queues=options.queue)

    def stop(_number: int, _frame: FrameType | None) -> None:
        runner.stop()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    sys.stdout.write("Đang chạy các việc nền; nhấn Ctrl+C để dừng.\n")
    runner.run()
    return 0


def _run_once(queues: Sequence[str]) -> int:
    take_over(now=timezone.now())
    enqueue_due(timezone.now())
    ran = run_pending(now=timezone.now(), limit=ALL_AT_ONCE, queues=queues)
    failed = [attempt for attempt in ran if attempt.status != "SUCCESSFUL"]
    sys.stdout.write(f"Đã chạy {len(ran)} việc, {len(failed)} việc chưa thành công.\n")
    return 0
