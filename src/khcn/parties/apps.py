"""Name the module."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Outside organisations and people with their roles over time."""

    name = "khcn.parties"
    label = "parties"
    verbose_name = "Tổ chức và cá nhân"
