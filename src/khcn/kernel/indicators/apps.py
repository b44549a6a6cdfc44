"""Name the mechanism of indicators."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Figures of four kinds, never mixed."""

    name = "khcn.kernel.indicators"
    label = "indicators"
    verbose_name = "Chỉ số"
