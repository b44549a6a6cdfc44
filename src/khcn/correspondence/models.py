"""Official papers that came in or go out, and whom they are addressed to."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from khcn.correspondence.states import SHOWN_TO_ADDRESSEES, Direction, NumberGivenBy, PaperState, Urgency
from khcn.kernel.access.roles import Role
from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.shipped import DOCUMENT_KIND
from khcn.kernel.records.record import Record, RecordQuerySet
from khcn.kernel.records.tracked import Tracked, TrackedQuerySet
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person, organisation_ids_of


class AddresseeQuerySet(TrackedQuerySet):
    """Choose addressees."""

    def among(self, organisation_ids: list[int]) -> Self:
        """Keep those that are one of the organisations."""
        return self.filter(organisation_id__in=organisation_ids)


class PaperQuerySet(RecordQuerySet):
    """Choose papers."""

    def incoming(self) -> Self:
        """Keep the papers that came in."""
        return self.filter(direction=Direction.INCOMING)

    def outgoing(self) -> Self:
        """Keep the papers that go out."""
        return self.filter(direction=Direction.OUTGOING)

    def addressed_to(self, organisation_ids: list[int]) -> Self:
        """Keep the papers that went out to one of the organisations."""
        mine = PaperAddressee.objects.among(organisation_ids).filter(paper=OuterRef("pk"))
        return self.outgoing().filter(Exists(mine), state__in=SHOWN_TO_ADDRESSEES)

    def visible_to(self, user: Any) -> Self:
        """Keep the papers the user may know of; an agency also knows those that were sent to it."""
        found = super().visible_to(user)
        if user is not None and user.is_authenticated and user.holds(Role.ASSIGNED_AGENCY):
            return found | self.addressed_to(organisation_ids_of(user))
        return found

    def received_within(self, first: date, last: date) -> Self:
        """Keep the papers that arrived on these days, both counted."""
        return self.incoming().filter(received_on__gte=first, received_on__lte=last)


class Paper(Record):
    """One official paper; its number and date are typed as its issuer gave them, never made here."""

    REGISTER: ClassVar[str] = "paper"
    CODE_PREFIX: ClassVar[str] = "VBDD"

    direction = models.CharField(_("Chiều"), max_length=8, choices=Direction)
    number = models.CharField(_("Số, ký hiệu"), max_length=80, blank=True)
    serial = models.PositiveIntegerField(_("Số"), null=True, blank=True, editable=False)
    series = models.CharField(_("Dãy số"), max_length=100, blank=True, editable=False)
    year = models.PositiveSmallIntegerField(_("Năm của dãy số"), null=True, blank=True, editable=False)
    number_given_by = models.CharField(_("Số do"), max_length=16, choices=NumberGivenBy, blank=True)
    issued_on = models.DateField(_("Ngày văn bản"), null=True, blank=True)
    received_on = models.DateField(_("Ngày đến"), null=True, blank=True)
    registered_on = models.DateField(_("Ngày vào sổ"), null=True, blank=True)
    sent_on = models.DateField(_("Ngày phát hành"), null=True, blank=True)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name=_("Cơ quan ban hành")
    )
    kind = models.ForeignKey(
        Classification,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Loại văn bản"),
        limit_choices_to={"scheme": DOCUMENT_KIND},
    )
    urgency = models.CharField(_("Độ khẩn"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    signer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="signed_papers", verbose_name=_("Người ký")
    )
    signer_role = models.CharField(_("Quyền hạn, chức vụ người ký"), max_length=300, blank=True)
    pages = models.PositiveSmallIntegerField(_("Số trang"), null=True, blank=True)
    is_normative = models.BooleanField(_("Văn bản quy phạm pháp luật"), default=False)
    reply_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("Trả lời văn bản")
    )
    instruction = models.TextField(_("Nội dung bút phê"), blank=True)
    instructed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người bút phê"),
    )
    instructed_on = models.DateField(_("Ngày bút phê"), null=True, blank=True)
    due_on = models.DateField(_("Hạn xử lý"), null=True, blank=True)
    handled_on = models.DateField(_("Ngày xử lý xong"), null=True, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        indexes = (
            models.Index(fields=("issued_on", "id"), name="paper_by_day"),
            models.Index(fields=("direction", "state"), name="paper_direction_state"),
            models.Index(fields=("number",), name="paper_number"),
        )
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="paper_code_is_unique"),
            models.UniqueConstraint(
                fields=("office", "issuer", "year", "series", "serial"),
                condition=Q(issuer__isnull=False, serial__isnull=False),
                name="paper_number_is_unique_of_issuer",
            ),
            models.UniqueConstraint(
                fields=("office", "year", "series", "serial"),
                condition=Q(issuer=None, serial__isnull=False, direction=Direction.OUTGOING),
                name="paper_own_number_is_unique",
            ),
            models.UniqueConstraint(
                fields=("office", "issuer", "issued_on", "number"),
                condition=Q(issuer__isnull=False, serial=None) & ~Q(number=""),
                name="paper_unread_number_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(instructed_by=None, instructed_on=None)
                | Q(instructed_by__isnull=False, instructed_on__isnull=False),
                name="paper_instruction_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(issued_on=None) | Q(received_on__gte=F("issued_on")),
                name="paper_arrives_after_its_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(PaperState.SIGNED, PaperState.SENT))
                | ~Q(number="") & Q(issued_on__isnull=False),
                name="paper_signed_has_number_and_date",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number or self.code} · {self.title}"

    @property
    def is_incoming(self) -> bool:
        """Tell whether the paper came in."""
        return self.direction == Direction.INCOMING

    @property
    def issuer_text(self) -> str:
        """Return who issued the paper; one without an issuer is the office's own."""
        return (self.issuer.listed_name if self.issuer else "") or str(self.office)

    @property
    def kind_text(self) -> str:
        """Return the kind of the paper in words."""
        return str(self.kind) if self.kind_id else ""

    @property
    def addressees_text(self) -> str:
        """Return whom the paper is addressed to, as one text."""
        return "; ".join(filter(None, (str(one) for one in self.addressees.all())))

    @property
    def signer_text(self) -> str:
        """Return who signed, with the capacity in which they did."""
        signer = self.signer.listed_name if self.signer else ""
        return " · ".join(part for part in (self.signer_role, signer) if part)


class PaperAddressee(Tracked):
    """One addressee of a paper: an organisation of the register, or words («như trên», «các sở, ngành»)."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="addressees", verbose_name=_("Văn bản"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="papers_received", verbose_name=_("Tổ chức")
    )
    name = models.CharField(_("Nơi nhận"), max_length=300, blank=True)

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        verbose_name = _("nơi nhận")
        verbose_name_plural = _("nơi nhận")
        constraints = (
            models.UniqueConstraint(
                fields=("paper", "organisation"),
                condition=Q(organisation__isnull=False),
                name="paper_addressee_is_named_once",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(name=""), name="paper_addressee_is_somebody"
            ),
        )

    def __str__(self) -> str:
        return self.organisation.listed_name if self.organisation else self.name
