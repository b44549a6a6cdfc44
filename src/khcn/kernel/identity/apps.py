"""Name the mechanism of identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Offices, divisions, users and the roles they hold."""

    name = "khcn.kernel.identity"
    label = "identity"
    verbose_name = "Tài khoản và tổ chức"
