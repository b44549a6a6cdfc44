"""Name the mechanism of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The kernel's exchange."""

    name = "khcn.kernel.exchange"
    label = "exchange"
