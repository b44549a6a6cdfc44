"""The words in which what a task delivered is judged."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class Rating(TextChoices):
    """How a product, a report or a task is rated."""

    EXCELLENT = "excellent", _("Xuất sắc")  # beyond the order
    PASS = "pass", _("Đạt")
    FAIL = "fail", _("Không đạt")  # below the order


class Judged(TextChoices):
    """What of a product is judged."""

    QUANTITY = "quantity", _("Số lượng")
    VOLUME = "volume", _("Khối lượng")
    QUALITY = "quality", _("Chất lượng")
    KIND = "kind", _("Chủng loại")
    REPORT = "report", _("Báo cáo tổng hợp")
