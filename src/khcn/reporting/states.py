"""The states of a period report."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class ReportState(TextChoices):
    """Where a period report stands."""

    DRAFT = "draft", _("Đang soạn")  # figures live, text editable
    SUBMITTED = "submitted", _("Trình ký")  # waits for a director
    SIGNED = "signed", _("Đã ký, chốt số liệu")  # figures frozen with their records
    REPLACED = "replaced", _("Đã thay thế")  # another report took its place
