"""Legal documents, programmes with their targets and results, and the department's own work plan."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khcn.assignments.models import is_outside_agency
from khcn.kernel.indicators.periods import Period
from khcn.kernel.records.clock import LATEST
from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.language.words import words as _
from khcn.parties.models import Organisation, organisation_ids_of
from khcn.policies.states import (
    COUNTED_KINDS,
    EVER_ISSUED,
    PROGRAMMES_EVER_ISSUED,
    Comparator,
    LegalDocumentKind,
    LegalDocumentState,
    ProgrammeKind,
    ReportingPeriod,
    TargetDirection,
    TargetReportState,
)
from khcn.ui import formats


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

    kind = models.CharField(_("Loại văn bản"), max_length=24, choices=LegalDocumentKind)
    advised_by_department = models.BooleanField(_("Sở tham mưu"), default=True)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Cơ quan ban hành")
    )
    number = models.CharField(_("Số, ký hiệu"), max_length=60, blank=True)
    consulted_from = models.DateField(_("Lấy ý kiến từ ngày"), null=True, blank=True)
    appraised_on = models.DateField(_("Tư pháp thẩm định ngày"), null=True, blank=True)
    appraisal_number = models.CharField(_("Số báo cáo thẩm định"), max_length=60, blank=True)
    submitted_on = models.DateField(_("Trình ngày"), null=True, blank=True)
    issued_on = models.DateField(_("Ngày ban hành"), null=True, blank=True)
    effective_on = models.DateField(_("Ngày có hiệu lực"), null=True, blank=True)
    expired_on = models.DateField(_("Hết hiệu lực từ ngày"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("Thay thế bởi")
    )

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản quy phạm pháp luật")
        verbose_name_plural = _("văn bản quy phạm pháp luật")
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

    kind = models.CharField(_("Loại"), max_length=20, choices=ProgrammeKind)
    advised_by_department = models.BooleanField(_("Sở tham mưu"), default=True)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Cơ quan ban hành")
    )
    number = models.CharField(_("Số, ký hiệu"), max_length=60, blank=True)
    submitted_on = models.DateField(_("Trình ngày"), null=True, blank=True)
    issued_on = models.DateField(_("Ngày ban hành"), null=True, blank=True)
    effective_on = models.DateField(_("Ngày có hiệu lực"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("Từ năm"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("Đến năm"), null=True, blank=True)
    concluded_on = models.DateField(_("Tổng kết ngày"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Cụ thể hóa")
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("chương trình, kế hoạch, đề án")
        verbose_name_plural = _("chương trình, kế hoạch, đề án")
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


class TargetQuerySet(RecordQuerySet):
    """Choose targets of programmes."""

    def visible_to(self, user: Any) -> Self:
        """Keep what the user may know of, its programme included; an agency's user sees what its agency answers for."""
        if is_outside_agency(user):
            found: Self = _seen(self, user, Q(owner_organisation_id__in=organisation_ids_of(user)))
            return found
        programmes = Programme.objects.as_of(LATEST).visible_to(user)
        return super().visible_to(user).filter(programme_id__in=programmes.values("pk"))


class ProgrammeTarget(Record):
    """One thing a programme wants: its wording is the title, what is wanted each year hangs on it.

    `indicator`: where it names a counted or summed one, the value comes from the registers; else it is reported.
    """

    REGISTER: ClassVar[str] = "programme-target"
    CODE_PREFIX: ClassVar[str] = "CTIEU"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="targets", verbose_name=_("Chương trình"))
    mark = models.CharField(_("Ký hiệu trong văn bản"), max_length=40, blank=True)
    indicator = models.CharField(_("Chỉ số"), max_length=80, blank=True)
    unit = models.CharField(_("Đơn vị"), max_length=60, blank=True)
    direction = models.CharField(
        _("Chiều so sánh"), max_length=10, choices=TargetDirection, default=TargetDirection.AT_LEAST
    )
    baseline = models.DecimalField(_("Giá trị gốc"), max_digits=20, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("Năm gốc"), null=True, blank=True)
    owner_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Cơ quan chịu trách nhiệm"),
    )
    owner = models.CharField(_("Đơn vị chịu trách nhiệm, theo văn bản"), max_length=300, blank=True)
    source = models.CharField(_("Nguồn, mục trong văn bản"), max_length=300, blank=True)
    method = models.TextField(_("Cách tính"), blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("chỉ tiêu của chương trình")
        verbose_name_plural = _("chỉ tiêu của chương trình")
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="programme_target_code_is_unique"),
            models.CheckConstraint(
                condition=Q(baseline=None, baseline_year=None) | Q(baseline__isnull=False, baseline_year__isnull=False),
                name="programme_target_baseline_has_its_year",
            ),
        )

    @property
    def owner_text(self) -> str:
        """Return who answers for the target."""
        return (self.owner_organisation.listed_name if self.owner_organisation else "") or self.owner

    @property
    def years_text(self) -> str:
        """Return what is wanted in each year as a sheet writes it."""
        return "; ".join(
            str(one.year) if one.value is None else f"{one.year}: {formats.number(one.value.normalize())}"
            for one in self.years.all()
        )


class TargetYear(Tracked):
    """What a target wants by the end of one year; `value` is empty where the document gives no number."""

    target = models.ForeignKey(ProgrammeTarget, models.PROTECT, related_name="years", verbose_name=_("Chỉ tiêu"))
    year = models.PositiveSmallIntegerField(_("Năm"))
    value = models.DecimalField(_("Giá trị"), max_digits=20, decimal_places=4, null=True, blank=True)

    objects = ProgrammePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("chỉ tiêu năm")
        verbose_name_plural = _("chỉ tiêu năm")
        ordering = ("year", "id")
        constraints = (models.UniqueConstraint(fields=("target", "year"), name="target_is_set_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.target.title} ({self.year})"


class TargetReportQuerySet(RecordQuerySet):
    """Choose reported values."""

    def visible_to(self, user: Any) -> Self:
        """Keep the values of targets that the user may know of."""
        if is_outside_agency(user):
            found: Self = _seen(self, user, Q(target__owner_organisation_id__in=organisation_ids_of(user)))
            return found
        targets = ProgrammeTarget.objects.as_of(LATEST).visible_to(user)
        return super().visible_to(user).filter(target_id__in=targets.values("pk"))

    def accepted(self) -> Self:
        """Keep the values that stand."""
        return self.filter(state=TargetReportState.ACCEPTED, withdrawn_on=None)


class TargetReport(Record):
    """One value of a target for one period, as an agency reported it; a correction is another report."""

    REGISTER: ClassVar[str] = "target-report"
    CODE_PREFIX: ClassVar[str] = "SLCT"

    target = models.ForeignKey(ProgrammeTarget, models.PROTECT, related_name="reports", verbose_name=_("Chỉ tiêu"))
    year = models.PositiveSmallIntegerField(_("Năm"))
    period = models.CharField(_("Kỳ"), max_length=20, choices=ReportingPeriod, default=ReportingPeriod.YEAR)
    measured_on = models.DateField(_("Số liệu đến ngày"))
    value = models.DecimalField(_("Giá trị"), max_digits=20, decimal_places=4)
    comparator = models.CharField(_("So sánh"), max_length=8, choices=Comparator, default=Comparator.EXACT)
    reported_on = models.DateField(_("Ngày báo cáo"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Người nhập")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Cơ quan báo cáo")
    )
    evidence = models.TextField(_("Minh chứng: văn bản, địa chỉ, giấy tờ"), blank=True)

    objects = TargetReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("số liệu chỉ tiêu")
        verbose_name_plural = _("số liệu chỉ tiêu")
        indexes = (models.Index(fields=("measured_on", "id"), name="target_report_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="target_report_code_is_unique"),
            models.UniqueConstraint(
                fields=("target", "year", "period"),
                condition=Q(state=TargetReportState.ACCEPTED, withdrawn_on=None),
                name="target_report_stands_once_a_period",
            ),
        )


def _seen(rows: Any, user: Any, rule: Q) -> Any:
    """Keep what an agency's user may know of, of the past only what they may still see today."""
    found = rows.filter(rule)
    if rows.instant not in {None, LATEST}:
        found = found.filter(pk__in=rows.model.objects.as_of(LATEST).filter(rule).values("pk"))
    found.query.seen_by = user
    return found


class ResultEntry(Tracked):
    """What came of a programme after its issue, perhaps of one target, with what proves it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="results", verbose_name=_("Chương trình"))
    target = models.ForeignKey(
        ProgrammeTarget, models.PROTECT, null=True, blank=True, related_name="results", verbose_name=_("Chỉ tiêu")
    )
    reported_on = models.DateField(_("Ngày báo cáo"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người báo cáo")
    )
    text = models.TextField(_("Kết quả"))
    value = models.DecimalField(_("Giá trị đạt được"), max_digits=20, decimal_places=4, null=True, blank=True)
    evidence_refs = models.JSONField(_("Minh chứng"), default=list, blank=True)

    objects = ProgrammePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả thực hiện")
        verbose_name_plural = _("kết quả thực hiện")
        ordering = ("reported_on", "id")

    def __str__(self) -> str:
        return self.text


class WorkPlanItem(Record):
    """One thing the department plans to do in a quarter or a year; `division` leads."""

    REGISTER: ClassVar[str] = "work-plan-item"
    CODE_PREFIX: ClassVar[str] = "KHCT"

    year = models.PositiveSmallIntegerField(_("Năm"))
    quarter = models.PositiveSmallIntegerField(
        _("Quý"),
        null=True,
        blank=True,
        choices=((1, _("Quý I")), (2, _("Quý II")), (3, _("Quý III")), (4, _("Quý IV"))),
    )
    product = models.TextField(_("Sản phẩm"), blank=True)
    due_on = models.DateField(_("Hạn"), null=True, blank=True)
    done_on = models.DateField(_("Xong ngày"), null=True, blank=True, editable=False)
    origin_register = models.CharField(_("Sổ của nơi giao"), max_length=60, blank=True, editable=False)
    origin_id = models.BigIntegerField(_("Hồ sơ nơi giao"), null=True, blank=True, editable=False)
    origin_text = models.TextField(_("Từ kết luận, chương trình"), blank=True)

    class Meta:
        verbose_name = _("việc trong kế hoạch công tác")
        verbose_name_plural = _("kế hoạch công tác")
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
        return (
            _("{value} năm {year}").format(value=self.get_quarter_display(), year=self.year)
            if self.quarter
            else _("Năm {year}").format(year=self.year)
        )
