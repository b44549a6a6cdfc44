"""The figures of intellectual property."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from khcn.ip.models import ForeignRegistration, ProtectionTitle
from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Count, indicator
from khcn.language.words import words as _


@indicator(
    "ip.titles_granted",
    label=_("Văn bằng bảo hộ được cấp cho tổ chức, cá nhân trên địa bàn"),
    unit=_("văn bằng"),
    measure=Count(),
    source=_("Sổ văn bằng bảo hộ"),
    rounded_wording=True,
    order="granted_on",
)
def titles_granted(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Văn bằng có ngày cấp trong kỳ, có ít nhất một chủ văn bằng trên địa bàn tỉnh.

    Nhiều chủ vẫn là một văn bằng; gia hạn không tính.
    """
    return ProtectionTitle.objects.as_of(as_of).of_office(office).standing().granted_within(period).held_in_province()


@indicator(
    "ip.marks_abroad_under_way",
    label=_("Nhãn hiệu đang đăng ký bảo hộ ở nước ngoài"),
    unit=_("hồ sơ"),
    measure=Count(),
    source=_("Sổ đăng ký bảo hộ ở nước ngoài"),
    order="started_on",
)
def marks_abroad_under_way(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Hồ sơ đăng ký ở từng nước đã bắt đầu và đến ngày cuối kỳ chưa được bảo hộ, chưa bị từ chối.

    Hồ sơ không rõ ngày được bảo hộ thì tính theo ngày công bố.
    """
    return ForeignRegistration.objects.as_of(as_of).of_office(office).standing().under_way_on(period.last)
