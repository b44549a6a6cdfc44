"""Name the mechanism of identity."""

from django.apps import AppConfig

from khcn.language.words import words as _


class IdentityConfig(AppConfig):
    """Offices, divisions, users and the roles they hold."""

    name = "khcn.kernel.identity"
    label = "identity"
    verbose_name = _("Tài khoản và tổ chức")
