"""The codes with which programs read in the name of a person."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.language.words import words as _


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """Choose tokens by their time."""

    def in_force(self, day: date) -> AccessTokenQuerySet:
        """Keep the tokens that open the door on the day: not expired, not revoked, of an account still active."""
        return self.filter(expires_on__gte=day, revoked_on=None, owner__is_active=True)


class AccessToken(models.Model):
    """A code that reads as its owner does; only its hash is kept, so that nobody can read it here."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="access_tokens", verbose_name=_("Của người dùng")
    )
    label = models.CharField(_("Dùng cho"), max_length=80)
    prefix = models.CharField(_("Bắt đầu bằng"), max_length=16, editable=False)
    digest = models.CharField(_("Giá trị băm"), max_length=64, unique=True, editable=False)
    created_on = models.DateField(_("Tạo ngày"))
    expires_on = models.DateField(_("Dùng đến hết ngày"))
    last_used_on = models.DateField(_("Dùng lần cuối ngày"), null=True, blank=True)
    revoked_on = models.DateField(_("Thu hồi ngày"), null=True, blank=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("mã truy cập")
        verbose_name_plural = _("mã truy cập")
        constraints = (
            models.CheckConstraint(condition=Q(expires_on__gte=F("created_on")), name="access_token_is_ordered"),
        )

    def __str__(self) -> str:
        return f"{self.label} ({self.prefix}…)"

    def is_in_force(self, day: date) -> bool:
        """Tell whether the token opens the door on the day."""
        return self.revoked_on is None and self.expires_on >= day
