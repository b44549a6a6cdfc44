"""Name the mechanism of notices."""

from django.apps import AppConfig

from khcn.language.words import words as _


class NoticesConfig(AppConfig):
    """Notices to users, in the product and by e-mail."""

    name = "khcn.kernel.notices"
    label = "notices"
    verbose_name = _("Thông báo")
