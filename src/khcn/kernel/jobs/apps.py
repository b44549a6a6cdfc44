"""Name the mechanism of jobs."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from khcn.language.words import words as _


class JobsConfig(AppConfig):
    """One queue in the database and its recurring jobs."""

    name = "khcn.kernel.jobs"
    label = "jobs"
    verbose_name = _("Việc chạy nền")

    def ready(self) -> None:
        """Load the module `jobs` of every app, where its jobs and its lines of the schedule are declared."""
        autodiscover_modules("jobs")
