"""Results of tasks done without the State's money, which the province evaluates for whoever asks."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from khcn.kernel.indicators.periods import Period
from khcn.kernel.records.record import Provenance, Record, RecordQuerySet
from khcn.language.words import words as _
from khcn.parties.models import Organisation, Person
from khcn.research.states import HOLDS_CERTIFICATE


class OutsideResultQuerySet(RecordQuerySet):
    """Choose results by what became of them."""

    def evaluated_within(self, period: Period) -> Self:
        """Keep those on which a council concluded at a meeting in the period, certified or not."""
        return self.filter(evaluated_on__gte=period.first, evaluated_on__lte=period.last)


class OutsideResult(Record):
    """One result (kết quả nhiệm vụ không sử dụng ngân sách nhà nước) brought before the province for its certificate.

    Whoever asks is an organisation or a person of the registers, or named in words where old files do no better.
    `complete_on`: the day on which the dossier was valid, from which the time to answer runs. `council_number`,
    `evaluated_on`: decision and meeting of the council that concluded, taken over from it. `registration_number`: of
    the national register, as tasks have it.
    """

    REGISTER: ClassVar[str] = "outside-result"
    CODE_PREFIX: ClassVar[str] = "KQNNS"

    applicant = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Tổ chức đề nghị")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Cá nhân đề nghị")
    )
    applicant_text = models.CharField(_("Bên đề nghị chưa có trong sổ"), max_length=300, blank=True)
    content = models.TextField(_("Nội dung, kết quả đạt được"), blank=True)
    funding_text = models.CharField(_("Nguồn kinh phí"), max_length=300, blank=True)
    cost_vnd = models.BigIntegerField(_("Kinh phí tự bỏ ra (đồng)"), null=True, blank=True)
    received_on = models.DateField(_("Nhận ngày"))
    supplement_text = models.TextField(_("Nội dung yêu cầu bổ sung"), blank=True)
    supplemented_on = models.DateField(_("Bổ sung ngày"), null=True, blank=True)
    complete_on = models.DateField(_("Hồ sơ hợp lệ ngày"), null=True, blank=True)
    council_number = models.CharField(_("Số quyết định thành lập hội đồng"), max_length=60, blank=True)
    evaluated_on = models.DateField(_("Hội đồng đánh giá ngày"), null=True, blank=True)
    certificate_number = models.CharField(_("Số giấy chứng nhận"), max_length=60, blank=True)
    certified_on = models.DateField(_("Cấp giấy chứng nhận ngày"), null=True, blank=True)
    refused_on = models.DateField(_("Thông báo không cấp ngày"), null=True, blank=True)
    refusal_reason = models.TextField(_("Lý do không cấp"), blank=True)
    registration_number = models.CharField(_("Số đăng ký kết quả"), max_length=60, blank=True)
    registered_on = models.DateField(_("Đăng ký kết quả ngày"), null=True, blank=True)

    due_on: date | None = None
    lateness: str = ""
    """What lists show beside the row: until when to answer, and whether the answer came later."""

    objects: ClassVar[Any] = OutsideResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết quả nhiệm vụ không sử dụng ngân sách nhà nước")
        verbose_name_plural = _("kết quả nhiệm vụ không sử dụng ngân sách nhà nước")
        indexes = (
            models.Index(fields=("received_on", "id"), name="outside_result_by_day"),
            models.Index(fields=("evaluated_on", "id"), name="outside_result_by_meeting"),
        )
        constraints = (
            models.UniqueConstraint(fields=("code", "office"), name="outside_result_code_is_unique"),
            models.UniqueConstraint(
                fields=("office", "certificate_number"),
                condition=~Q(certificate_number="") & Q(withdrawn_on=None),
                name="outside_certificate_is_unique",
            ),
            models.UniqueConstraint(
                fields=("office", "registration_number"),
                condition=~Q(registration_number="") & Q(withdrawn_on=None),
                name="outside_registration_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(cost_vnd=None) | Q(cost_vnd__gte=0), name="cost_of_an_outside_result_is_money"
            ),
            models.CheckConstraint(
                condition=Q(complete_on=None) | Q(complete_on__gte=F("received_on")),
                name="outside_result_is_complete_after_it_came",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HOLDS_CERTIFICATE)
                | (~Q(certificate_number="") & Q(certified_on__isnull=False))
                | ~Q(provenance=Provenance.ENTERED),
                name="certified_outside_result_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=Q(registered_on=None) | ~Q(registration_number=""),
                name="registration_of_an_outside_result_has_its_number",
            ),
        )

    @property
    def applicant_name(self) -> str:
        """Return who asks, as lists show it."""
        known = [one.listed_name for one in (self.applicant, self.person) if one is not None]
        return ", ".join(name for name in known if name) or self.applicant_text
