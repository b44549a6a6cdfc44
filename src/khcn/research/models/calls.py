"""Notices of the department, proposals of tasks, and dossiers that apply to carry tasks out."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person
from khcn.research.models.tasks import ResearchTask
from khcn.research.states import CallKind, CallState, ProposerKind


class TaskCall(Record):
    """One notice of the department: until when it takes proposals, or dossiers for tasks of its list."""

    REGISTER: ClassVar[str] = "task-call"
    CODE_PREFIX: ClassVar[str] = "TBNV"

    kind = models.CharField(_("Nhận gì"), max_length=12, choices=CallKind, default=CallKind.PROPOSALS)
    number = models.CharField(_("Số thông báo"), max_length=60, blank=True)
    plan_year = models.PositiveSmallIntegerField(_("Cho kế hoạch năm"))
    opens_on = models.DateField(_("Nhận từ ngày"), null=True, blank=True)
    closes_on = models.DateField(_("Nhận đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("thông báo nhận đề xuất, hồ sơ")
        verbose_name_plural = _("thông báo nhận đề xuất, hồ sơ")
        indexes = (models.Index(fields=("closes_on", "id"), name="task_call_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="task_call_code_is_unique"),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(opens_on=None) | Q(closes_on__gte=F("opens_on")),
                name="task_call_time_is_ordered",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(CallState.DRAFT, CallState.CANCELLED))
                | (~Q(number="") & Q(opens_on__isnull=False, closes_on__isnull=False)),
                name="opened_call_has_number_and_days",
            ),
        )


class ProposalQuerySet(RecordQuerySet):
    """Choose proposals; who sent one knows of it."""

    def rule_for(self, user: Any) -> Q:
        """Return the general condition, or that the user sent the proposal."""
        rule = super().rule_for(user)
        return rule if user is None or not user.is_authenticated else rule | Q(sent_by=user, withdrawn_on=None)

    def sent_by(self, user: Any) -> Self:
        """Keep those that the user sent, the latest first."""
        return self.filter(sent_by=user, withdrawn_on=None).order_by("-received_on", "-pk")


class TaskProposal(Record):
    """One proposal or order of a task (đề xuất, đặt hàng); several may be grouped into one task."""

    REGISTER: ClassVar[str] = "task-proposal"
    CODE_PREFIX: ClassVar[str] = "DXNV"

    call = models.ForeignKey(
        TaskCall, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("Theo thông báo")
    )
    plan_year = models.PositiveSmallIntegerField(_("Cho kế hoạch năm"))
    proposer_kind = models.CharField(_("Bên đề xuất là"), max_length=12, choices=ProposerKind)
    proposer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Tổ chức đề xuất")
    )
    proposer_text = models.CharField(_("Người, đơn vị đề xuất"), max_length=300, blank=True)
    is_order = models.BooleanField(_("Đặt hàng: cam kết sử dụng kết quả"), default=False)
    received_on = models.DateField(_("Nhận ngày"))
    urgency = models.TextField(_("Tính cấp thiết"), blank=True)
    objectives = models.TextField(_("Mục tiêu"), blank=True)
    content = models.TextField(_("Nội dung chính"), blank=True)
    expected = models.TextField(_("Sản phẩm dự kiến"), blank=True)
    user_text = models.CharField(_("Nơi ứng dụng kết quả"), max_length=300, blank=True)
    budget_vnd = models.BigIntegerField(_("Kinh phí dự kiến (đồng)"), null=True, blank=True)
    outside_vnd = models.BigIntegerField(_("Trong đó ngoài ngân sách (đồng)"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Người gửi")
    )
    similarity_on = models.DateField(_("Rà soát trùng lặp ngày"), null=True, blank=True)
    similarity_note = models.TextField(_("Kết quả rà soát trùng lặp"), blank=True)
    task = models.ForeignKey(
        ResearchTask, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("Vào nhiệm vụ")
    )

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề xuất nhiệm vụ")
        verbose_name_plural = _("đề xuất nhiệm vụ")
        indexes = (models.Index(fields=("received_on", "id"), name="task_proposal_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="task_proposal_code_is_unique"),
            models.CheckConstraint(condition=Q(budget_vnd=None) | Q(budget_vnd__gte=0), name="proposed_money_is_money"),
        )

    @property
    def proposer_name(self) -> str:
        """Return who proposes, as lists show it."""
        return (self.proposer.listed_name if self.proposer else "") or self.proposer_text


class TaskApplication(Record):
    """One dossier of an organisation that applies to carry a task out (hồ sơ đăng ký chủ trì)."""

    REGISTER: ClassVar[str] = "task-application"
    CODE_PREFIX: ClassVar[str] = "HSDK"

    task = models.ForeignKey(
        ResearchTask, models.PROTECT, related_name="applications", verbose_name=_("Nhiệm vụ", "one")
    )
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Tổ chức đăng ký chủ trì"))
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Chủ nhiệm"))
    filed_on = models.DateField(_("Nộp ngày"))
    state_vnd = models.BigIntegerField(_("Đề nghị ngân sách (đồng)"), default=0)
    outside_vnd = models.BigIntegerField(_("Vốn ngoài ngân sách (đồng)"), default=0)
    months = models.PositiveSmallIntegerField(_("Thời gian thực hiện (tháng)"), null=True, blank=True)
    checked_on = models.DateField(_("Kiểm tra ngày"), null=True, blank=True)
    findings = models.TextField(_("Kết quả kiểm tra"), blank=True)

    class Meta:
        verbose_name = _("hồ sơ đăng ký chủ trì")
        verbose_name_plural = _("hồ sơ đăng ký chủ trì")
        indexes = (models.Index(fields=("filed_on", "id"), name="task_application_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="task_application_code_is_unique"),
            models.CheckConstraint(
                condition=Q(state_vnd__gte=0, outside_vnd__gte=0), name="money_of_an_application_is_money"
            ),
        )
