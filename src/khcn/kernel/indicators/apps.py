"""Name the mechanism of indicators."""

from django.apps import AppConfig

from khcn.language.words import words as _


class IndicatorsConfig(AppConfig):
    """Figures of four kinds, never mixed."""

    name = "khcn.kernel.indicators"
    label = "indicators"
    verbose_name = _("Chỉ số")
