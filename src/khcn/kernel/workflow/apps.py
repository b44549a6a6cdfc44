"""Name the mechanism of workflow."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """One transition table per register."""

    name = "khcn.kernel.workflow"
    label = "workflow"
    verbose_name = "Quy trình"
