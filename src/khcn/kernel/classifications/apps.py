"""Name the mechanism of classifications."""

from django.apps import AppConfig

from khcn.language.words import words as _


class ClassificationsConfig(AppConfig):
    """Code lists with scheme and validity: fields, industries, document kinds."""

    name = "khcn.kernel.classifications"
    label = "classifications"
    verbose_name = _("Bảng phân loại")
