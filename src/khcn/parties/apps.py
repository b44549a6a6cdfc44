"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class PartiesConfig(AppConfig):
    """Outside organisations and people with their roles over time."""

    name = "khcn.parties"
    label = "parties"
    verbose_name = _("Tổ chức và cá nhân")
