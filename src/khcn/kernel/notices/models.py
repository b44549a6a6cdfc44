"""What was told to whom, and whether it was read."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.language.words import words as _


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Choose notices by their reader."""

    def of(self, user: Any) -> Self:
        """Keep the notices of one person."""
        return self.filter(user_id=user.pk)

    def unread(self) -> Self:
        """Keep what was not read yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One sentence told to one person, leading to a page of the product."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("Người nhận"))
    text = models.CharField(_("Nội dung"), max_length=500)
    url = models.CharField(_("Địa chỉ"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("Lúc"))
    read_at = models.DateTimeField(_("Đọc lúc"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        default_permissions = ()
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("user", "read_at", "created_at"), name="notice_reader"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=F("created_at")), name="notice_is_read_after_it_is_told"
            ),
        )

    def __str__(self) -> str:
        return self.text
