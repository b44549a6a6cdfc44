"""Requests for appraisal of, and opinions on, the technology of investment projects."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from khcn.kernel.indicators.periods import Period
from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.transfer.states import AppraisalKind, AppraisalState, Opinion


class TechnologyAppraisalQuerySet(RecordQuerySet):
    """Choose requests."""

    def answered_within(self, period: Period) -> Self:
        """Keep those answered in the period."""
        return self.filter(state=AppraisalState.ANSWERED, answered_on__gte=period.first, answered_on__lte=period.last)

    def once_per_project_within(self, period: Period) -> Self:
        """Keep of each project the first answer of the period, so that rows are projects."""
        earlier = (
            TechnologyAppraisal.objects.standing()
            .answered_within(period)
            .filter(
                Q(answered_on__lt=OuterRef("answered_on"))
                | Q(answered_on=OuterRef("answered_on"), pk__lt=OuterRef("pk")),
            )
        )
        # Two questions that an index answers each, instead of one about a computed project that none does.
        project = OuterRef("project")
        first, later = earlier.filter(pk=project, first_request=None), earlier.filter(first_request_id=project)
        rows = self.answered_within(period).annotate(project=Coalesce("first_request_id", "id"))
        return rows.filter(Q(first_request=None) | ~Exists(first), ~Exists(later))


class TechnologyAppraisal(Record):
    """One request about one investment project, whose name is the title; several may concern one project."""

    REGISTER: ClassVar[str] = "technology-appraisal"
    CODE_PREFIX: ClassVar[str] = "TDCN"

    kind = models.CharField(_("Loại ý kiến"), max_length=20, choices=AppraisalKind)
    first_request = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="later_requests",
        verbose_name=_("Hồ sơ đầu tiên của cùng dự án"),
    )
    investor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Chủ đầu tư")
    )
    asking_agency = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Cơ quan hỏi ý kiến")
    )
    request_number = models.CharField(_("Số văn bản đề nghị"), max_length=60, blank=True)
    request_on = models.DateField(_("Ngày văn bản đề nghị"), null=True, blank=True)
    received_on = models.DateField(_("Ngày nhận"))
    technology = models.TextField(_("Công nghệ, thiết bị"), blank=True)
    council_held = models.BooleanField(_("Có họp hội đồng tư vấn"), default=False)
    council_on = models.DateField(_("Hội đồng họp ngày"), null=True, blank=True)
    opinion = models.CharField(_("Ý kiến"), max_length=12, choices=Opinion, blank=True)
    opinion_text = models.TextField(_("Nội dung ý kiến, điều kiện"), blank=True)
    answer_number = models.CharField(_("Số văn bản trả lời"), max_length=60, blank=True)
    answered_on = models.DateField(_("Ngày trả lời"), null=True, blank=True)
    returned_on = models.DateField(_("Trả hồ sơ ngày"), null=True, blank=True, editable=False)

    objects = TechnologyAppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("hồ sơ thẩm định, ý kiến về công nghệ")
        verbose_name_plural = _("hồ sơ thẩm định, ý kiến về công nghệ")
        indexes = (
            models.Index(fields=("state", "answered_on"), name="appraisal_answered"),
            models.Index(fields=("answered_on", "id"), name="appraisal_by_day"),
        )
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="appraisal_code_is_unique"),
            models.CheckConstraint(
                condition=~Q(state=AppraisalState.ANSWERED)
                | (Q(answered_on__isnull=False) & ~Q(answer_number="") & ~Q(opinion="")),
                name="answered_appraisal_has_number_day_opinion",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("received_on")), name="appraisal_is_ordered"
            ),
            models.CheckConstraint(
                condition=Q(council_on=None) | Q(council_held=True), name="appraisal_council_day_means_it_met"
            ),
            models.CheckConstraint(
                condition=Q(first_request=None) | ~Q(first_request=F("id")), name="appraisal_does_not_follow_itself"
            ),
        )
