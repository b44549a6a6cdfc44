"""Territories with validity, and what became of them."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from khcn.language.words import words as _


class PlaceLevel(models.TextChoices):
    """The level of a unit in the State's territory; the district level ended on 1/7/2025."""

    COUNTRY = "country", _("Quốc gia")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class PlaceQuerySet(models.QuerySet["Place"]):
    """Choose places by their time."""

    def valid_on(self, day: date) -> Self:
        """Keep the units that existed on the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Place(models.Model):
    """One administrative unit during one validity; a renamed or merged unit is another row."""

    code = models.CharField(_("Mã"), max_length=20)
    name = models.CharField(_("Tên"), max_length=120)
    full_name = models.CharField(_("Tên đầy đủ"), max_length=160)
    name_en = models.CharField(_("Tên tiếng Anh"), max_length=160, blank=True)
    level = models.CharField(_("Cấp"), max_length=10, choices=PlaceLevel)
    unit_type = models.CharField(_("Loại đơn vị"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Thuộc")
    )
    valid_from = models.DateField(_("Có từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("Nguồn"), max_length=300, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị hành chính")
        verbose_name_plural = _("đơn vị hành chính")
        ordering = ("level", "name")
        constraints = (
            models.UniqueConstraint(
                "level", "code", Coalesce("valid_from", date.min), name="place_code_is_unique_in_its_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=models.F("valid_from")),
                name="place_validity_is_ordered",
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    def existed_on(self, day: date) -> bool:
        """Tell whether the unit existed on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class PlaceSuccession(models.Model):
    """What became of an older unit: one row for each successor, with the legal act."""

    predecessor = models.ForeignKey(Place, models.PROTECT, related_name="successions", verbose_name=_("Đơn vị cũ"))
    successor = models.ForeignKey(Place, models.PROTECT, related_name="origins", verbose_name=_("Đơn vị mới"))
    in_part = models.BooleanField(_("Một phần"), default=False)
    legal_basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kế thừa địa danh")
        verbose_name_plural = _("kế thừa địa danh")
        constraints = (
            models.UniqueConstraint(fields=("predecessor", "successor"), name="place_succession_is_said_once"),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
