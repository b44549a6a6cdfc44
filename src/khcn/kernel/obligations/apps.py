"""Name the mechanism of obligations."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Everything that falls due, in one inbox."""

    name = "khcn.kernel.obligations"
    label = "obligations"
    verbose_name = "Việc đến hạn"
