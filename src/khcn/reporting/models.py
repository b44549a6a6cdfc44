"""Period reports: their text, and the figures frozen when they were signed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import KIND_LABELS, Period
from khcn.kernel.records.record import Record
from khcn.kernel.records.tracked import Tracked
from khcn.kernel.rulebook.models import Rule
from khcn.language.words import words as _

FROZEN = _("Hồ sơ của số liệu đã chốt giữ nguyên như lúc ký; muốn sửa số liệu, soạn báo cáo mới.")


class FrozenForGood(Exception):
    """Something tried to write or take away a record of a frozen figure."""


class ReportDesign(Tracked):
    """An outline as an office designed it for one kind of report.

    `content`: data that `outlines.outline_from` takes; empty where `is_shipped`, which leads back to the shipped
    outline. While `adopted_on` is empty it is worked on, and there is one of a kind; adopted it never changes again and
    serves the reports whose period ends on `valid_from` or later. `is_dropped`: given up before it was adopted.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    kind = models.CharField(_("Loại báo cáo"), max_length=20, choices=KIND_LABELS)
    content = models.JSONField(_("Nội dung mẫu"), default=dict, blank=True)
    is_shipped = models.BooleanField(_("Trở về mẫu của hệ thống"), default=False)
    is_dropped = models.BooleanField(_("Đã bỏ bản đang sửa"), default=False)
    valid_from = models.DateField(_("Dùng cho kỳ kết thúc từ ngày"), null=True, blank=True)
    reason = models.CharField(_("Lý do"), max_length=500, blank=True)
    adopted_on = models.DateField(_("Áp dụng ngày"), null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người áp dụng"),
    )

    class Meta:
        verbose_name = _("mẫu báo cáo")
        verbose_name_plural = _("mẫu báo cáo")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("office", "kind"),
                condition=Q(adopted_on=None, is_dropped=False),
                name="report_design_worked_on_is_one",
            ),
            models.CheckConstraint(
                condition=Q(adopted_on=None, adopted_by=None, valid_from=None)
                | Q(adopted_on__isnull=False, adopted_by__isnull=False, valid_from__isnull=False, is_dropped=False),
                name="adopted_design_has_person_and_days",
            ),
        )

    def __str__(self) -> str:
        return _("Mẫu báo cáo {value}").format(value=self.get_kind_display())


class PeriodReport(Record):
    """One report of the department on a period, made of indicators."""

    REGISTER: ClassVar[str] = "period-report"
    CODE_PREFIX: ClassVar[str] = "BC"

    kind = models.CharField(_("Loại báo cáo"), max_length=20, choices=KIND_LABELS)
    year = models.PositiveSmallIntegerField(_("Năm"))
    period_part = models.PositiveSmallIntegerField(_("Tháng, quý"), default=0)
    period_first = models.DateField(_("Số liệu từ ngày"))
    period_last = models.DateField(_("Đến hết ngày"))
    period_rule = models.ForeignKey(Rule, models.PROTECT, related_name="+", verbose_name=_("Quy định kỳ số liệu"))
    design = models.ForeignKey(
        ReportDesign, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Mẫu báo cáo của Sở")
    )
    number = models.CharField(_("Số, ký hiệu"), max_length=60, blank=True)
    signed_on = models.DateField(_("Ngày ký"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Người ký")
    )
    frozen_at = models.DateTimeField(_("Chốt số liệu lúc"), null=True, blank=True)
    released_on = models.DateField(_("Cho xem chênh lệch từ ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("báo cáo kỳ")
        verbose_name_plural = _("báo cáo kỳ")
        indexes = (models.Index(fields=("period_last", "id"), name="report_by_period"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="report_code_is_unique"),
            models.CheckConstraint(condition=Q(period_last__gte=F("period_first")), name="report_period_is_ordered"),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_by=None) | Q(signed_on__isnull=False, signed_by__isnull=False),
                name="signed_report_has_person_and_day",
            ),
        )

    @property
    def period(self) -> Period:
        """Return the period the report speaks of."""
        return Period(self.kind, self.year, self.period_first, self.period_last, self.period_part)


class ReportSection(Tracked):
    """One numbered section; its text may name figures as `{indicator.code}`."""

    report = models.ForeignKey(PeriodReport, models.PROTECT, related_name="sections", verbose_name=_("Báo cáo"))
    ordinal = models.PositiveSmallIntegerField(_("Thứ tự"))
    number = models.CharField(_("Số mục"), max_length=12)
    heading = models.CharField(_("Đề mục"), max_length=300)
    text = models.TextField(_("Nội dung"), blank=True)
    tables = models.JSONField(_("Bảng số liệu"), default=list, blank=True)

    class Meta:
        verbose_name = _("mục báo cáo")
        verbose_name_plural = _("mục báo cáo")
        ordering = ("ordinal",)
        constraints = (models.UniqueConstraint(fields=("report", "ordinal"), name="report_section_is_one"),)

    def __str__(self) -> str:
        return f"{self.number} {self.heading}"


class FrozenFigure(Tracked):
    """One figure as it stood when the report was signed.

    `register`: of the records that made it, kept as `FrozenRecord`; empty where none are kept.
    """

    report = models.ForeignKey(PeriodReport, models.PROTECT, related_name="frozen_figures", verbose_name=_("Báo cáo"))
    indicator = models.CharField(_("Chỉ số"), max_length=80)
    label = models.CharField(_("Tên chỉ số"), max_length=300)
    unit = models.CharField(_("Đơn vị"), max_length=60)
    kind = models.CharField(_("Loại"), max_length=10)
    measure = models.CharField(_("Cách tính"), max_length=10)
    value = models.DecimalField(_("Thực hiện"), max_digits=20, decimal_places=4, null=True)
    target = models.DecimalField(_("Kế hoạch"), max_digits=20, decimal_places=4, null=True)
    estimate = models.DecimalField(_("Ước thực hiện"), max_digits=20, decimal_places=4, null=True)
    year_before = models.DecimalField(_("Cùng kỳ"), max_digits=20, decimal_places=4, null=True)
    register = models.CharField(_("Sổ"), max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("số liệu đã chốt")
        verbose_name_plural = _("số liệu đã chốt")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("report", "indicator"), name="figure_is_frozen_once"),)

    def __str__(self) -> str:
        return self.label


class FrozenQuerySet(models.QuerySet[Any]):
    """Refuse to touch what was frozen."""

    def update(self, **_values: Any) -> int:
        """Refuse."""
        raise FrozenForGood(FROZEN)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise FrozenForGood(FROZEN)


class FrozenRecord(models.Model):
    """One record behind a frozen figure, as it was named then; written once, with its figure, in the order of pages.

    `record_id`: its number in the register of the figure. `amount`: what it adds to a sum, None where records count.
    Without history of its own: who froze it, and when, stands with the figure.
    """

    id = models.BigAutoField(primary_key=True)
    figure = models.ForeignKey(
        FrozenFigure, models.PROTECT, related_name="records", db_index=False, verbose_name=_("Số liệu đã chốt")
    )
    record_id = models.BigIntegerField(_("Hồ sơ"))
    code = models.CharField(_("Mã hồ sơ"), max_length=40)
    title = models.TextField(_("Tên, trích yếu"))
    amount = models.DecimalField(_("Góp vào"), max_digits=20, decimal_places=4, null=True)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("hồ sơ của số liệu đã chốt")
        verbose_name_plural = _("hồ sơ của số liệu đã chốt")
        default_permissions = ()
        indexes = (
            models.Index(fields=("figure", "id"), name="frozen_record_walked"),
            models.Index(fields=("figure", "record_id"), name="frozen_record_found"),
        )

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"

    def save(self, *_args: Any, **_kwargs: Any) -> None:
        """Refuse: rows are written when a figure is frozen, all of them at once."""
        raise FrozenForGood(FROZEN)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise FrozenForGood(FROZEN)
