"""Name the mechanism of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The kernel's files."""

    name = "khcn.kernel.files"
    label = "files"
    verbose_name = "Tệp"
