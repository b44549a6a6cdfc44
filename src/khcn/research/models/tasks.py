"""Research tasks, who does them, with whom, and what they promise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, When

from khcn.councils.states import Rating, Regime
from khcn.kernel.access.roles import Role
from khcn.kernel.indicators.periods import Period
from khcn.kernel.records.record import Provenance, Record, RecordQuerySet
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person, organisation_ids_of
from khcn.policies.models import Programme
from khcn.research.states import (
    AFTER_FILING,
    NEVER_APPROVED,
    UNDER_WAY,
    AwardMode,
    InnovationKind,
    LumpSum,
    MemberRole,
    MovementKind,
    ProductKind,
    Recovery,
    TaskForm,
    TaskLevel,
    TaskState,
    TaskTrack,
    TerminationCause,
    UseForm,
)


def approved_in(period: Period) -> Q:
    """Return the condition that a task was approved in the period."""
    return Q(approved_on__gte=period.first, approved_on__lte=period.last)


def accepted_in(period: Period) -> Q:
    """Return the condition that a council accepted the result of a task in the period."""
    return Q(accepted_on__gte=period.first, accepted_on__lte=period.last, rating__in=(Rating.EXCELLENT, Rating.PASS))


def goes_on(day: date, *, contracted_by: date | None = None) -> Q:
    """Return the condition that a task was on that day neither judged nor stopped for good.

    `contracted_by`: the last day on which its contract may have been signed; without it, the day itself.
    """
    stopped = Q(stopped_on__lte=day) & ~Q(termination_cause="")
    judged = Q(accepted_on__lte=day)
    return Q(contracted_on__lte=contracted_by or day) & ~stopped & ~judged


class TaskQuerySet(RecordQuerySet):
    """Choose research tasks."""

    def rule_for(self, user: Any) -> Q:
        """Return the general condition, or that the user acts for the organisation that hosts the task."""
        rule = super().rule_for(user)
        if user is None or not user.is_authenticated or not user.holds(Role.ASSIGNED_AGENCY):
            return rule
        return rule | Q(host_id__in=organisation_ids_of(user), withdrawn_on=None)

    def approved_within(self, period: Period) -> Self:
        """Keep those approved in the period; what became of them later does not undo it."""
        return self.filter(approved_in(period))

    def under_way(self) -> Self:
        """Keep those whose contract runs."""
        return self.filter(state__in=UNDER_WAY)

    def under_way_on(self, day: date) -> Self:
        """Keep those contracted by the day and on that day neither judged nor stopped for good."""
        return self.filter(goes_on(day))

    def late_on(self, day: date) -> Self:
        """Keep those whose contract, extensions counted, ended before the day without a final file by then.

        Where the day of the file is known it alone decides, whatever became of the task later; an imported task that
        does not know it is beyond its file by its state.
        """
        ended = Q(extended_to__lt=day) | Q(extended_to=None, ends_on__lt=day)
        filed = Q(final_filed_on__lte=day) | Q(final_filed_on=None, state__in=AFTER_FILING)
        return self.under_way_on(day).filter(ended).exclude(filed)

    def used_within(self, period: Period, as_of: Any) -> Self:
        """Keep those with a report of use in the period, as known at the instant."""
        return self.filter(self.model.used_in(period, as_of))

    def paid_within(self, period: Period, as_of: Any) -> Self:
        """Keep those for which money was paid in the period, each with `paid_vnd`, reversals taken off."""
        moves = self.model.movements.rel.related_model.objects.as_of(as_of).filter(kind=MovementKind.DISBURSE)
        moves = moves.filter(task_id=OuterRef("pk"), moved_on__gte=period.first, moved_on__lte=period.last)
        signed = Case(When(reverses_id=None, then=F("amount_vnd")), default=-F("amount_vnd"))
        sums = moves.order_by().values("task_id").annotate(paid=Sum(signed)).values("paid")
        return self.annotate(paid_vnd=Subquery(sums)).filter(paid_vnd__isnull=False)

    def accepted_within(self, period: Period) -> Self:
        """Keep those whose result a council accepted in the period."""
        return self.filter(accepted_in(period))

    def registered_within(self, period: Period) -> Self:
        """Keep those whose result was registered in the period."""
        return self.filter(registered_on__gte=period.first, registered_on__lte=period.last)


class ResearchTask(Record):
    """One task of science, technology and innovation (nhiệm vụ KH,CN&ĐMST), from its proposal to the end of its use.

    `regime`: under which law it was approved; empty until then. `ends_on`: as contracted; `extended_to`: the last
    extension. Money stands in estimate lines, tranches and movements, never in a field of the task.
    """

    REGISTER: ClassVar[str] = "research-task"
    CODE_PREFIX: ClassVar[str] = "NVKH"

    form = models.CharField(_("Loại hình"), max_length=10, choices=TaskForm, default=TaskForm.TOPIC)
    track = models.CharField(_("Loại nhiệm vụ"), max_length=10, choices=TaskTrack, default=TaskTrack.RESEARCH)
    innovation_kind = models.CharField(_("Nội dung hỗ trợ"), max_length=12, choices=InnovationKind, blank=True)
    level = models.CharField(_("Cấp quản lý"), max_length=12, choices=TaskLevel, default=TaskLevel.PROVINCE)
    mode = models.CharField(_("Phương thức"), max_length=12, choices=AwardMode, default=AwardMode.SELECTION)
    regime = models.CharField(_("Luật áp dụng"), max_length=10, choices=Regime, blank=True)
    number = models.CharField(_("Mã số nhiệm vụ"), max_length=60, blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Thuộc chương trình")
    )
    objectives = models.TextField(_("Mục tiêu"), blank=True)
    content = models.TextField(_("Nội dung chính"), blank=True)
    expected = models.TextField(_("Sản phẩm dự kiến"), blank=True)
    keywords = models.CharField(_("Từ khóa"), max_length=300, blank=True)
    user_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Nơi ứng dụng kết quả")
    )
    user_text = models.CharField(_("Nơi ứng dụng, theo hồ sơ"), max_length=300, blank=True)
    similarity_note = models.TextField(_("Kết quả rà soát trùng lặp"), blank=True)
    similarity_on = models.DateField(_("Rà soát trùng lặp ngày"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("Thứ tự ưu tiên"), null=True, blank=True)
    list_number = models.CharField(_("Số quyết định danh mục"), max_length=60, blank=True)
    listed_on = models.DateField(_("Phê duyệt danh mục ngày"), null=True, blank=True)
    call_number = models.CharField(_("Số thông báo nhận hồ sơ"), max_length=60, blank=True)
    call_opens_on = models.DateField(_("Nhận hồ sơ từ ngày"), null=True, blank=True)
    call_closes_on = models.DateField(_("Nhận hồ sơ đến hết ngày"), null=True, blank=True)
    host = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Tổ chức chủ trì")
    )
    leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Chủ nhiệm")
    )
    revised_on = models.DateField(_("Nộp thuyết minh hoàn thiện ngày"), null=True, blank=True)
    lump_sum = models.CharField(_("Phương thức khoán"), max_length=14, choices=LumpSum, blank=True)
    months = models.PositiveSmallIntegerField(_("Thời gian thực hiện (tháng)"), null=True, blank=True)
    approval_number = models.CharField(_("Số quyết định phê duyệt"), max_length=60, blank=True)
    approved_on = models.DateField(_("Phê duyệt ngày"), null=True, blank=True)
    contract_number = models.CharField(_("Số hợp đồng"), max_length=60, blank=True)
    contracted_on = models.DateField(_("Ký hợp đồng ngày"), null=True, blank=True)
    starts_on = models.DateField(_("Bắt đầu"), null=True, blank=True)
    ends_on = models.DateField(_("Kết thúc theo hợp đồng"), null=True, blank=True)
    extended_to = models.DateField(_("Gia hạn đến"), null=True, blank=True)
    declared_on = models.DateField(_("Khai báo đang thực hiện ngày"), null=True, blank=True)
    self_evaluated_on = models.DateField(_("Tự đánh giá ngày"), null=True, blank=True)
    final_filed_on = models.DateField(_("Nộp hồ sơ nghiệm thu ngày"), null=True, blank=True)
    rating = models.CharField(_("Xếp loại nghiệm thu"), max_length=10, choices=Rating, blank=True)
    accepted_on = models.DateField(_("Hội đồng nghiệm thu ngày"), null=True, blank=True)
    fixed_on = models.DateField(_("Hoàn thiện sau nghiệm thu ngày"), null=True, blank=True)
    certificate_number = models.CharField(_("Số đăng ký kết quả"), max_length=60, blank=True)
    registered_on = models.DateField(_("Đăng ký kết quả ngày"), null=True, blank=True)
    recognition_number = models.CharField(_("Số quyết định công nhận kết quả"), max_length=60, blank=True)
    recognised_on = models.DateField(_("Công nhận kết quả ngày"), null=True, blank=True)
    settled_on = models.DateField(_("Quyết toán ngày"), null=True, blank=True)
    liquidation_number = models.CharField(_("Số biên bản thanh lý"), max_length=60, blank=True)
    liquidated_on = models.DateField(_("Thanh lý ngày"), null=True, blank=True)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Tổ chức được giao quyền")
    )
    ownership_number = models.CharField(_("Văn bản giao quyền"), max_length=60, blank=True)
    transferred_on = models.DateField(_("Giao quyền, bàn giao ngày"), null=True, blank=True)
    stop_number = models.CharField(_("Số quyết định dừng, chấm dứt"), max_length=60, blank=True)
    stopped_on = models.DateField(_("Dừng, chấm dứt ngày"), null=True, blank=True)
    termination_cause = models.CharField(_("Nguyên nhân chấm dứt"), max_length=12, choices=TerminationCause, blank=True)
    recovery = models.CharField(_("Xử lý kinh phí"), max_length=8, choices=Recovery, blank=True)
    recovery_vnd = models.BigIntegerField(_("Số tiền thu hồi (đồng)"), null=True, blank=True)
    recovery_number = models.CharField(_("Số quyết định về kinh phí"), max_length=60, blank=True)
    recovery_on = models.DateField(_("Quyết định về kinh phí ngày"), null=True, blank=True)
    closed_on = models.DateField(_("Khép hồ sơ ngày"), null=True, blank=True)

    next_due_on: date | None = None
    unpaid_vnd: int | None = None
    """What lists show beside the row: the first day on which something falls due, money granted and not yet paid."""

    objects: ClassVar[Any] = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhiệm vụ khoa học và công nghệ")
        verbose_name_plural = _("nhiệm vụ khoa học và công nghệ")
        indexes = (
            models.Index(fields=("approved_on", "id"), name="research_task_by_approval"),
            models.Index(fields=("contracted_on", "id"), name="research_task_by_contract"),
            models.Index(fields=("ends_on", "id"), name="research_task_by_end"),
            models.Index(fields=("accepted_on", "id"), name="research_task_by_acceptance"),
            models.Index(fields=("registered_on", "id"), name="research_task_by_certificate"),
        )
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="research_task_code_is_unique"),
            models.UniqueConstraint(
                fields=("office", "contract_number"),
                condition=~Q(contract_number="") & Q(withdrawn_on=None),
                name="research_task_contract_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(track=TaskTrack.INNOVATION) | Q(innovation_kind=""),
                name="only_innovation_tasks_have_a_kind_of_support",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NEVER_APPROVED)
                | (~Q(regime="") & (Q(approved_on__isnull=False) | ~Q(provenance=Provenance.ENTERED))),
                name="approved_task_has_day_and_law",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="research_task_time_is_ordered",
            ),
            models.CheckConstraint(
                condition=Q(extended_to=None) | Q(ends_on=None) | Q(extended_to__gt=F("ends_on")),
                name="extension_is_later_than_the_contract",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.TERMINATED) | ~Q(termination_cause=""),
                name="terminated_task_has_its_cause",
            ),
            models.CheckConstraint(
                condition=Q(certificate_number="", registered_on=None)
                | (~Q(certificate_number="") & Q(registered_on__isnull=False)),
                name="registered_result_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=Q(recognised_on=None) | ~Q(recognition_number=""),
                name="recognition_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(recovery="", recovery_on=None, recovery_vnd=None)
                | (~Q(recovery="") & Q(recovery_on__isnull=False, recovery_vnd__gte=0)),
                name="decision_on_money_has_its_day_and_sum",
            ),
        )

    @classmethod
    def used_in(cls, period: Period, as_of: Any) -> Q:
        """Return the condition that a use of a task's result was reported in the period, as known at the instant."""
        uses = cls.uses.rel.related_model.objects.as_of(as_of)  # type: ignore[attr-defined]  # a part names its task
        reported = uses.filter(reported_on__gte=period.first, reported_on__lte=period.last).exclude(
            form=UseForm.NOT_USED
        )
        return Q(pk__in=reported.order_by().values("task_id"))

    @property
    def last_day(self) -> date | None:
        """Return the day on which the contract ends, extensions counted."""
        return self.extended_to or self.ends_on

    @property
    def was_accepted(self) -> bool:
        """Tell whether a council accepted the result."""
        return self.rating in (Rating.EXCELLENT, Rating.PASS)

    @property
    def years_text(self) -> str:
        """Return the years of the contract as people write them."""
        last = self.last_day
        years = [str(day.year) for day in (self.starts_on, last) if day]
        return "–".join(dict.fromkeys(years))


class TaskPart(Tracked):
    """What hangs on a research task; parts are entered, corrected and taken out in the same way."""

    if TYPE_CHECKING:
        task: models.ForeignKey[ResearchTask, ResearchTask]
    objects: ClassVar[Any] = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True


def task_link(related: str) -> models.ForeignKey[ResearchTask, ResearchTask]:
    """Return the column by which a part names its task."""
    return models.ForeignKey(ResearchTask, models.PROTECT, related_name=related, verbose_name=_("Nhiệm vụ", "one"))


class TaskMember(TaskPart):
    """Somebody who takes part; `share_percent`: of what the result brings, as the members agreed."""

    task = task_link("members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("Họ và tên"))
    role = models.CharField(_("Vai trò"), max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Cơ quan công tác")
    )
    months = models.DecimalField(_("Số tháng quy đổi"), max_digits=5, decimal_places=1, null=True, blank=True)
    share_percent = models.DecimalField(_("Tỷ lệ đóng góp (%)"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("thành viên thực hiện")
        verbose_name_plural = _("thành viên thực hiện")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("task", "person"), name="person_takes_part_once"),
            models.CheckConstraint(
                condition=Q(share_percent=None) | Q(share_percent__gte=0, share_percent__lte=100),
                name="share_of_a_member_is_a_percentage",
            ),
        )

    def __str__(self) -> str:
        return self.person.listed_name or str(self.get_role_display())


class TaskPartner(TaskPart):
    """An organisation that works along, and with how much of its own money."""

    task = task_link("partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Tổ chức phối hợp"))
    content = models.CharField(_("Nội dung phối hợp"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("tổ chức phối hợp")
        verbose_name_plural = _("tổ chức phối hợp")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("task", "organisation"), name="organisation_works_along_once"),)

    def __str__(self) -> str:
        return self.organisation.listed_name


class TaskProduct(TaskPart):
    """Something a task promises, and what was delivered of it."""

    task = task_link("products")
    kind = models.CharField(_("Nhóm sản phẩm"), max_length=22, choices=ProductKind, default=ProductKind.TANGIBLE)
    name = models.CharField(_("Sản phẩm"), max_length=300)
    unit = models.CharField(_("Đơn vị tính"), max_length=60, blank=True)
    ordered = models.DecimalField(_("Số lượng đặt hàng"), max_digits=14, decimal_places=2, null=True, blank=True)
    quality = models.TextField(_("Yêu cầu chất lượng"), blank=True)
    delivered = models.DecimalField(_("Số lượng giao nộp"), max_digits=14, decimal_places=2, null=True, blank=True)
    delivered_on = models.DateField(_("Giao nộp ngày"), null=True, blank=True)
    evidence = models.CharField(_("Minh chứng"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("sản phẩm của nhiệm vụ")
        verbose_name_plural = _("sản phẩm của nhiệm vụ")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(ordered=None) | Q(ordered__gt=0), name="ordered_product_is_positive"),
            models.CheckConstraint(
                condition=Q(delivered=None) | Q(delivered__gte=0), name="delivered_product_is_not_negative"
            ),
        )

    def __str__(self) -> str:
        return self.name
