"""The states of an S&T task and the words of its judgement."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class Regime(TextChoices):
    """Under which law a task was approved; kept on the task for its whole life."""

    LAW_29 = "law29", _("Luật KH&CN 29/2013/QH13")
    LAW_93 = "law93", _("Luật KH,CN và ĐMST 93/2025/QH15")


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
