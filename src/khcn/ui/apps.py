"""Registration of the interface kit with Django."""

from django.apps import AppConfig

from khcn.language.drawing import start_drawing
from khcn.language.words import words as _


class UiConfig(AppConfig):
    """Offer base pages and components that take values only."""

    name = "khcn.ui"
    label = "ui"
    verbose_name = _("Giao diện")

    def ready(self) -> None:
        """Draw words in the language of each reader from now on."""
        start_drawing()
