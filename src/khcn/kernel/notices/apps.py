"""Name the mechanism of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices to users, in the product and by e-mail."""

    name = "khcn.kernel.notices"
    label = "notices"
    verbose_name = "Thông báo"
