"""Name the module."""

from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    """Work given to agencies and units, whoever gave it."""

    name = "khcn.assignments"
    label = "assignments"
    verbose_name = "Nhiệm vụ giao"
