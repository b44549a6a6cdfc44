"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class OverviewConfig(AppConfig):
    """The one page that leaders see first."""

    name = "khcn.overview"
    label = "overview"
    verbose_name = _("Tổng quan")
