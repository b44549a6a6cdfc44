"""What came of a task: who uses its result, or why its failure was accepted as a risk."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from khcn.kernel.places.models import Place
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.research.models.tasks import ResearchTask, TaskPart, task_link
from khcn.research.states import Recovery, RiskKind, UseForm


class ResultUse(TaskPart):
    """How the result was used in one year by one user (phiếu ứng dụng kết quả)."""

    task = task_link("uses")
    year = models.PositiveSmallIntegerField(_("Năm"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Tổ chức sử dụng")
    )
    organisation_text = models.CharField(_("Người, nơi sử dụng"), max_length=300, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Địa bàn"))
    form = models.CharField(_("Hình thức"), max_length=12, choices=UseForm)
    scale = models.CharField(_("Quy mô"), max_length=300, blank=True)
    revenue_vnd = models.BigIntegerField(_("Doanh thu, giá trị làm lợi (đồng)"), null=True, blank=True)
    saving_vnd = models.BigIntegerField(_("Chi phí tiết kiệm (đồng)"), null=True, blank=True)
    jobs = models.PositiveIntegerField(_("Việc làm tạo thêm"), null=True, blank=True)
    replication = models.TextField(_("Nhân rộng"), blank=True)
    obstacles = models.TextField(_("Vướng mắc"), blank=True)
    evidence = models.CharField(_("Minh chứng"), max_length=500, blank=True)
    reported_on = models.DateField(_("Báo cáo ngày"))

    class Meta:
        verbose_name = _("phiếu ứng dụng kết quả")
        verbose_name_plural = _("phiếu ứng dụng kết quả")
        ordering = ("year", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(form=UseForm.NOT_USED) | Q(organisation__isnull=False) | ~Q(organisation_text=""),
                name="use_of_a_result_names_its_user",
            ),
            models.CheckConstraint(
                condition=(Q(revenue_vnd=None) | Q(revenue_vnd__gte=0)) & (Q(saving_vnd=None) | Q(saving_vnd__gte=0)),
                name="gain_of_a_use_is_money",
            ),
        )

    def __str__(self) -> str:
        user = (self.organisation.listed_name if self.organisation else "") or self.organisation_text
        user = user or str(self.get_form_display())
        return f"{self.year}: {user}"


class RiskFile(TaskPart):
    """The file by which a failure may be accepted as a risk: the process was followed, honestly, and told in time."""

    task = models.OneToOneField(
        ResearchTask, models.PROTECT, related_name="risk_file", verbose_name=_("Nhiệm vụ", "one")
    )
    kind = models.CharField(_("Loại rủi ro"), max_length=12, choices=RiskKind)
    reported_on = models.DateField(_("Báo cáo rủi ro ngày"))
    process_followed = models.BooleanField(_("Đã thực hiện đầy đủ quy trình đã duyệt"), default=False)
    process_evidence = models.TextField(_("Căn cứ chứng minh"))
    is_honest = models.BooleanField(_("Giữ liêm chính khoa học"), default=False)
    opinion = models.TextField(_("Ý kiến hội đồng, chuyên gia"), blank=True)
    recovery = models.CharField(_("Quyết định về kinh phí"), max_length=8, choices=Recovery, blank=True)
    recovery_vnd = models.BigIntegerField(_("Số tiền thu hồi (đồng)"), default=0)
    number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    decided_on = models.DateField(_("Quyết định ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("hồ sơ chấp nhận rủi ro")
        verbose_name_plural = _("hồ sơ chấp nhận rủi ro")
        constraints = (
            models.CheckConstraint(condition=Q(recovery_vnd__gte=0), name="recovered_money_is_money"),
            models.CheckConstraint(
                condition=Q(recovery="", decided_on=None) | (~Q(recovery="") & Q(decided_on__isnull=False)),
                name="risk_decision_has_its_day",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())
