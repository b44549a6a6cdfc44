"""Tables of the shared pages: forms already received, how people like their lists, acts on many records at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from khcn.language.words import words as _


class Submission(models.Model):
    """One sent form of entering: the same form sent again leads to the record it made."""

    token = models.UUIDField(_("Lần gửi"), unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người gửi"))
    register = models.CharField(_("Sổ"), max_length=60)
    record_id = models.BigIntegerField(_("Hồ sơ"), null=True)

    class Meta:
        verbose_name = _("lần gửi biểu mẫu")
        verbose_name_plural = _("lần gửi biểu mẫu")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.register}: {self.token}"


class Sharing(models.TextChoices):
    """Who finds a saved view above the list."""

    OWN = "own", _("Chỉ mình tôi")
    DIVISION = "division", _("Cả phòng")
    OFFICE = "office", _("Cả cơ quan")


class SavedView(models.Model):
    """A list as someone likes to see it: a preference, not a record; it may be removed.

    `parameters`: those of the list's address, name → values. It opens nothing: each reader sees what they may.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("Người lưu"))
    register = models.CharField(_("Sổ"), max_length=60)
    name = models.CharField(_("Tên"), max_length=80)
    parameters = models.JSONField(_("Cách xem"))
    sharing = models.CharField(_("Ai dùng được"), max_length=10, choices=Sharing, default=Sharing.OWN)
    division = models.ForeignKey(
        "identity.Division", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("Phòng dùng chung")
    )

    class Meta:
        verbose_name = _("cách xem đã lưu")
        verbose_name_plural = _("cách xem đã lưu")
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

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("Người dùng"))
    register = models.CharField(_("Sổ"), max_length=60)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="defaults", verbose_name=_("Cách xem"))

    class Meta:
        verbose_name = _("cách xem mặc định")
        verbose_name_plural = _("cách xem mặc định")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("user", "register"), name="register_opens_with_one_view"),)

    def __str__(self) -> str:
        return f"{self.register}: {self.view_id}"


class BulkRun(models.Model):
    """One act on many records as it was confirmed; the same form sent again leads to what it did.

    `wanted`: the numbers of the records that it was to be done with.
    """

    token = models.UUIDField(_("Lần gửi"), unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người làm"))
    register = models.CharField(_("Sổ"), max_length=60)
    act = models.CharField(_("Việc"), max_length=200)
    wanted = models.JSONField(_("Các hồ sơ"))
    started_at = models.DateTimeField(_("Bắt đầu lúc"))

    class Meta:
        verbose_name = _("việc làm với nhiều hồ sơ")
        verbose_name_plural = _("việc làm với nhiều hồ sơ")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.register}: {self.act}"


class BulkOutcome(models.Model):
    """What became of one record of a run, written in the transaction that did it."""

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="outcomes", verbose_name=_("Lần làm"))
    record_id = models.BigIntegerField(_("Hồ sơ"))
    done = models.BooleanField(_("Đã làm"))
    why = models.TextField(_("Vì sao không, hoặc ghi chú"), blank=True)

    class Meta:
        verbose_name = _("kết quả với một hồ sơ")
        verbose_name_plural = _("kết quả với từng hồ sơ")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("run", "record_id"), name="record_has_one_outcome_of_a_run"),)

    def __str__(self) -> str:
        return f"{self.record_id}: {self.done}"
