"""Name the module and register what it brings."""

from django.apps import AppConfig


class IpConfig(AppConfig):
    """Protection titles at home and abroad."""

    name = "khcn.ip"
    label = "ip"
    verbose_name = "Sở hữu trí tuệ"
