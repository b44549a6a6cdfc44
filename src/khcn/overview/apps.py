"""Name the module."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """The one page that leaders see first."""

    name = "khcn.overview"
    label = "overview"
    verbose_name = "Tổng quan"
