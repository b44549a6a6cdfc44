"""How a task runs: milestones, reports of the host, inspections, requests for change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from khcn.language.words import words as _
from khcn.research.models.tasks import TaskPart, task_link
from khcn.research.states import ChangeKind, ChangeOutcome, ReportKind, Schedule


class Milestone(TaskPart):
    """A piece of work with its day, as the contract has it."""

    task = task_link("milestones")
    title = models.CharField(_("Nội dung"), max_length=300)
    due_on = models.DateField(_("Hoàn thành trước ngày"))
    done_on = models.DateField(_("Hoàn thành ngày"), null=True, blank=True)
    evidence = models.CharField(_("Minh chứng"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("mốc tiến độ")
        verbose_name_plural = _("mốc tiến độ")
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return self.title


class ProgressReport(TaskPart):
    """What the host reports of the work, each month or each period."""

    task = task_link("progress_reports")
    kind = models.CharField(_("Loại báo cáo"), max_length=10, choices=ReportKind, default=ReportKind.PERIODIC)
    reported_on = models.DateField(_("Báo cáo ngày"))
    percent = models.PositiveSmallIntegerField(_("Khối lượng hoàn thành (%)"))
    content = models.TextField(_("Kết quả đã làm"))
    difficulties = models.TextField(_("Khó khăn, kiến nghị"), blank=True)
    spent_vnd = models.BigIntegerField(_("Đã chi (đồng)"), null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Người nhập")
    )

    class Meta:
        verbose_name = _("báo cáo thực hiện")
        verbose_name_plural = _("báo cáo thực hiện")
        ordering = ("reported_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(percent__lte=100), name="reported_share_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(spent_vnd=None) | Q(spent_vnd__gte=0), name="reported_spending_is_money"
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Inspection(TaskPart):
    """What an inspection found (kiểm tra, đánh giá trong kỳ)."""

    task = task_link("inspections")
    inspected_on = models.DateField(_("Kiểm tra ngày"))
    number = models.CharField(_("Số biên bản"), max_length=60, blank=True)
    schedule = models.CharField(_("Tiến độ"), max_length=8, choices=Schedule, default=Schedule.ON_TIME)
    findings = models.TextField(_("Nhận xét: nội dung, sản phẩm, kinh phí"))
    requests = models.TextField(_("Yêu cầu, kiến nghị"), blank=True)

    class Meta:
        verbose_name = _("đợt kiểm tra")
        verbose_name_plural = _("đợt kiểm tra")
        ordering = ("inspected_on", "id")

    def __str__(self) -> str:
        return _("Kiểm tra {day:%d/%m/%Y}").format(day=self.inspected_on)


class TaskChange(TaskPart):
    """One request to change the task, and what was decided; extensions are changes of its time."""

    task = task_link("changes")
    kind = models.CharField(_("Điều chỉnh gì"), max_length=10, choices=ChangeKind)
    asked_on = models.DateField(_("Đề nghị ngày"))
    reason = models.TextField(_("Nội dung, lý do"))
    outcome = models.CharField(_("Kết quả"), max_length=10, choices=ChangeOutcome, default=ChangeOutcome.ASKED)
    number = models.CharField(_("Số văn bản"), max_length=60, blank=True)
    decided_on = models.DateField(_("Quyết định ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("điều chỉnh")
        verbose_name_plural = _("điều chỉnh")
        ordering = ("asked_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome=ChangeOutcome.ASKED) | Q(decided_on__isnull=False),
                name="decided_change_has_its_day",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())
