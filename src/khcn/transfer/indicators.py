"""The figure of appraised investment projects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Count, indicator
from khcn.language.words import words as _
from khcn.transfer.models import TechnologyAppraisal


@indicator(
    "transfer.projects_appraised",
    label=_("Dự án đầu tư được thẩm định, tham gia ý kiến về công nghệ"),
    unit=_("dự án"),
    measure=Count(),
    source=_("Sổ thẩm định, ý kiến về công nghệ"),
    order="answered_on",
)
def projects_appraised(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Dự án có văn bản trả lời ngày trong kỳ; nhiều văn bản cho một dự án tính một, hồ sơ bị trả không tính."""
    rows = TechnologyAppraisal.objects.as_of(as_of).of_office(office).standing()
    return rows.once_per_project_within(period)
