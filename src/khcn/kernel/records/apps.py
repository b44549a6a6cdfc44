"""Name the mechanism of records."""

from django.apps import AppConfig

from khcn.language.words import words as _


class RecordsConfig(AppConfig):
    """Registers, codes, one interval history, links between records."""

    name = "khcn.kernel.records"
    label = "records"
    verbose_name = _("Hồ sơ và lịch sử")
