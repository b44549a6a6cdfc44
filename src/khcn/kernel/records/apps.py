"""Name the mechanism of records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers, codes, one interval history, links between records."""

    name = "khcn.kernel.records"
    label = "records"
    verbose_name = "Hồ sơ và lịch sử"
