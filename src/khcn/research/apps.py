"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class ResearchConfig(AppConfig):
    """S&T tasks, from the proposal to the application of what came of them."""

    name = "khcn.research"
    label = "research"
    verbose_name = _("Nhiệm vụ khoa học và công nghệ")
