"""Laboratories and equipment for research, and under which terms others may use them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.language.words import words as _
from khcn.parties.models.parties import Organisation, Person
from khcn.parties.models.science import FieldQuerySet, written_field, year_column


class Laboratory(Record):
    """One laboratory, testing station or workshop of an organisation; its name is the title."""

    REGISTER: ClassVar[str] = "laboratory"
    CODE_PREFIX: ClassVar[str] = "PTN"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="laboratories", verbose_name=_("Tổ chức chủ quản")
    )
    head = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Người phụ trách chuyên môn")
    )
    location = models.CharField(_("Địa điểm"), max_length=300, blank=True)
    founded_year = year_column(_("Năm thành lập"), null=True, blank=True)
    accreditation = models.CharField(_("Công nhận, chỉ định"), max_length=300, blank=True)
    work = models.TextField(_("Nội dung hoạt động"), blank=True)

    objects = FieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("phòng thí nghiệm")
        verbose_name_plural = _("phòng thí nghiệm")
        constraints = (models.UniqueConstraint(fields=("code", "office"), name="laboratory_code_is_unique"),)

    @property
    def field_code(self) -> str:
        """Return the main field, code first."""
        return written_field(self)


class EquipmentQuerySet(RecordQuerySet):
    """Choose equipment."""

    def shared(self) -> Self:
        """Keep what others than the owner may use."""
        return self.filter(is_shared=True)

    def worth(self, cost_vnd: int) -> Self:
        """Keep what cost so many đồng or more."""
        return self.filter(cost_vnd__gte=cost_vnd)


class Equipment(Record):
    """One piece of research equipment; its name is the title."""

    REGISTER: ClassVar[str] = "equipment"
    CODE_PREFIX: ClassVar[str] = "TBNC"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="equipment", verbose_name=_("Tổ chức sở hữu")
    )
    laboratory = models.ForeignKey(
        Laboratory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="equipment",
        verbose_name=_("Đặt tại phòng thí nghiệm"),
    )
    model = models.CharField(_("Ký hiệu, mã hiệu"), max_length=120, blank=True)
    country = models.CharField(_("Nước sản xuất"), max_length=80, blank=True)
    year_made = year_column(_("Năm sản xuất"), null=True, blank=True)
    year_in_use = year_column(_("Năm đưa vào sử dụng"), null=True, blank=True)
    cost_vnd = models.PositiveBigIntegerField(_("Nguyên giá, đồng"), null=True, blank=True)
    location = models.CharField(_("Nơi đặt"), max_length=300, blank=True)
    is_shared = models.BooleanField(_("Dùng chung"), default=False)
    shared_for = models.CharField(_("Đối tượng được sử dụng"), max_length=300, blank=True)
    sharing_terms = models.TextField(_("Điều kiện sử dụng chung"), blank=True)
    shared_hours = models.PositiveIntegerField(_("Số giờ dùng chung một năm"), null=True, blank=True)
    fee_per_hour_vnd = models.PositiveBigIntegerField(_("Giá sử dụng một giờ, đồng"), null=True, blank=True)
    published_at = models.URLField(_("Nơi đã công khai"), max_length=500, blank=True)

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("thiết bị nghiên cứu")
        verbose_name_plural = _("thiết bị nghiên cứu")
        indexes = (models.Index(fields=("is_shared", "cost_vnd"), name="equipment_shared_by_cost"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="equipment_code_is_unique"),
            models.CheckConstraint(
                condition=Q(year_made=None) | Q(year_in_use=None) | Q(year_in_use__gte=F("year_made")),
                name="equipment_is_made_before_use",
            ),
            models.CheckConstraint(
                condition=Q(is_shared=True)
                | Q(shared_for="", sharing_terms="", shared_hours=None, fee_per_hour_vnd=None, published_at=""),
                name="equipment_terms_mean_it_is_shared",
            ),
        )

    @property
    def unpublished(self) -> list[str]:
        """Return in words what a shared piece still lacks of what must be made public; nothing for one not shared."""
        if not self.is_shared:
            return []
        said = (
            (bool(self.shared_for), _("đối tượng được sử dụng")),
            (bool(self.fee_per_hour_vnd is not None or self.sharing_terms), _("chi phí, điều kiện sử dụng")),
            (bool(self.published_at), _("nơi đã công khai")),
        )
        return [words for known, words in said if not known]
