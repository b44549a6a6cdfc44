"""Name the mechanism of files."""

from django.apps import AppConfig

from khcn.language.words import words as _


class FilesConfig(AppConfig):
    """The kernel's files."""

    name = "khcn.kernel.files"
    label = "files"
    verbose_name = _("Tệp")
