"""Name the mechanism of rules."""

from django.apps import AppConfig

from khcn.language.words import words as _


class RulebookConfig(AppConfig):
    """Legal values as data: dated, sourced, with confidence."""

    name = "khcn.kernel.rulebook"
    label = "rulebook"
    verbose_name = _("Bộ quy định")
