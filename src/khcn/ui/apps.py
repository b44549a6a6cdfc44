"""Registration of the interface kit with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Offer base pages and components that take values only."""

    name = "khcn.ui"
    label = "ui"
    verbose_name = "Giao diện"
