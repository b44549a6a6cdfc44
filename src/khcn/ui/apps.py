"""Registration of the interface kit with Django."""

from django.apps import AppConfig

from khcn.language.words import words as _


class UiConfig(AppConfig):
    """Offer base pages and components that take values only."""

    name = "khcn.ui"
    label = "ui"
    verbose_name = _("Giao diện")
