"""The money of tasks: what was estimated, when it is paid, and where it is; all of it in whole đồng."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from khcn.language.words import words as _
from khcn.research.models.tasks import TaskPart, task_link
from khcn.research.states import Account, CostItem, FundingSource, MovementKind


class BudgetLine(TaskPart):
    """One line of the estimate: what for, whose money, for which budget year, whether it is a lump sum."""

    task = task_link("budget_lines")
    item = models.CharField(_("Khoản chi"), max_length=16, choices=CostItem)
    source = models.CharField(_("Nguồn"), max_length=16, choices=FundingSource, default=FundingSource.STATE_LOCAL)
    year = models.PositiveSmallIntegerField(_("Năm ngân sách"))
    amount_vnd = models.BigIntegerField(_("Số tiền (đồng)"))
    is_lump = models.BooleanField(_("Khoán"), default=True)
    note = models.CharField(_("Diễn giải"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("dòng dự toán")
        verbose_name_plural = _("dòng dự toán")
        ordering = ("year", "id")
        constraints = (models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="budget_line_is_money"),)

    def __str__(self) -> str:
        return f"{self.get_item_display()} {self.year}"


class Tranche(TaskPart):
    """One payment as the contract plans it; what was paid of it are movements."""

    task = task_link("tranches")
    source = models.CharField(_("Nguồn"), max_length=16, choices=FundingSource, default=FundingSource.STATE_LOCAL)
    planned_on = models.DateField(_("Dự kiến ngày"))
    amount_vnd = models.BigIntegerField(_("Số tiền (đồng)"))
    condition = models.CharField(_("Điều kiện cấp"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("đợt cấp kinh phí")
        verbose_name_plural = _("đợt cấp kinh phí")
        ordering = ("planned_on", "id")
        constraints = (models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="tranche_is_money"),)

    def __str__(self) -> str:
        return _("Đợt {day:%d/%m/%Y}").format(day=self.planned_on)


class Movement(TaskPart):
    """Money that went from one account of a task to another, by a document; never changed, only reversed.

    Since every movement takes from one account what it gives to another, the accounts of a source add up to nothing at
    every moment. `from_year`, `to_year`: the budget year where an account is kept by year, else 0.
    """

    task = task_link("movements")
    kind = models.CharField(_("Nghiệp vụ"), max_length=12, choices=MovementKind)
    source = models.CharField(_("Nguồn"), max_length=16, choices=FundingSource)
    from_account = models.CharField(_("Từ"), max_length=12, choices=Account)
    to_account = models.CharField(_("Sang"), max_length=12, choices=Account)
    from_year = models.PositiveSmallIntegerField(_("Năm ngân sách, từ"), default=0)
    to_year = models.PositiveSmallIntegerField(_("Năm ngân sách, sang"), default=0)
    amount_vnd = models.BigIntegerField(_("Số tiền (đồng)"))
    moved_on = models.DateField(_("Ngày"))
    document_number = models.CharField(_("Chứng từ"), max_length=60)
    tranche = models.ForeignKey(
        Tranche, models.PROTECT, null=True, blank=True, related_name="movements", verbose_name=_("Đợt cấp")
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("Đảo bút toán")
    )

    class Meta:
        verbose_name = _("bút toán")
        verbose_name_plural = _("bút toán")
        ordering = ("moved_on", "id")
        indexes = (models.Index(fields=("kind", "moved_on"), name="movement_by_kind_and_day"),)
        constraints = (
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="movement_is_money"),
            models.CheckConstraint(
                condition=~Q(from_account=F("to_account")) | ~Q(from_year=F("to_year")),
                name="movement_goes_somewhere_else",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.document_number}"
