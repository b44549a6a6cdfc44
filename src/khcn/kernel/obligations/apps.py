"""Name the mechanism of obligations."""

from django.apps import AppConfig

from khcn.language.words import words as _


class ObligationsConfig(AppConfig):
    """Everything that falls due, in one inbox."""

    name = "khcn.kernel.obligations"
    label = "obligations"
    verbose_name = _("Việc đến hạn")
