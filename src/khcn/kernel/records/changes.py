"""The change: who did what, when, why. Every version of every row names the change that made it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from khcn.language.words import words as _


class Change(models.Model):
    """One act that wrote to the registers; several rows may change in it."""

    at = models.DateTimeField(_("Lúc"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("Người thực hiện")
    )
    actor_name = models.CharField(_("Tên người thực hiện"), max_length=160)
    verb = models.CharField(_("Việc"), max_length=60)
    verb_label = models.CharField(_("Việc, bằng lời"), max_length=200)
    why = models.TextField(_("Lý do, căn cứ"), blank=True)
    on = models.DateField(_("Ngày nghiệp vụ"), null=True)
    known_from = models.DateTimeField(_("Khai là đã biết từ"), null=True)

    class Meta:
        verbose_name = _("thay đổi")
        verbose_name_plural = _("thay đổi")
        default_permissions = ()
        indexes = (models.Index(fields=("at",), name="change_at"),)

    def __str__(self) -> str:
        return f"{self.verb_label} ({self.actor_name})"
