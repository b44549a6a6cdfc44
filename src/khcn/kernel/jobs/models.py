"""The table of the schedule; the queue itself is a table of `django_tasks_db`."""

from __future__ import annotations

from django.db import models

from khcn.language.words import words as _


class RecurringJob(models.Model):
    """One line of the schedule, and the last slot of time that was given to a worker.

    A slot is given by one conditional update, so that of several workers exactly one enqueues each run.
    """

    name = models.CharField(_("Việc định kỳ"), max_length=80, unique=True)
    slot = models.DateTimeField(_("Lần chạy gần nhất thuộc khung giờ"))
    is_paused = models.BooleanField(_("Tạm dừng"), default=False)

    class Meta:
        verbose_name = _("việc định kỳ")
        verbose_name_plural = _("việc định kỳ")
        default_permissions = ()
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
