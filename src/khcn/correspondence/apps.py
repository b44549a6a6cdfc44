"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class CorrespondenceConfig(AppConfig):
    """Official papers in and out, their numbers and instructions."""

    name = "khcn.correspondence"
    label = "correspondence"
    verbose_name = _("Văn bản đi, đến")
