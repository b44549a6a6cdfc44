"""Name the module."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Working sessions of leaders, what they concluded, and what became of it."""

    name = "khcn.governance"
    label = "governance"
    verbose_name = "Buổi làm việc và kết luận"
