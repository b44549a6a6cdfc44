"""Name the module."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers and indicators for other programs to read."""

    name = "khcn.api"
    label = "api"
    verbose_name = "Giao diện lập trình"
