"""Name the root of the product."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    """Carries the commands that join all modules."""

    name = "khcn.config"
    label = "config"
    verbose_name = "Cấu hình"

    def ready(self) -> None:
        """Discover what the modules register, once all tables are loaded."""
        autodiscover_modules("registers", "indicators", "gates", "reference")
