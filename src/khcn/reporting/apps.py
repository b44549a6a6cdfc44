"""Name the module."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Period reports assembled from indicators."""

    name = "khcn.reporting"
    label = "reporting"
    verbose_name = "Báo cáo"
