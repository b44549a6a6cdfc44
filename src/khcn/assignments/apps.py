"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class AssignmentsConfig(AppConfig):
    """Work given to agencies and units, whoever gave it."""

    name = "khcn.assignments"
    label = "assignments"
    verbose_name = _("Nhiệm vụ giao")
