"""Values that are not counted here: reported by others, or set as targets."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from khcn.kernel.identity.models import Office
from khcn.kernel.records.tracked import Tracked
from khcn.language.words import words as _


class StatedValue(Tracked):
    """What reported values and targets share: a number for an indicator, a period and a source."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    indicator = models.CharField(_("Chỉ số"), max_length=80)
    period_kind = models.CharField(_("Kỳ"), max_length=20)
    year = models.PositiveSmallIntegerField(_("Năm"))
    value = models.DecimalField(_("Giá trị"), max_digits=20, decimal_places=4)
    source = models.CharField(_("Văn bản, nguồn"), max_length=400)
    source_register = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    note = models.TextField(_("Ghi chú"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.indicator} {self.period_kind} {self.year}: {self.value.normalize():f}"


class ReportedValue(StatedValue):
    """A value someone else answers for, or an estimate (ước thực hiện), with its source document."""

    answered_by = models.CharField(_("Đơn vị chịu trách nhiệm số liệu"), max_length=300)
    is_estimate = models.BooleanField(_("Ước thực hiện"), default=False)
    comparator = models.CharField(
        _("So sánh"),
        max_length=8,
        default="exact",
        choices=(("exact", _("đúng")), ("over", _("trên")), ("about", _("khoảng"))),
    )
    period_first = models.DateField(_("Từ ngày"), null=True, blank=True)
    period_last = models.DateField(_("Đến ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("số liệu được báo cáo")
        verbose_name_plural = _("số liệu được báo cáo")
        constraints = (
            models.UniqueConstraint(
                fields=("office", "indicator", "period_kind", "year", "is_estimate"),
                name="reported_value_is_one",
            ),
            models.CheckConstraint(
                condition=Q(period_last=None) | Q(period_first=None) | Q(period_last__gte=F("period_first")),
                name="reported_period_is_ordered",
            ),
        )


class Target(StatedValue):
    """What was planned for a period, with the document that decided it; the text itself may carry the number."""

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        constraints = (
            models.UniqueConstraint(fields=("office", "indicator", "period_kind", "year"), name="target_is_one"),
        )
