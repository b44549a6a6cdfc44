"""Protection titles of the province's applicants, and registrations of its marks abroad."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from khcn.ip.states import ForeignState, TitleKind, TitleState
from khcn.kernel.indicators.periods import Period
from khcn.kernel.records.record import Provenance, Record, RecordQuerySet
from khcn.kernel.records.tracked import Tracked
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person


class ProtectionTitleQuerySet(RecordQuerySet):
    """Choose titles."""

    def granted_within(self, period: Period) -> Self:
        """Keep the titles granted in the period; a later lapse does not undo a grant."""
        return self.filter(
            granted_on__gte=period.first,
            granted_on__lte=period.last,
            state__in=(TitleState.GRANTED, TitleState.LAPSED),
        )

    def held_in_province(self) -> Self:
        """Keep the titles with at least one holder in the province; several holders count once."""
        return self.filter(Exists(TitleHolder.objects.filter(title=OuterRef("pk"), in_province=True)))


class ProtectionTitle(Record):
    """One title of industrial property, from its application on."""

    REGISTER: ClassVar[str] = "protection-title"
    CODE_PREFIX: ClassVar[str] = "VB"

    kind = models.CharField(_("Loại văn bằng"), max_length=24, choices=TitleKind)
    application_number = models.CharField(_("Số đơn"), max_length=40, blank=True)
    filed_on = models.DateField(_("Ngày nộp đơn"), null=True, blank=True)
    title_number = models.CharField(_("Số văn bằng"), max_length=40, blank=True)
    granted_on = models.DateField(_("Ngày cấp"), null=True, blank=True)
    expires_on = models.DateField(_("Hết hạn"), null=True, blank=True)
    goods = models.TextField(_("Sản phẩm, dịch vụ, lĩnh vực bảo hộ"), blank=True)

    objects = ProtectionTitleQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bằng bảo hộ")
        verbose_name_plural = _("văn bằng bảo hộ")
        indexes = (models.Index(fields=("granted_on", "id"), name="title_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="title_code_is_unique"),
            models.UniqueConstraint(
                fields=("office", "kind", "title_number"),
                condition=~Q(title_number=""),
                name="title_number_is_unique_in_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(granted_on=None) | Q(expires_on__gte=F("granted_on")),
                name="title_term_is_ordered",
            ),
            # A source that only says «protected» does not tell since when; such a title counts in no period.
            models.CheckConstraint(
                condition=~Q(state=TitleState.GRANTED)
                | Q(granted_on__isnull=False)
                | Q(provenance=Provenance.PUBLISHED),
                name="granted_title_has_its_date",
            ),
        )

    @property
    def holders_text(self) -> str:
        """Return the holders' names as one text."""
        return "; ".join(str(holder) for holder in self.holders.all())


class TitleHolder(Tracked):
    """One holder of a title: an organisation or a person."""

    title = models.ForeignKey(ProtectionTitle, models.PROTECT, related_name="holders", verbose_name=_("Văn bằng"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="titles", verbose_name=_("Tổ chức")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="titles", verbose_name=_("Cá nhân")
    )
    in_province = models.BooleanField(_("Trên địa bàn tỉnh"), default=True)

    class Meta:
        verbose_name = _("chủ văn bằng")
        verbose_name_plural = _("chủ văn bằng")
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person=None) | Q(organisation=None, person__isnull=False),
                name="title_holder_is_one_party",
            ),
        )

    def __str__(self) -> str:
        return str(self.organisation or self.person)


class ForeignRegistrationQuerySet(RecordQuerySet):
    """Choose registrations abroad."""

    def under_way_on(self, day: date) -> Self:
        """Keep those begun by the day and not decided by then; a decision without any known day counts as made.

        Where a source tells only when protection was announced, that day stands for the decision.
        """
        decided_on = Coalesce("registered_on", "refused_on", "announced_on")
        undecided = Q(state__in=(ForeignState.PREPARING, ForeignState.FILED))
        return self.alias(decided_on=decided_on).filter(undecided | Q(decided_on__gt=day), started_on__lte=day)


class ForeignRegistration(Record):
    """One mark or indication of the province in one country or territory abroad."""

    REGISTER: ClassVar[str] = "foreign-registration"
    CODE_PREFIX: ClassVar[str] = "NN"

    title_at_home = models.ForeignKey(
        ProtectionTitle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="abroad",
        verbose_name=_("Văn bằng trong nước"),
    )
    territory = models.CharField(_("Nước, vùng lãnh thổ"), max_length=120)
    route = models.CharField(
        _("Cách nộp"),
        max_length=10,
        blank=True,
        choices=(("direct", _("Nộp trực tiếp")), ("madrid", _("Qua hệ thống Madrid"))),
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Chủ sở hữu")
    )
    started_on = models.DateField(_("Bắt đầu"), null=True, blank=True)
    registered_on = models.DateField(_("Được bảo hộ ngày"), null=True, blank=True)
    refused_on = models.DateField(_("Bị từ chối ngày"), null=True, blank=True)
    announced_on = models.DateField(_("Công bố ngày"), null=True, blank=True)
    number = models.CharField(_("Số đăng ký"), max_length=60, blank=True)

    objects = ForeignRegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("đăng ký bảo hộ ở nước ngoài")
        verbose_name_plural = _("đăng ký bảo hộ ở nước ngoài")
        indexes = (models.Index(fields=("started_on", "id"), name="foreign_registration_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="foreign_registration_code_is_unique"),
            models.CheckConstraint(
                condition=Q(registered_on=None) | Q(started_on=None) | Q(registered_on__gte=F("started_on")),
                name="foreign_registration_is_ordered",
            ),
            models.CheckConstraint(
                condition=Q(refused_on=None) | Q(started_on=None) | Q(refused_on__gte=F("started_on")),
                name="foreign_refusal_is_ordered",
            ),
        )
