"""The figures of legal documents and programmes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Count, indicator
from khcn.language.words import words as _
from khcn.policies.models import LegalDocument, Programme


@indicator(
    "policies.legal_documents_issued",
    label=_("Văn bản quy phạm pháp luật do Sở tham mưu được ban hành"),
    unit=_("văn bản"),
    measure=Count(),
    source=_("Sổ văn bản quy phạm pháp luật"),
    order="issued_on",
)
def legal_documents_issued(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Văn bản do Sở tham mưu có ngày ban hành trong kỳ; về sau hết hiệu lực hay bị thay thế vẫn tính."""
    rows = LegalDocument.objects.as_of(as_of).of_office(office).standing()
    return rows.issued_within(period).advised_by_the_department()


@indicator(
    "policies.programmes_issued",
    label=_("Chương trình, kế hoạch, đề án về khoa học và công nghệ được ban hành"),
    unit=_("văn bản"),
    measure=Count(),
    source=_("Sổ chương trình, kế hoạch, đề án"),
    order="issued_on",
)
def programmes_issued(period: Period, as_of: datetime | None, office: Office) -> QuerySet[Any]:
    """Chương trình, kế hoạch, đề án do Sở tham mưu có ngày ban hành trong kỳ; không tính dự án, nghị quyết của Đảng."""
    return Programme.objects.as_of(as_of).of_office(office).standing().issued_within(period).counted_as_programmes()
