"""The table of forms already received."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Submission(models.Model):
    """One sent form of entering: the same form sent again leads to the record it made."""

    token = models.UUIDField("Lần gửi", unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Người gửi")
    register = models.CharField("Sổ", max_length=60)
    record_id = models.BigIntegerField("Hồ sơ", null=True)

    class Meta:
        verbose_name = "lần gửi biểu mẫu"
        verbose_name_plural = "lần gửi biểu mẫu"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.register}: {self.token}"
