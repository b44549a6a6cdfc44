"""Name the mechanism of pages."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The kernel's pages."""

    name = "khcn.kernel.pages"
    label = "pages"
