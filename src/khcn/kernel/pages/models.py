"""Tables of the shared pages: forms already received, and how people like to see their lists."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Submission(models.Model):
    """One sent form of entering: the same form sent again leads to the record it made."""

    token = models.UUIDField("Lần gửi", unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Người gửi")
    register = models.CharField("Sổ", max_length=60)
    record_id = models.BigIntegerField("Hồ sơ", null=True)

    class Meta:
        verbose_name = "lần gửi biểu mẫu"
        verbose_name_plural = "lần gửi biểu mẫu"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.register}: {self.token}"


class Sharing(models.TextChoices):
    """Who finds a saved view above the list."""

    OWN = "own", "Chỉ mình tôi"
    DIVISION = "division", "Cả phòng"
    OFFICE = "office", "Cả cơ quan"


class SavedView(models.Model):
    """A list as someone likes to see it: a preference, not a record; it may be removed.

    `parameters`: those of the list's address, name → values. It opens nothing: each reader sees what they may.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Người lưu")
    register = models.CharField("Sổ", max_length=60)
    name = models.CharField("Tên", max_length=80)
    parameters = models.JSONField("Cách xem")
    sharing = models.CharField("Ai dùng được", max_length=10, choices=Sharing, default=Sharing.OWN)
    division = models.ForeignKey(
        "identity.Division", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="Phòng dùng chung"
    )

    class Meta:
        verbose_name = "cách xem đã lưu"
        verbose_name_plural = "cách xem đã lưu"
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("owner", "register", "name"), name="saved_view_is_named_once"),
            models.CheckConstraint(
                condition=Q(sharing=Sharing.DIVISION, division__isnull=False)
                | (~Q(sharing=Sharing.DIVISION) & Q(division=None)),
                name="saved_view_of_a_division_names_it",
            ),
        )

    def __str__(self) -> str:
        return self.name


class DefaultView(models.Model):
    """The view with which a register opens for one person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Người dùng")
    register = models.CharField("Sổ", max_length=60)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="defaults", verbose_name="Cách xem")

    class Meta:
        verbose_name = "cách xem mặc định"
        verbose_name_plural = "cách xem mặc định"
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("user", "register"), name="register_opens_with_one_view"),)

    def __str__(self) -> str:
        return f"{self.register}: {self.view_id}"
