"""The states of a period report."""

from __future__ import annotations

from django.db.models import TextChoices


class ReportState(TextChoices):
    """Where a period report stands."""

    DRAFT = "draft", "Đang soạn"  # figures live, text editable
    SUBMITTED = "submitted", "Trình ký"  # waits for a director
    SIGNED = "signed", "Đã ký, chốt số liệu"  # figures frozen with their records
    REPLACED = "replaced", "Đã thay thế"  # another report took its place
