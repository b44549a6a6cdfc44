"""Code lists: each entry belongs to a scheme and is valid for a time."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from khcn.language.words import words as _


class ClassQuerySet(models.QuerySet["Classification"]):
    """Choose entries by scheme and time."""

    def of(self, scheme: str) -> Self:
        """Keep the entries of one scheme, by its key."""
        return self.filter(scheme=scheme)

    def valid_on(self, day: date) -> Self:
        """Keep the entries in force on the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Classification(models.Model):
    """One entry of a code list."""

    scheme = models.CharField(_("Bảng"), max_length=40)
    code = models.CharField(_("Mã"), max_length=30)
    name = models.CharField(_("Tên"), max_length=300)
    name_en = models.CharField(_("Tên tiếng Anh"), max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Thuộc")
    )
    attributes = models.JSONField(_("Thuộc tính"), default=dict, blank=True)
    valid_from = models.DateField(_("Hiệu lực từ"), null=True, blank=True)
    valid_to = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    legal_basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    confidence = models.CharField(_("Độ tin cậy"), max_length=12, default="unchecked")
    imported = models.BooleanField(_("Nhập từ tệp"), default=False)

    objects = ClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("mục phân loại")
        verbose_name_plural = _("mục phân loại")
        ordering = ("scheme", "code")
        constraints = (
            models.UniqueConstraint(
                "scheme", "code", Coalesce("valid_from", date.min), name="class_code_is_unique_in_its_time"
            ),
        )

    def __str__(self) -> str:
        return self.name
