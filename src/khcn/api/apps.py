"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class ApiConfig(AppConfig):
    """Registers and indicators for other programs to read."""

    name = "khcn.api"
    label = "api"
    verbose_name = _("Giao diện lập trình")
