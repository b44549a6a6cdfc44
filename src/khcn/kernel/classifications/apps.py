"""Name the mechanism of classifications."""

from django.apps import AppConfig


class ClassificationsConfig(AppConfig):
    """Code lists with scheme and validity: fields, industries, document kinds."""

    name = "khcn.kernel.classifications"
    label = "classifications"
    verbose_name = "Bảng phân loại"
