"""The figures of given work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from khcn.assignments.models import Assignment
from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Count, indicator
from khcn.language.words import words as _


@indicator(
    "assignments.given",
    label=_("Nhiệm vụ được giao trong kỳ"),
    unit=_("nhiệm vụ"),
    measure=Count(),
    source=_("Sổ nhiệm vụ giao"),
    order="assigned_on",
)
def given(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Nhiệm vụ có ngày giao trong kỳ, không tính nhiệm vụ đã rút. Một nhiệm vụ nhiều đơn vị phối hợp vẫn là một."""
    return Assignment.objects.as_of(as_of).of_office(office).standing().given_within(period)


@indicator(
    "assignments.done_on_time",
    label=_("Nhiệm vụ hoàn thành đúng hạn trong kỳ"),
    unit=_("nhiệm vụ"),
    measure=Count(),
    source=_("Sổ nhiệm vụ giao"),
    order="completed_on",
    tells_lateness=True,
)
def done_on_time(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Nhiệm vụ được xác nhận hoàn thành, ngày báo cáo kết quả trong kỳ và không sau hạn đang có hiệu lực ngày đó.

    Nhiệm vụ không đặt hạn tính là đúng hạn.
    """
    return Assignment.objects.as_of(as_of).of_office(office).standing().completed_within(period).on_time()


@indicator(
    "assignments.overdue",
    label=_("Nhiệm vụ quá hạn ở cuối kỳ"),
    unit=_("nhiệm vụ"),
    measure=Count(),
    source=_("Sổ nhiệm vụ giao"),
    order="due_on",
    tells_lateness=True,
)
def overdue(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Nhiệm vụ có hạn trước ngày cuối kỳ mà đến hết kỳ chưa báo cáo kết quả, không tạm dừng, không bị rút.

    Hạn là hạn đang có hiệu lực tại thời điểm lấy số liệu.
    """
    return Assignment.objects.as_of(as_of).of_office(office).overdue_at_the_end_of(period)
