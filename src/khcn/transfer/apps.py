"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class TransferConfig(AppConfig):
    """Appraisal of technology and opinions on it for investment projects."""

    name = "khcn.transfer"
    label = "transfer"
    verbose_name = _("Thẩm định, chuyển giao công nghệ")
