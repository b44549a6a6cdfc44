"""The runs of imports, what is staged for one, and how columns and values were matched before."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from khcn.kernel.identity.models import Office
from khcn.kernel.records.tracked import Tracked
from khcn.language.words import words as _

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

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    register = models.CharField(_("Sổ"), max_length=60)
    sha256 = models.CharField(_("Dấu vân tay của tệp"), max_length=64)
    name = models.CharField(_("Tên tệp"), max_length=255)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Người nhập")
    )
    started_at = models.DateTimeField(_("Bắt đầu lúc"), auto_now_add=True)
    known_from = models.DateTimeField(_("Khai là đã biết từ"), null=True, blank=True)
    rows_total = models.PositiveIntegerField(_("Số dòng"))
    rows_done = models.PositiveIntegerField(_("Đã xong"), default=0)
    created = models.PositiveIntegerField(_("Tạo mới"), default=0)
    updated = models.PositiveIntegerField(_("Cập nhật"), default=0)
    unchanged = models.PositiveIntegerField(_("Không đổi"), default=0)
    skipped = models.PositiveIntegerField(_("Bỏ qua"), default=0)
    changes = models.JSONField(_("Các lần ghi trong lịch sử"), default=list, editable=False)

    objects: Any = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần nhập tệp")
        verbose_name_plural = _("lần nhập tệp")
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


class StagingStep(models.TextChoices):
    """Where an import that a person prepares stands."""

    COLUMNS = "columns", _("Ghép cột")  # the person says which column of the sheet is which of the register
    CHECKING = "checking", _("Đang kiểm tra")  # a job checks all rows
    CHECKED = "checked", _("Sửa lỗi và xác nhận")  # what would be written is known
    APPLYING = "applying", _("Đang nhập")  # a job writes the rows
    DONE = "done", _("Đã nhập")  # written; only the rows set aside are still kept


class StagingQuerySet(models.QuerySet["Staging"]):
    """The vocabulary of stagings."""

    def of(self, person: Any, register: str = "") -> Self:
        """Keep what the person prepares for their present office, into one register if it is named."""
        mine = self.filter(owner=person, office_id=person.office_id)
        return mine.filter(register=register) if register else mine

    def under_way(self) -> Self:
        """Keep those whose rows are not yet in the register."""
        return self.exclude(step=StagingStep.DONE)

    def expired(self, now: datetime) -> Self:
        """Keep those whose time is over."""
        return self.filter(expires_at__lte=now)


class Staging(models.Model):
    """A sheet that one person prepares for one register, until its rows are written or its time is over.

    `columns`: place of a cell, as text → name of the register's column. `first_heading`, `last_heading`: the lines of
    headings, as people count; what stands above is not imported. `summary`: what the last check found, see
    `checking.py`. `fingerprint`: of the rows as they are written.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người nhập"))
    register = models.CharField(_("Sổ"), max_length=60)
    name = models.CharField(_("Tên tệp"), max_length=255)
    sha256 = models.CharField(_("Dấu vân tay của tệp"), max_length=64)
    sheets = models.JSONField(_("Các trang tính"), default=list)
    sheet = models.PositiveIntegerField(_("Trang tính đang dùng"), default=0)
    warnings = models.JSONField(_("Lưu ý khi đọc tệp"), default=list)
    known_from = models.DateTimeField(_("Khai là đã biết từ"), null=True, blank=True)
    step = models.CharField(_("Bước"), max_length=10, choices=StagingStep, default=StagingStep.COLUMNS)
    rows_total = models.PositiveIntegerField(_("Số dòng"), default=0)
    columns = models.JSONField(_("Ghép cột"), default=dict)
    first_heading = models.PositiveIntegerField(_("Dòng tiêu đề đầu"), default=1)
    last_heading = models.PositiveIntegerField(_("Dòng tiêu đề cuối"), default=1)
    is_as_headed = models.BooleanField(_("Cột nhận đúng theo tiêu đề"), default=False)
    summary = models.JSONField(_("Kết quả kiểm tra"), default=dict)
    is_stale = models.BooleanField(_("Cần kiểm tra lại cả tệp"), default=False)
    fingerprint = models.CharField(_("Dấu vân tay khi ghi"), max_length=64, blank=True, default="")
    run = models.ForeignKey(
        ImportRun, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Lần ghi")
    )
    started_at = models.DateTimeField(_("Bắt đầu lúc"))
    expires_at = models.DateTimeField(_("Giữ đến"))

    objects: Any = StagingQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp đang nhập dở")
        verbose_name_plural = _("tệp đang nhập dở")
        default_permissions = ()
        indexes = (
            models.Index(fields=("owner", "register"), name="staging_of_a_person"),
            models.Index(fields=("expires_at",), name="staging_end"),
        )
        constraints = (
            models.UniqueConstraint(
                "owner",
                "office",
                "register",
                "sha256",
                "sheet",
                Coalesce("known_from", BEFORE_ALL),
                condition=~Q(step="done"),
                name="file_is_staged_once_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(last_heading__gte=F("first_heading")), name="headings_of_a_staging_are_ordered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} → {self.register}"


class StagedPart(models.Model):
    """Some hundred lines of the sheet as they were read. `rows`: [[number as people count, [cell, …]], …]."""

    staging = models.ForeignKey(Staging, models.CASCADE, related_name="parts", verbose_name=_("Tệp đang nhập dở"))
    first = models.PositiveIntegerField(_("Dòng đầu"))
    rows = models.JSONField(_("Các dòng"))

    class Meta:
        verbose_name = _("phần của tệp đang nhập dở")
        verbose_name_plural = _("phần của tệp đang nhập dở")
        default_permissions = ()
        ordering = ("first",)
        constraints = (models.UniqueConstraint(fields=("staging", "first"), name="staged_part_is_read_once"),)

    def __str__(self) -> str:
        return f"{self.staging_id}: {self.first}"


class StagedRow(models.Model):
    """A row that was found faulty, with what the person wrote in its place.

    `cells`: as they stand in the file. `mended`: place of a cell, as text → what it shall say. `faults`: [[name of the
    column or nothing, reason], …] of the last check.
    """

    staging = models.ForeignKey(Staging, models.CASCADE, related_name="rows", verbose_name=_("Tệp đang nhập dở"))
    number = models.PositiveIntegerField(_("Dòng"))
    cells = models.JSONField(_("Các ô trong tệp"))
    mended = models.JSONField(_("Các ô đã sửa"), default=dict)
    faults = models.JSONField(_("Lỗi"), default=list)
    is_faulty = models.BooleanField(_("Còn lỗi"), default=True)
    is_set_aside = models.BooleanField(_("Để lại sau"), default=False)

    class Meta:
        verbose_name = _("dòng cần sửa")
        verbose_name_plural = _("dòng cần sửa")
        default_permissions = ()
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("staging", "number"), name="staged_row_is_kept_once"),)
        indexes = (models.Index(fields=("staging", "is_set_aside", "is_faulty", "number"), name="staged_row_to_mend"),)

    def __str__(self) -> str:
        return f"{self.staging_id}: {self.number}"


class ColumnMatching(models.Model):
    """How the columns under one set of headings were matched, for the whole office.

    `headings`: fingerprint of the set. `columns`: heading → name of the register's column, empty where it is not
    imported.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    register = models.CharField(_("Sổ"), max_length=60)
    headings = models.CharField(_("Dấu vân tay của các tiêu đề"), max_length=64)
    columns = models.JSONField(_("Ghép cột"))
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người ghép")
    )
    matched_at = models.DateTimeField(_("Ghép lúc"))

    class Meta:
        verbose_name = _("cách ghép cột đã nhớ")
        verbose_name_plural = _("cách ghép cột đã nhớ")
        default_permissions = ()
        ordering = ("-matched_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("office", "register", "headings"), name="headings_are_matched_one_way"),
        )

    def __str__(self) -> str:
        return f"{self.register}: {', '.join(self.columns)}"


class ValueMatch(models.Model):
    """What a name that lists do not know was said to mean in one column, for the whole office.

    `text`: as the file wrote it; `folded`: the same without marks and case; `target`: what the cell is read as.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    register = models.CharField(_("Sổ"), max_length=60)
    column = models.CharField(_("Cột"), max_length=60)
    text = models.CharField(_("Trong tệp"), max_length=500)
    folded = models.CharField(_("Trong tệp, bỏ dấu"), max_length=500)
    target = models.CharField(_("Hiểu là"), max_length=500)
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người ghép")
    )
    matched_at = models.DateTimeField(_("Ghép lúc"))

    class Meta:
        verbose_name = _("cách hiểu giá trị đã nhớ")
        verbose_name_plural = _("cách hiểu giá trị đã nhớ")
        default_permissions = ()
        ordering = ("column", "text", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("office", "register", "column", "folded"), name="value_is_understood_one_way"
            ),
        )

    def __str__(self) -> str:
        return f"{self.text} → {self.target}"


class ClassImport(Tracked):
    """One file whose codes were taken into a classification: what it was, what was said of it, how much it changed."""

    scheme = models.CharField(_("Bảng"), max_length=40)
    name = models.CharField(_("Tên tệp"), max_length=255)
    sha256 = models.CharField(_("Dấu vân tay của tệp"), max_length=64)
    is_whole = models.BooleanField(_("Tệp là toàn bộ bảng"), default=False)
    valid_from = models.DateField(_("Hiệu lực từ"), null=True, blank=True)
    legal_basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    confidence = models.CharField(_("Độ tin cậy"), max_length=12, blank=True)
    added = models.PositiveIntegerField(_("Thêm"))
    corrected = models.PositiveIntegerField(_("Sửa"))
    ended = models.PositiveIntegerField(_("Kết thúc"))

    class Meta:
        verbose_name = _("lần nhập bảng phân loại")
        verbose_name_plural = _("lần nhập bảng phân loại")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} → {self.scheme}"
