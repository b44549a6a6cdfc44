"""The figures of research tasks for period reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Sum, indicator
from khcn.language.words import words as _
from khcn.research.models import OutsideResult, ResearchTask

SOURCE = _("Sổ nhiệm vụ khoa học và công nghệ")
TASK = _("nhiệm vụ", "research task")


def _tasks(as_of: datetime | None, office: Office) -> Any:
    return ResearchTask.objects.as_of(as_of).of_office(office).standing()


@indicator("research.tasks_approved", label=_("Nhiệm vụ mở mới"), unit=TASK, source=SOURCE, order="approved_on")
def tasks_approved(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Nhiệm vụ có quyết định phê duyệt trong kỳ; về sau dừng, chấm dứt vẫn tính."""
    rows: QuerySet[Any] = _tasks(as_of, office).approved_within(period)
    return rows


@indicator(
    "research.tasks_running",
    label=_("Nhiệm vụ đang thực hiện cuối kỳ"),
    unit=TASK,
    source=SOURCE,
    order="contracted_on",
)
def tasks_running(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Nhiệm vụ đã ký hợp đồng đến ngày cuối kỳ, chưa được hội đồng nghiệm thu đánh giá, chưa chấm dứt đến ngày ấy."""
    rows: QuerySet[Any] = _tasks(as_of, office).under_way_on(period.last)
    return rows


@indicator(
    "research.tasks_accepted", label=_("Nhiệm vụ được nghiệm thu"), unit=TASK, source=SOURCE, order="accepted_on"
)
def tasks_accepted(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Nhiệm vụ được hội đồng nghiệm thu xếp loại đạt trở lên, ngày họp hội đồng trong kỳ."""
    rows: QuerySet[Any] = _tasks(as_of, office).accepted_within(period)
    return rows


@indicator(
    "research.results_registered",
    label=_("Kết quả nhiệm vụ được đăng ký"),
    unit=_("kết quả"),
    source=SOURCE,
    order="registered_on",
)
def results_registered(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Nhiệm vụ có giấy chứng nhận đăng ký kết quả cấp trong kỳ."""
    rows: QuerySet[Any] = _tasks(as_of, office).registered_within(period)
    return rows


@indicator(
    "research.results_used",
    label=_("Nhiệm vụ có kết quả được ứng dụng"),
    unit=TASK,
    source=SOURCE,
    order="approved_on",
)
def results_used(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Nhiệm vụ có ít nhất một phiếu ứng dụng báo cáo trong kỳ; nhiều phiếu vẫn là một nhiệm vụ."""
    rows: QuerySet[Any] = _tasks(as_of, office).used_within(period, as_of)
    return rows


@indicator(
    "research.disbursed",
    label=_("Kinh phí đã giải ngân cho nhiệm vụ"),
    unit=_("đồng"),
    source=_("Bút toán của sổ nhiệm vụ"),
    measure=Sum("paid_vnd"),
    order="approved_on",
)
def disbursed(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Số tiền giải ngân, tạm ứng có chứng từ trong kỳ, mọi nguồn, trừ bút toán đảo; mỗi dòng là một nhiệm vụ."""
    rows: QuerySet[Any] = _tasks(as_of, office).paid_within(period, as_of)
    return rows


@indicator(
    "research.tasks_late",
    label=_("Nhiệm vụ quá hạn hợp đồng chưa nộp hồ sơ nghiệm thu"),
    unit=TASK,
    source=SOURCE,
    order="ends_on",
    tells_lateness=True,
)
def tasks_late(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Nhiệm vụ hợp đồng, kể cả gia hạn, kết thúc trước ngày cuối kỳ mà đến ngày ấy chưa nộp hồ sơ, chưa dừng."""
    rows: QuerySet[Any] = _tasks(as_of, office).late_on(period.last)
    return rows


@indicator(
    "research.outside_results_evaluated",
    label=_("Kết quả nhiệm vụ không dùng ngân sách được đánh giá"),
    unit=_("kết quả"),
    source=_("Sổ kết quả nhiệm vụ không sử dụng ngân sách nhà nước"),
    order="evaluated_on",
)
def outside_results_evaluated(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Kết quả có hội đồng của tỉnh kết luận, ngày họp trong kỳ; được cấp giấy chứng nhận hay không đều tính."""
    rows: QuerySet[Any] = OutsideResult.objects.as_of(as_of).of_office(office).standing().evaluated_within(period)
    return rows
