"""Legal documents, programmes with their targets and results, and the department's own work plan."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.kernel.indicators.periods import Period
from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.parties.models import Organisation
from khcn.policies.states import (
    COUNTED_KINDS,
    EVER_ISSUED,
    PROGRAMMES_EVER_ISSUED,
    LegalDocumentKind,
    LegalDocumentState,
    ProgrammeKind,
)


class LegalDocumentQuerySet(RecordQuerySet):
    """Choose legal documents."""

    def issued_within(self, period: Period) -> Self:
        """Keep those issued in the period; a later end or replacement does not undo it."""
        return self.filter(issued_on__gte=period.first, issued_on__lte=period.last, state__in=EVER_ISSUED)

    def advised_by_the_department(self) -> Self:
        """Keep those that the department drafted or advised on."""
        return self.filter(advised_by_department=True)


class LegalDocument(Record):
    """One legal normative document (văn bản quy phạm pháp luật) of the province, from its proposal on."""

    REGISTER: ClassVar[str] = "legal-document"
    CODE_PREFIX: ClassVar[str] = "QPPL"

    kind = models.CharField("Loại văn bản", max_length=24, choices=LegalDocumentKind)
    advised_by_department = models.BooleanField("Sở tham mưu", default=True)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Cơ quan ban hành"
    )
    number = models.CharField("Số, ký hiệu", max_length=60, blank=True)
    consulted_from = models.DateField("Lấy ý kiến từ ngày", null=True, blank=True)
    appraised_on = models.DateField("Tư pháp thẩm định ngày", null=True, blank=True)
    appraisal_number = models.CharField("Số báo cáo thẩm định", max_length=60, blank=True)
    submitted_on = models.DateField("Trình ngày", null=True, blank=True)
    issued_on = models.DateField("Ngày ban hành", null=True, blank=True)
    effective_on = models.DateField("Ngày có hiệu lực", null=True, blank=True)
    expired_on = models.DateField("Hết hiệu lực từ ngày", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="Thay thế bởi"
    )

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản quy phạm pháp luật"
        verbose_name_plural = "văn bản quy phạm pháp luật"
        indexes = (models.Index(fields=("issued_on", "id"), name="legal_document_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="legal_document_code_is_unique"),
            models.UniqueConstraint(
                fields=("office", "kind", "number"),
                condition=~Q(number=""),
                name="legal_document_number_is_unique_in_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=EVER_ISSUED) | (Q(issued_on__isnull=False) & ~Q(number="")),
                name="issued_legal_document_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=LegalDocumentState.REPLACED) | Q(successor__isnull=False),
                name="replaced_legal_document_names_its_successor",
            ),
            models.CheckConstraint(
                condition=Q(expired_on=None) | Q(effective_on=None) | Q(expired_on__gte=F("effective_on")),
                name="legal_document_force_is_ordered",
            ),
        )


class ProgrammeQuerySet(RecordQuerySet):
    """Choose programmes."""

    def issued_within(self, period: Period) -> Self:
        """Keep those issued in the period."""
        return self.filter(issued_on__gte=period.first, issued_on__lte=period.last, state__in=PROGRAMMES_EVER_ISSUED)

    def counted_as_programmes(self) -> Self:
        """Keep programmes, plans and schemes that the department advised on."""
        return self.filter(kind__in=COUNTED_KINDS, advised_by_department=True)


class Programme(Record):
    """One programme, plan, scheme, project or resolution that sets targets and is carried out."""

    REGISTER: ClassVar[str] = "programme"
    CODE_PREFIX: ClassVar[str] = "CTKH"

    kind = models.CharField("Loại", max_length=20, choices=ProgrammeKind)
    advised_by_department = models.BooleanField("Sở tham mưu", default=True)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Cơ quan ban hành"
    )
    number = models.CharField("Số, ký hiệu", max_length=60, blank=True)
    submitted_on = models.DateField("Trình ngày", null=True, blank=True)
    issued_on = models.DateField("Ngày ban hành", null=True, blank=True)
    effective_on = models.DateField("Ngày có hiệu lực", null=True, blank=True)
    first_year = models.PositiveSmallIntegerField("Từ năm", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("Đến năm", null=True, blank=True)
    concluded_on = models.DateField("Tổng kết ngày", null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="Cụ thể hóa"
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình, kế hoạch, đề án"
        verbose_name_plural = "chương trình, kế hoạch, đề án"
        indexes = (models.Index(fields=("issued_on", "id"), name="programme_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="programme_code_is_unique"),
            models.CheckConstraint(
                condition=~Q(state__in=PROGRAMMES_EVER_ISSUED) | (Q(issued_on__isnull=False) & ~Q(number="")),
                name="issued_programme_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(first_year=None) | Q(last_year__gte=F("first_year")),
                name="programme_years_are_ordered",
            ),
        )

    @property
    def years_text(self) -> str:
        """Return the years of the programme as people write them."""
        years = [str(year) for year in (self.first_year, self.last_year) if year]
        return "–".join(dict.fromkeys(years))


class ProgrammePartQuerySet(TrackedQuerySet):
    """Choose what hangs on programmes."""


class ProgrammeTarget(Tracked):
    """What a programme wants of one indicator, or in its own words, in one year."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="targets", verbose_name="Chương trình")
    indicator = models.CharField("Chỉ số", max_length=80, blank=True)
    text = models.CharField("Chỉ tiêu", max_length=400)
    unit = models.CharField("Đơn vị", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("Năm")
    value = models.DecimalField("Giá trị", max_digits=20, decimal_places=4, null=True, blank=True)
    owner = models.CharField("Đơn vị chịu trách nhiệm", max_length=300, blank=True)
    source = models.CharField("Nguồn, mục trong văn bản", max_length=300, blank=True)

    objects = ProgrammePartQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu của chương trình"
        verbose_name_plural = "chỉ tiêu của chương trình"
        ordering = ("year", "id")
        constraints = (
            models.UniqueConstraint(fields=("programme", "text", "year"), name="programme_target_is_said_once_a_year"),
        )

    def __str__(self) -> str:
        return f"{self.text} ({self.year})"


class ResultEntry(Tracked):
    """What came of a programme after its issue, perhaps of one target, with what proves it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="results", verbose_name="Chương trình")
    target = models.ForeignKey(
        ProgrammeTarget, models.PROTECT, null=True, blank=True, related_name="results", verbose_name="Chỉ tiêu"
    )
    reported_on = models.DateField("Ngày báo cáo")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Người báo cáo"
    )
    text = models.TextField("Kết quả")
    value = models.DecimalField("Giá trị đạt được", max_digits=20, decimal_places=4, null=True, blank=True)
    evidence_refs = models.JSONField("Minh chứng", default=list, blank=True)

    objects = ProgrammePartQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả thực hiện"
        verbose_name_plural = "kết quả thực hiện"
        ordering = ("reported_on", "id")

    def __str__(self) -> str:
        return self.text


class WorkPlanItem(Record):
    """One thing the department plans to do in a quarter or a year; `division` leads."""

    REGISTER: ClassVar[str] = "work-plan-item"
    CODE_PREFIX: ClassVar[str] = "KHCT"

    year = models.PositiveSmallIntegerField("Năm")
    quarter = models.PositiveSmallIntegerField(
        "Quý", null=True, blank=True, choices=((1, "Quý I"), (2, "Quý II"), (3, "Quý III"), (4, "Quý IV"))
    )
    product = models.TextField("Sản phẩm", blank=True)
    due_on = models.DateField("Hạn", null=True, blank=True)
    done_on = models.DateField("Xong ngày", null=True, blank=True, editable=False)
    origin_register = models.CharField("Sổ của nơi giao", max_length=60, blank=True, editable=False)
    origin_id = models.BigIntegerField("Hồ sơ nơi giao", null=True, blank=True, editable=False)
    origin_text = models.TextField("Từ kết luận, chương trình", blank=True)

    class Meta:
        verbose_name = "việc trong kế hoạch công tác"
        verbose_name_plural = "kế hoạch công tác"
        indexes = (models.Index(fields=("due_on", "id"), name="work_plan_item_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="work_plan_item_code_is_unique"),
            models.CheckConstraint(
                condition=Q(origin_register="", origin_id=None) | (~Q(origin_register="") & Q(origin_id__isnull=False)),
                name="work_plan_item_origin_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(quarter=None) | Q(quarter__gte=1, quarter__lte=4), name="work_plan_item_quarter_exists"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False), name="done_work_plan_item_has_its_day"
            ),
        )

    @property
    def origin(self) -> RecordRef | None:
        """Return the record that the item comes from, if it is in a register."""
        return RecordRef(self.origin_register, self.origin_id) if self.origin_id is not None else None

    @property
    def period_text(self) -> str:
        """Return the planned period as people write it."""
        return f"{self.get_quarter_display()} năm {self.year}" if self.quarter else f"Năm {self.year}"
