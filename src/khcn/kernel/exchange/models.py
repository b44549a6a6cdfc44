"""The runs of imports, so that one cut short goes on where it stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from khcn.kernel.identity.models import Office

BEFORE_ALL = datetime(1, 1, 2, tzinfo=UTC)
"""Stands for «known from» where nothing is declared, so that such runs are alike too."""


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """The vocabulary of runs."""

    def unfinished(self) -> Self:
        """Keep the runs under way or cut short."""
        return self.filter(rows_done__lt=F("rows_total"))

    def finished(self) -> Self:
        """Keep the runs in which every row was dealt with."""
        return self.filter(rows_done=F("rows_total"))


class ImportRun(models.Model):
    """One file imported into one register: how far it came. The rows themselves are in the register's history."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="Cơ quan")
    register = models.CharField("Sổ", max_length=60)
    sha256 = models.CharField("Dấu vân tay của tệp", max_length=64)
    name = models.CharField("Tên tệp", max_length=255)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người nhập"
    )
    started_at = models.DateTimeField("Bắt đầu lúc", auto_now_add=True)
    known_from = models.DateTimeField("Khai là đã biết từ", null=True, blank=True)
    rows_total = models.PositiveIntegerField("Số dòng")
    rows_done = models.PositiveIntegerField("Đã xong", default=0)
    created = models.PositiveIntegerField("Tạo mới", default=0)
    updated = models.PositiveIntegerField("Cập nhật", default=0)
    unchanged = models.PositiveIntegerField("Không đổi", default=0)
    skipped = models.PositiveIntegerField("Bỏ qua", default=0)

    objects: Any = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập tệp"
        verbose_name_plural = "lần nhập tệp"
        default_permissions = ()
        indexes = (models.Index(fields=("register", "sha256"), name="import_run_file"),)
        constraints = (
            models.CheckConstraint(condition=Q(rows_done__lte=F("rows_total")), name="import_run_is_within_its_file"),
            models.UniqueConstraint(
                "office",
                "register",
                "sha256",
                Coalesce("known_from", BEFORE_ALL),
                condition=Q(rows_done__lt=F("rows_total")),
                name="import_of_a_file_is_unfinished_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} → {self.register}"

    @property
    def is_finished(self) -> bool:
        """Tell whether every row was dealt with."""
        return self.rows_done == self.rows_total
