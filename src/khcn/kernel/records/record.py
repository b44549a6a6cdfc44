"""The base of every register row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from khcn.kernel.access.reader import SYSTEM, current_reader
from khcn.kernel.access.roles import DIVISION_READERS, STAFF_ROLES, Confidentiality, Role
from khcn.kernel.classifications.models import Classification
from khcn.kernel.identity.models import Division, Office
from khcn.kernel.places.models import Place
from khcn.kernel.records.clock import LATEST
from khcn.kernel.records.codes import keep_codes, take_codes
from khcn.kernel.records.recording import Recording
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.tracked import StateAssignedDirectly, Tracked, TrackedQuerySet
from khcn.kernel.text.folding import plain_line
from khcn.language.words import words as _


class Provenance(models.TextChoices):
    """Where a record comes from; shown wherever it is shown."""

    ENTERED = "entered", _("Nhập trong hệ thống")
    IMPORTED = "imported", _("Nhập từ dữ liệu cũ")
    PUBLISHED = "published", _("Theo nguồn công bố")
    ILLUSTRATIVE = "illustrative", _("Dữ liệu minh hoạ")


class RecordQuerySet(TrackedQuerySet):
    """The vocabulary that every register shares."""

    def of_office(self, office: Office | int) -> Self:
        """Keep the records of one office."""
        return self.filter(office=office)

    def standing(self) -> Self:
        """Keep the records that were not withdrawn."""
        return self.filter(withdrawn_on=None)

    def as_of(self, instant: datetime | None) -> Self:
        """Read the records as known at the instant; a user sees of the past only what they may still see today."""
        found = super().as_of(instant)
        if instant in {None, LATEST} or not hasattr(self.query, "seen_by"):
            return found
        today = self.model.objects.as_of(LATEST).visible_to(self.query.seen_by)
        return found.filter(pk__in=today.values("pk"))

    def visible_to(self, user: Any) -> Self:
        """Keep the records the user may know of; others are invisible, not merely forbidden."""
        rule = self.rule_for(user)
        found = self.filter(rule)
        if self.instant not in {None, LATEST}:
            found = found.filter(pk__in=self.model.objects.as_of(LATEST).filter(rule).values("pk"))
        found.query.seen_by = user  # type: ignore[attr-defined]  # read by as_of, should it come later
        return found

    def rule_for(self, user: Any) -> Q:
        """Return the condition under which the user may know of a record; a register may open more of its own."""
        return _visibility(user)


def _visibility(user: Any) -> Q:
    """Return the condition under which the user may know of a record; a role counts in the office that gave it."""
    public = Q(confidentiality=Confidentiality.PUBLIC)
    if user is None or not user.is_authenticated:
        return public
    not_confidential = ~Q(confidentiality=Confidentiality.CONFIDENTIAL)
    return (
        public
        | Q(office_id__in=_offices(user, {Role.DIRECTOR}))
        | Q(office_id__in=_offices(user, STAFF_ROLES)) & (not_confidential | Q(responsible_id=user.pk))
        | Q(office_id__in=_offices(user, DIVISION_READERS), division_id__in=user.division_ids)
        | Q(office_id__in=_offices(user, {Role.PROVINCIAL_LEADER})) & not_confidential
    )


def may_know_of(user: Any, record: Record) -> bool:
    """Tell without asking the database what `_visibility` asks of it; a register's own rule may open more or less."""
    if record.confidentiality == Confidentiality.PUBLIC:
        return True
    if user is None or not user.is_authenticated:
        return False
    held = {grant.role for grant in user.grants if grant.office_id == record.office_id}
    confidential = record.confidentiality == Confidentiality.CONFIDENTIAL
    return (
        Role.DIRECTOR in held
        or (bool(held & STAFF_ROLES) and (not confidential or record.responsible_id == user.pk))
        or (bool(held & DIVISION_READERS) and record.division_id in user.division_ids)
        or (Role.PROVINCIAL_LEADER in held and not confidential)
    )


def _offices(user: Any, roles: Collection[str]) -> list[int]:
    return sorted({grant.office_id for grant in user.grants if grant.role in roles})


class Record(Tracked):
    """A row of a register: owned by an office, coded, in a state of its workflow, with history."""

    REGISTER: ClassVar[str] = ""
    CODE_PREFIX: ClassVar[str] = ""
    code_is_kept = False  # the bulk writer settles the codes of all its rows at once

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Cơ quan quản lý"))
    code = models.CharField(_("Mã hồ sơ"), max_length=40, editable=False)
    title = models.TextField(_("Tên, trích yếu"))
    state = models.CharField(_("Trạng thái"), max_length=40)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Phòng phụ trách")
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người phụ trách"),
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Địa bàn"))
    field = models.ForeignKey(
        Classification, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Lĩnh vực")
    )
    confidentiality = models.CharField(
        _("Phạm vi"), max_length=14, choices=Confidentiality, default=Confidentiality.INTERNAL
    )
    provenance = models.CharField(_("Nguồn gốc"), max_length=14, choices=Provenance, default=Provenance.ENTERED)
    source_note = models.TextField(_("Nguồn, căn cứ nhập"), blank=True)
    withdrawn_on = models.DateField(_("Thu hồi ngày"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("Lý do thu hồi"), blank=True, editable=False)

    objects: Any = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.code} · {self.title}" if self.code else self.title

    @property
    def is_kept_back(self) -> bool:
        """Tell whether pages about other records must not name this one to their reader: it is confidential to them."""
        reader = current_reader()
        confidential = self.confidentiality == Confidentiality.CONFIDENTIAL
        return confidential and reader is not SYSTEM and not may_know_of(reader, self)

    @property
    def kept_name(self) -> str:
        """Return how texts that are kept, and that others read later, name it: a confidential one by its code."""
        return self.code if self.confidentiality == Confidentiality.CONFIDENTIAL else self.title

    @property
    def listed_name(self) -> str:
        """Return how pages about other records name it: not at all to readers who may not know of it."""
        return "" if self.is_kept_back else self.kept_name

    @property
    def ref(self) -> RecordRef:
        """Return the typed reference to this record."""
        return RecordRef(self.REGISTER, self.pk)

    @property
    def is_illustrative(self) -> bool:
        """Tell whether the record was invented for demonstration."""
        return self.provenance == Provenance.ILLUSTRATIVE

    def code_year(self, change: Recording) -> int:
        """Return the year of the record's code: that of the business date of the change."""
        return (change.on or timezone.localdate(change.recorded_from)).year

    def before_save(self, change: Recording) -> None:
        """Give a new record its code and make its title one line; refuse a state that no transition set.

        Raises: StateAssignedDirectly.
        """
        self.title = plain_line(self.title)
        if self._state.adding:
            if not self.code:
                (self.code,) = take_codes(office=self.office, prefix=self.CODE_PREFIX, year=self.code_year(change))
            elif not self.code_is_kept:
                keep_codes(office=self.office, prefix=self.CODE_PREFIX, codes=[self.code])
            return
        if change.transition or change.imported:
            return
        if self._state_before() != self.state:
            raise StateAssignedDirectly(
                _("«{value}»: trạng thái chỉ thay đổi qua một bước của quy trình.").format(value=self)
            )

    def _state_before(self) -> str | None:
        if self._read is not None and "state" in self._read:
            return str(self._read["state"])
        return type(self).objects.filter(pk=self.pk).values_list("state", flat=True).first()
