"""Name the module and register what it brings."""

from django.apps import AppConfig

from khcn.language.words import words as _


class IpConfig(AppConfig):
    """Protection titles at home and abroad."""

    name = "khcn.ip"
    label = "ip"
    verbose_name = _("Sở hữu trí tuệ")
