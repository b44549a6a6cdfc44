"""Name the mechanism of rules."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Legal values as data: dated, sourced, with confidence."""

    name = "khcn.kernel.rulebook"
    label = "rulebook"
    verbose_name = "Bộ quy định"
