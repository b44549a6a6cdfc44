"""Name the mechanism of links."""

from django.apps import AppConfig

from khcn.language.words import words as _


class SharingConfig(AppConfig):
    """Released pages that anyone holding a link or its QR code reads until a day."""

    name = "khcn.kernel.sharing"
    label = "sharing"
    verbose_name = _("Liên kết đọc không cần tài khoản")
