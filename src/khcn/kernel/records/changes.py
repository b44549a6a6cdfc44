"""The change: who did what, when, why. Every version of every row names the change that made it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Change(models.Model):
    """One act that wrote to the registers; several rows may change in it."""

    at = models.DateTimeField("Lúc")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="Người thực hiện"
    )
    actor_name = models.CharField("Tên người thực hiện", max_length=160)
    verb = models.CharField("Việc", max_length=60)
    verb_label = models.CharField("Việc, bằng lời", max_length=200)
    why = models.TextField("Lý do, căn cứ", blank=True)
    on = models.DateField("Ngày nghiệp vụ", null=True)
    known_from = models.DateTimeField("Khai là đã biết từ", null=True)

    class Meta:
        verbose_name = "thay đổi"
        verbose_name_plural = "thay đổi"
        default_permissions = ()
        indexes = (models.Index(fields=("at",), name="change_at"),)

    def __str__(self) -> str:
        return f"{self.verb_label} ({self.actor_name})"
