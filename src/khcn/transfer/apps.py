"""Name the module."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    """Appraisal of technology and opinions on it for investment projects."""

    name = "khcn.transfer"
    label = "transfer"
    verbose_name = "Thẩm định, chuyển giao công nghệ"
