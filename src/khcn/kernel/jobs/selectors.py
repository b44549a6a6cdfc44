"""Read the queue: what waits, what runs, and what failed for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from khcn.kernel.jobs.models import RecurringJob
from khcn.kernel.jobs.recurring import schedule
from khcn.language.words import words as _

STATUS_LABELS = {
    TaskResultStatus.READY: _("Đang chờ"),
    TaskResultStatus.RUNNING: _("Đang chạy"),
    TaskResultStatus.FAILED: _("Hỏng, cần người xử lý"),
    TaskResultStatus.SUCCESSFUL: "Xong",
}


@dataclass(frozen=True)
class DeadLetter:
    """Work that failed for good: which, when, after how many attempts, and the last error."""

    id: str
    path: str
    arguments: dict[str, Any]
    failed_at: datetime | None
    attempts: int
    error: str
    trace: str


@dataclass(frozen=True)
class ScheduleLine:
    """A line of the schedule and its last slot; a job that never ran has none."""

    name: str
    every_seconds: int
    slot: datetime | None
    is_paused: bool


def queue_counts() -> dict[str, int]:
    """Return how many pieces of work stand in each status, by its Vietnamese label."""
    counted = dict(DBTaskResult.objects.order_by().values_list("status").annotate(n=Count("pk")))
    return {label: counted.get(status.value, 0) for status, label in STATUS_LABELS.items()}


def dead_letters(limit: int = 100) -> list[DeadLetter]:
    """Return the work that failed for good, newest first."""
    return [_letter(row) for row in failed_rows()[:limit]]


def failed_rows() -> QuerySet[DBTaskResult[Any, Any]]:
    """Return the rows of the work that failed for good, newest first."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


def schedule_lines() -> list[ScheduleLine]:
    """Return the schedule as declared, with what the database knows of each line."""
    rows = {row.name: row for row in RecurringJob.objects.all()}
    return [
        ScheduleLine(
            name=line.name,
            every_seconds=int(line.every.total_seconds()),
            slot=rows[line.name].slot if line.name in rows else None,
            is_paused=line.name in rows and rows[line.name].is_paused,
        )
        for line in schedule()
    ]


def _letter(row: DBTaskResult[Any, Any]) -> DeadLetter:
    return DeadLetter(
        id=str(row.pk),
        path=row.task_path,
        arguments=row.args_kwargs,
        failed_at=row.finished_at,
        attempts=len(row.worker_ids),
        error=row.exception_class_path,
        trace=row.traceback,
    )
