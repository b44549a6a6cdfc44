"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class GovernanceConfig(AppConfig):
    """Working sessions of leaders, what they concluded, and what became of it."""

    name = "khcn.governance"
    label = "governance"
    verbose_name = _("Buổi làm việc và kết luận")
