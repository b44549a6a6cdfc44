"""Act on the queue by hand: try a dead letter again, give it up, pause a line of the schedule."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from khcn.kernel.jobs.models import RecurringJob
from khcn.kernel.jobs.recurring import schedule
from khcn.language.words import words as _


class NoSuchDeadLetter(Exception):
    """There is no failed work under this id; perhaps someone acted on it already."""


class NoSuchRecurringJob(Exception):
    """No line of the schedule has this name."""


def try_again(*, letter: str, at: datetime) -> None:
    """Put a dead letter back in the queue, with its count of attempts cleared.

    Raises: NoSuchDeadLetter.
    """
    values = {"status": TaskResultStatus.READY, "run_after": at, "worker_ids": [], "finished_at": None}
    if not _failed(letter).update(**values):
        raise NoSuchDeadLetter(
            _("Không có việc hỏng mang mã «{letter}»: có thể đã được chạy lại hoặc bỏ. Tải lại trang.").format(
                letter=letter
            )
        )


def give_up(*, letter: str) -> None:
    """Remove a dead letter.

    Raises: NoSuchDeadLetter.
    """
    gone, _by_model = _failed(letter).delete()
    if not gone:
        raise NoSuchDeadLetter(
            _("Không có việc hỏng mang mã «{letter}»: có thể đã được chạy lại hoặc bỏ. Tải lại trang.").format(
                letter=letter
            )
        )


def pause_recurring(*, name: str, paused: bool, at: datetime) -> RecurringJob:
    """Pause a line of the schedule, or let it run again from the next slot.

    Raises: NoSuchRecurringJob.
    """
    lines = {line.name: line for line in schedule()}
    if name not in lines:
        raise NoSuchRecurringJob(
            _("Không có việc định kỳ «{name}». Hiện có: {lines}.").format(name=name, lines=", ".join(lines))
        )
    row, _made = RecurringJob.objects.get_or_create(name=name, defaults={"slot": lines[name].slot_at(at)})
    row.is_paused = paused
    row.save(update_fields=["is_paused"])
    return row


def _failed(letter: str) -> DBTaskResultQuerySet:
    try:
        return DBTaskResult.objects.failed().filter(pk=letter)
    except ValidationError:
        return DBTaskResult.objects.none()
