"""Links given out for released pages, and on which day each was opened last."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.language.words import words as _


class SharedLinkQuerySet(TrackedQuerySet):
    """Choose links by what they open and by time."""

    def about(self, ref: RecordRef) -> Self:
        """Keep the links to one record."""
        return self.filter(register=ref.register, record_id=ref.id)

    def in_force(self, day: date) -> Self:
        """Keep the links that open something on the day."""
        return self.filter(revoked_on=None, valid_until__gte=day)


class SharedLink(Tracked):
    """One link to one record's released page; the address itself is not kept, it is signed anew from these values."""

    register = models.CharField(_("Sổ"), max_length=60)
    record_id = models.BigIntegerField(_("Hồ sơ"))
    purpose = models.CharField(_("Gửi cho, dùng vào việc"), max_length=120, blank=True)
    nonce = models.CharField(_("Phần ngẫu nhiên"), max_length=32, unique=True, editable=False)
    released_on = models.DateField(_("Mở ngày"))
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người mở")
    )
    valid_until = models.DateField(_("Đọc được đến hết ngày"))
    revoked_on = models.DateField(_("Thu hồi ngày"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người thu hồi"),
    )

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("liên kết đọc")
        verbose_name_plural = _("liên kết đọc")
        ordering = ("-released_on", "-id")
        indexes = (models.Index(fields=("register", "record_id"), name="shared_link_record"),)
        constraints = (
            models.CheckConstraint(condition=Q(valid_until__gte=F("released_on")), name="shared_link_is_ordered"),
            models.CheckConstraint(
                condition=Q(revoked_on=None, revoked_by=None) | Q(revoked_on__isnull=False, revoked_by__isnull=False),
                name="shared_link_revocation_has_person_and_day",
            ),
        )

    def __str__(self) -> str:
        return self.purpose or _("liên kết {pk}").format(pk=self.pk)

    @property
    def ref(self) -> RecordRef:
        """Return the record whose released page the link opens."""
        return RecordRef(self.register, self.record_id)

    def is_in_force(self, day: date) -> bool:
        """Tell whether the link opens something on the day."""
        return self.revoked_on is None and self.valid_until >= day


class LinkOpening(models.Model):
    """On which day a link was opened last, and nothing about who opened it."""

    link = models.OneToOneField(SharedLink, models.CASCADE, related_name="opening", verbose_name=_("Liên kết"))
    last_opened_on = models.DateField(_("Mở đọc lần cuối ngày"))

    class Meta:
        verbose_name = _("lần mở liên kết")
        verbose_name_plural = _("lần mở liên kết")

    def __str__(self) -> str:
        return str(self.last_opened_on)
