"""Name the module."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """Official papers in and out, their numbers and instructions."""

    name = "khcn.correspondence"
    label = "correspondence"
    verbose_name = "Văn bản đi, đến"
