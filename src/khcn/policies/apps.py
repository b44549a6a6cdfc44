"""Name the module."""

from django.apps import AppConfig

from khcn.language.words import words as _


class PoliciesConfig(AppConfig):
    """Legal documents, programmes, plans and the department's own work plan."""

    name = "khcn.policies"
    label = "policies"
    verbose_name = _("Văn bản, chương trình, kế hoạch")
