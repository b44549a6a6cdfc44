"""Use of equipment that several organisations share: who asked for it, when, what for, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.language.words import words as _
from khcn.parties.models.infrastructure import Equipment
from khcn.parties.models.parties import Organisation, organisation_ids_of
from khcn.parties.states import BookingState

TAKEN = (BookingState.ACCEPTED, BookingState.USED)
"""In these states a booking holds the equipment: no other may have it at that time."""


class BookingQuerySet(RecordQuerySet):
    """Choose bookings of shared equipment."""

    def taken(self) -> Self:
        """Keep those that hold their equipment."""
        return self.filter(state__in=TAKEN)

    def meeting(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Keep those that share an instant with the span; one that ends as the other begins does not."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def rule_for(self, user: Any) -> Q:
        """Return the general condition, opened to whoever asked and to who acts for the owner of the equipment."""
        general = super().rule_for(user)
        if user is None or not user.is_authenticated:
            return general
        owned = Equipment.objects.filter(organisation_id__in=organisation_ids_of(user))
        return general | Q(requested_by_id=user.pk) | Q(equipment_id__in=owned.values("pk"))


class EquipmentBooking(Record):
    """One span of time in which somebody wants to use, or used, a shared piece of equipment.

    The title says the span and does not name the equipment, which not everyone may know of. `starts_on`: its first day
    here, by which lists are walked; `hours_booked`: of the span. `hours_used`, `fee_vnd`: as recorded after use.
    `task_code`: of the task that it serves, as written.
    """

    REGISTER: ClassVar[str] = "equipment-booking"
    CODE_PREFIX: ClassVar[str] = "SDTB"

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="bookings", verbose_name=_("Thiết bị"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người đăng ký"),
        editable=False,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Tổ chức sử dụng"),
    )
    user_name = models.CharField(_("Người sử dụng"), max_length=200)
    starts_on = models.DateField(_("Ngày bắt đầu"))
    starts_at = models.DateTimeField(_("Từ"))
    ends_at = models.DateTimeField(_("Đến"))
    hours_booked = models.DecimalField(_("Số giờ đăng ký"), max_digits=8, decimal_places=2)
    purpose = models.TextField(_("Mục đích sử dụng"))
    task_code = models.CharField(_("Mã nhiệm vụ phục vụ"), max_length=60, blank=True)
    hours_used = models.DecimalField(_("Số giờ đã dùng"), max_digits=8, decimal_places=2, null=True, blank=True)
    fee_vnd = models.PositiveBigIntegerField(_("Phí sử dụng, đồng"), null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt sử dụng thiết bị")
        verbose_name_plural = _("sử dụng thiết bị dùng chung")
        indexes = (
            models.Index(fields=("equipment", "starts_at"), name="booking_by_equipment_and_time"),
            models.Index(fields=("starts_on", "id"), name="booking_by_day"),
        )
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="equipment_booking_code_is_unique"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(hours_used=None, fee_vnd=None) | Q(hours_used__gt=0, fee_vnd__gte=0),
                name="booking_use_and_fee_are_recorded_together",
            ),
        )
