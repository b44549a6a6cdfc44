"""Name the mechanism of places."""

from django.apps import AppConfig

from khcn.language.words import words as _


class PlacesConfig(AppConfig):
    """Territories with validity: what was merged or renamed still exists for its time."""

    name = "khcn.kernel.places"
    label = "places"
    verbose_name = _("Địa danh hành chính")
