"""Name the module."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Legal documents, programmes, plans and the department's own work plan."""

    name = "khcn.policies"
    label = "policies"
    verbose_name = "Văn bản, chương trình, kế hoạch"
