"""Name the mechanism of workflow."""

from django.apps import AppConfig

from khcn.language.words import words as _


class WorkflowConfig(AppConfig):
    """One transition table per register."""

    name = "khcn.kernel.workflow"
    label = "workflow"
    verbose_name = _("Quy trình")
