"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class CouncilsConfig(AppConfig):
    """Advisory councils of every kind: who sits, what is scored, what follows from the slips."""

    name = "khcn.councils"
    label = "councils"
    verbose_name = _("Hội đồng tư vấn")
