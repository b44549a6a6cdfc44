"""Legal values as rows: what is said, since when, by which text, and how sure we are of it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from khcn.kernel.identity.models import Office
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.kernel.rulebook.kinds import words_of
from khcn.language.words import words as _


class Confidence(models.TextChoices):
    """How far a value was checked against the text of the law."""

    VERIFIED = "verified", _("Đã đối chiếu văn bản")
    SECONDARY = "secondary", _("Theo nguồn thứ cấp")
    UNCHECKED = "unchecked", _("Chưa đối chiếu văn bản")
    LOCAL = "local", _("Quy ước của Sở")


class RuleQuerySet(TrackedQuerySet):
    """Choose rules by key and time."""

    def in_force(self, day: date) -> Self:
        """Keep the values in force on the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Rule(Tracked):
    """One legal value during one validity, for the whole country or for one office."""

    key = models.CharField(_("Khóa"), max_length=80)
    label = models.CharField(_("Nội dung"), max_length=300)
    value = models.JSONField(_("Giá trị"))
    unit = models.CharField(_("Đơn vị"), max_length=30, blank=True)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Áp dụng riêng cho")
    )
    valid_from = models.DateField(_("Hiệu lực từ"), null=True, blank=True)
    valid_to = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    legal_basis = models.CharField(_("Căn cứ pháp lý"), max_length=400)
    confidence = models.CharField(_("Độ tin cậy"), max_length=10, choices=Confidence, default=Confidence.UNCHECKED)
    note = models.TextField(_("Ghi chú"), blank=True)
    shipped = models.BooleanField(_("Kèm theo phần mềm"), default=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("quy định")
        verbose_name_plural = _("bộ quy định")
        # A value without a first day has been so from the beginning, whatever a database thinks of nothing.
        ordering = ("key", models.F("valid_from").asc(nulls_first=True))
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="rule_validity_is_ordered",
            ),
            models.UniqueConstraint(
                "key", Coalesce("office", 0), Coalesce("valid_from", date.min), name="rule_is_said_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}: {words_of(self.key, self.value, self.unit)}"

    @property
    def is_unchecked(self) -> bool:
        """Tell whether the value must be shown as not compared with the legal text."""
        return self.confidence == Confidence.UNCHECKED


class KeptValue(Tracked):
    """A decision to keep what is said here against what a release offers; `digest` names the offer."""

    key = models.CharField(_("Khóa"), max_length=80)
    digest = models.CharField(_("Dấu của đề nghị"), max_length=24, unique=True)
    why = models.CharField(_("Lý do giữ"), max_length=500)

    class Meta:
        verbose_name = _("giá trị giữ lại")
        verbose_name_plural = _("giá trị giữ lại")

    def __str__(self) -> str:
        return f"{self.key}: {self.why}"
