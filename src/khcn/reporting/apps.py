"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class ReportingConfig(AppConfig):
    """Period reports assembled from indicators."""

    name = "khcn.reporting"
    label = "reporting"
    verbose_name = _("Báo cáo", "menu")
