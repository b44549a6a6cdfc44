"""Name the mechanism of search."""

from importlib import import_module

from django.apps import AppConfig

from khcn.language.words import words as _


class SearchConfig(AppConfig):
    """One full-text index over records and files, fed by an outbox."""

    name = "khcn.kernel.search"
    label = "search"
    verbose_name = _("Tìm kiếm")

    def ready(self) -> None:
        """Feed the outbox with every write to a register; models may be loaded only now."""
        import_module(f"{self.name}.outbox").connect()
