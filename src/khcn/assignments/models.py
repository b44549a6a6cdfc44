"""Work given to an agency or a unit, with all that happened to it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from khcn.assignments.states import (
    DATED,
    OPEN_STATES,
    AssignmentState,
    DeadlinePrecision,
    ExtensionOutcome,
    IssuerLevel,
    Priority,
)
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Division
from khcn.kernel.indicators.periods import Period
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.records.clock import LATEST
from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.language.words import words as _
from khcn.parties.models import Organisation, organisation_ids_of


def is_outside_agency(user: Any) -> bool:
    """Tell whether the user works for an assigned agency and not inside the office."""
    known = user is not None and user.is_authenticated
    return bool(known and user.holds(Role.ASSIGNED_AGENCY) and not user.is_office_staff)


class AssignmentQuerySet(RecordQuerySet):
    """Choose assignments."""

    def visible_to(self, user: Any) -> Self:
        """Keep what the user may know of; an agency's user sees what it leads or coordinates, nothing else."""
        if not is_outside_agency(user):
            return super().visible_to(user)
        ids = organisation_ids_of(user)
        found = self.of_organisations(ids)
        if self.instant not in {None, LATEST}:
            today = self.model.objects.as_of(LATEST).of_organisations(ids)
            found = found.filter(pk__in=today.values("pk"))
        found.query.seen_by = user  # type: ignore[attr-defined]  # read by as_of, should it come later
        return found

    def of_organisations(self, ids: list[int]) -> Self:
        """Keep the assignments that one of the organisations leads or coordinates."""
        helping = Coordinator.objects.filter(assignment=OuterRef("pk"), organisation_id__in=ids)
        return self.filter(Q(lead_organisation_id__in=ids) | Exists(helping))

    def led_by(self, lead: str) -> Self:
        """Keep what one lead does; `lead`: an organisation's number, or a division's with a `p` before it."""
        if lead.startswith("p"):
            return self.filter(lead_division_id=int(lead[1:]))
        return self.filter(lead_organisation_id=int(lead))

    def of_origin(self, ref: RecordRef) -> Self:
        """Keep the assignments given by one record."""
        return self.filter(origin_register=ref.register, origin_id=ref.id)

    def followed(self) -> Self:
        """Keep what was not taken out of the register; work that need not be done any more stays to be seen."""
        return self.filter(Q(withdrawn_on=None) | Q(state=AssignmentState.CANCELLED))

    def open(self) -> Self:
        """Keep those on which the lead must act."""
        return self.filter(state__in=OPEN_STATES)

    def overdue(self, today: date) -> Self:
        """Keep the open ones whose deadline in force has passed."""
        return self.open().filter(due_on__lt=today)

    def given_within(self, period: Period) -> Self:
        """Keep those given in the period."""
        return self.filter(assigned_on__gte=period.first, assigned_on__lte=period.last)

    def completed_within(self, period: Period) -> Self:
        """Keep the closed ones whose accepted result dates from the period."""
        return self.filter(state=AssignmentState.CLOSED, completed_on__gte=period.first, completed_on__lte=period.last)

    def on_time(self) -> Self:
        """Keep those completed by the deadline in force that day; without a deadline nothing is late."""
        return self.filter(Q(due_on=None) | Q(completed_on__lte=F("due_on")))

    def overdue_at_the_end_of(self, period: Period) -> Self:
        """Keep those whose deadline had passed unmet on the last day of the period."""
        last = period.last
        return self.filter(
            Q(completed_on=None) | Q(completed_on__gt=last),
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=last),
            Q(suspended_on=None) | Q(suspended_on__gt=last),
            assigned_on__lte=last,
            due_on__lt=last,
        )


class Assignment(Record):
    """One piece of work given to one lead; `division` and `responsible` follow it inside the department."""

    REGISTER: ClassVar[str] = "assignment"
    CODE_PREFIX: ClassVar[str] = "NV"

    origin_register = models.CharField(_("Sổ của nơi giao"), max_length=60, blank=True, editable=False)
    origin_id = models.BigIntegerField(_("Hồ sơ nơi giao"), null=True, blank=True, editable=False)
    origin_text = models.TextField(_("Câu giao việc"), blank=True)
    issuer_level = models.CharField(
        _("Cấp giao"), max_length=20, choices=IssuerLevel, default=IssuerLevel.PEOPLES_COMMITTEE
    )
    given_by = models.CharField(_("Người, cơ quan giao"), max_length=300, blank=True)
    giver = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Cơ quan giao")
    )
    assigned_on = models.DateField(_("Ngày giao"))
    lead_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_assignments",
        verbose_name=_("Cơ quan chủ trì"),
    )
    lead_division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Phòng, đơn vị chủ trì")
    )
    product = models.TextField(_("Sản phẩm phải có"), blank=True)
    priority = models.CharField(_("Mức ưu tiên"), max_length=10, choices=Priority, default=Priority.NORMAL)
    advise_only = models.BooleanField(_("Sở chỉ tham mưu, Ủy ban nhân dân tỉnh giao"), default=False)

    deadline_text = models.CharField(_("Thời hạn, như đã nói"), max_length=200, blank=True)
    due_on = models.DateField(_("Hạn"), null=True, blank=True)
    precision = models.CharField(
        _("Độ rõ của hạn"), max_length=12, choices=DeadlinePrecision, default=DeadlinePrecision.NONE
    )
    original_due_on = models.DateField(_("Hạn ban đầu"), null=True, blank=True, editable=False)
    closing_rule = models.TextField(_("Khi nào việc thường xuyên được coi là xong"), blank=True)
    review_on = models.DateField(_("Rà soát việc thường xuyên ngày"), null=True, blank=True)

    acknowledged_on = models.DateField(_("Nhận việc ngày"), null=True, blank=True, editable=False)
    completed_on = models.DateField(_("Báo cáo hoàn thành ngày"), null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("Người báo cáo"),
    )
    closed_on = models.DateField(_("Xác nhận hoàn thành ngày"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("Người xác nhận"),
    )
    suspended_on = models.DateField(_("Tạm dừng từ ngày"), null=True, blank=True, editable=False)
    lateness_released_at = models.DateTimeField(
        _("Cho cấp trên xem việc chậm từ lúc"), null=True, blank=True, editable=False
    )
    lateness_released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("Người cho xem việc chậm"),
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhiệm vụ giao")
        verbose_name_plural = _("nhiệm vụ giao")
        indexes = (
            models.Index(fields=("assigned_on", "id"), name="assignment_by_day"),
            models.Index(fields=("state", "due_on"), name="assignment_due"),
            # What the figures of done and of overdue work are walked by.
            models.Index(fields=("completed_on", "id"), name="assignment_by_completion"),
            models.Index(fields=("due_on", "id"), name="assignment_by_deadline"),
            models.Index(fields=("origin_register", "origin_id"), name="assignment_origin"),
        )
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="assignment_code_is_unique"),
            models.CheckConstraint(
                condition=Q(lead_organisation__isnull=False, lead_division=None)
                | Q(lead_organisation=None, lead_division__isnull=False),
                name="assignment_has_exactly_one_lead",
            ),
            models.CheckConstraint(
                condition=Q(origin_register="", origin_id=None) | (~Q(origin_register="") & Q(origin_id__isnull=False)),
                name="assignment_origin_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=DATED, due_on__isnull=False) | (~Q(precision__in=DATED) & Q(due_on=None)),
                name="assignment_precision_fits_its_deadline",
            ),
            models.CheckConstraint(
                condition=Q(completed_on=None) | Q(completed_on__gte=F("assigned_on")),
                name="assignment_is_done_after_it_was_given",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.CLOSED) | Q(completed_on__isnull=False, closed_on__isnull=False),
                name="closed_assignment_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | Q(closed_on__isnull=False), name="assignment_closer_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(lateness_released_at=None, lateness_released_by=None)
                | Q(lateness_released_at__isnull=False, lateness_released_by__isnull=False),
                name="assignment_release_has_person_and_time",
            ),
        )

    @property
    def lead(self) -> Organisation | Division | None:
        """Return who leads: an outside organisation or a division of ours."""
        return self.lead_organisation or self.lead_division

    @property
    def lead_text(self) -> str:
        """Return the lead's name; of a confidential organisation what `listed_name` gives."""
        return (self.lead_organisation.listed_name if self.lead_organisation else "") or str(self.lead_division or "")

    @property
    def coordinators_text(self) -> str:
        """Return the coordinators' names as one text."""
        return "; ".join(filter(None, (str(helper) for helper in self.coordinators.all())))

    @property
    def origin(self) -> RecordRef | None:
        """Return the record that gave the work, if it is in a register."""
        return RecordRef(self.origin_register, self.origin_id) if self.origin_id is not None else None

    @property
    def is_open(self) -> bool:
        """Tell whether the lead must act."""
        return self.state in OPEN_STATES

    @property
    def is_done_late(self) -> bool:
        """Tell whether the result came after the deadline in force on the day it was reported."""
        return bool(self.completed_on and self.due_on and self.completed_on > self.due_on)

    @property
    def is_past_its_original_deadline(self) -> bool:
        """Tell whether the result came after the deadline first given; shown beside the judgement, never instead."""
        return bool(self.completed_on and self.original_due_on and self.completed_on > self.original_due_on)

    @property
    def was_extended(self) -> bool:
        """Tell whether the deadline in force is not the one first given."""
        return self.due_on != self.original_due_on

    def is_overdue(self, today: date) -> bool:
        """Tell whether the lead still owes the result after the deadline in force."""
        return self.is_open and self.due_on is not None and self.due_on < today


class PartQuerySet(TrackedQuerySet):
    """Choose what hangs on assignments."""


class Coordinator(Tracked):
    """One agency or division that helps the lead."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="coordinators", verbose_name=_("Nhiệm vụ giao")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Cơ quan phối hợp")
    )
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Phòng, đơn vị phối hợp")
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị phối hợp")
        verbose_name_plural = _("đơn vị phối hợp")
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, division=None) | Q(organisation=None, division__isnull=False),
                name="coordinator_is_one_party",
            ),
            models.UniqueConstraint(
                "assignment",
                Coalesce("organisation", 0),
                Coalesce("division", 0),
                name="coordinator_is_named_once",
            ),
        )

    def __str__(self) -> str:
        return self.organisation.listed_name if self.organisation else str(self.division)


class ProgressEntry(Tracked):
    """What the lead said of the work on a day, with what proves it."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="progress", verbose_name=_("Nhiệm vụ giao"))
    reported_on = models.DateField(_("Ngày báo cáo"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người báo cáo")
    )
    percent = models.PositiveSmallIntegerField(_("Tỷ lệ hoàn thành (%)"), null=True, blank=True)
    text = models.TextField(_("Nội dung"))
    evidence_refs = models.JSONField(_("Minh chứng"), default=list, blank=True)
    says_done = models.BooleanField(_("Báo cáo hoàn thành"), default=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo tiến độ")
        verbose_name_plural = _("báo cáo tiến độ")
        ordering = ("reported_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=0, percent__lte=100), name="progress_percent_is_a_share"
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def evidence(self) -> list[RecordRef]:
        """Return the references to what proves the entry."""
        return [RecordRef.parse(text) for text in self.evidence_refs]


class Extension(Tracked):
    """A request for more time and what was decided; the deadline it asked to move is kept."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="extensions", verbose_name=_("Nhiệm vụ giao")
    )
    requested_on = models.DateField(_("Ngày xin gia hạn"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người xin gia hạn")
    )
    reason = models.TextField(_("Lý do"))
    previous_due_on = models.DateField(_("Hạn khi xin"), null=True, blank=True)
    requested_due_on = models.DateField(_("Hạn xin đến"))
    outcome = models.CharField(
        _("Quyết định"), max_length=10, choices=ExtensionOutcome, default=ExtensionOutcome.PENDING
    )
    granted_due_on = models.DateField(_("Hạn được gia"), null=True, blank=True)
    decided_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người quyết định"),
    )
    decision_note = models.TextField(_("Ý kiến quyết định"), blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("gia hạn")
        verbose_name_plural = _("gia hạn")
        ordering = ("requested_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome=ExtensionOutcome.PENDING, decided_on=None, decided_by=None)
                | (~Q(outcome=ExtensionOutcome.PENDING) & Q(decided_on__isnull=False, decided_by__isnull=False)),
                name="extension_decision_has_person_and_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome=ExtensionOutcome.GRANTED, granted_due_on__isnull=False)
                | (~Q(outcome=ExtensionOutcome.GRANTED) & Q(granted_due_on=None)),
                name="granted_extension_has_its_deadline",
            ),
            models.UniqueConstraint(
                fields=("assignment",), condition=Q(outcome=ExtensionOutcome.PENDING), name="extension_waits_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.reason}"


class Urging(Tracked):
    """One reminder (đôn đốc): to whom it went, and the deadline it spoke of."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="urgings", verbose_name=_("Nhiệm vụ giao"))
    urged_on = models.DateField(_("Ngày đôn đốc"))
    urged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người đôn đốc"),
    )
    level = models.CharField(_("Mức đôn đốc"), max_length=12, choices=UrgingLevel)
    due_on = models.DateField(_("Hạn được nhắc"), null=True, blank=True)
    text = models.TextField(_("Nội dung"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("đôn đốc")
        verbose_name_plural = _("đôn đốc")
        ordering = ("urged_on", "id")

    def __str__(self) -> str:
        return self.text
