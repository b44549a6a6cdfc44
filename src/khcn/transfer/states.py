"""The states of an opinion on the technology of an investment project, and what it says."""

from __future__ import annotations

from django.db.models import TextChoices


class AppraisalKind(TextChoices):
    """What the department is asked for."""

    APPRAISAL = "appraisal", "Thẩm định công nghệ"
    TECHNOLOGY_OPINION = "technology_opinion", "Ý kiến về công nghệ"
    TRANSFER_OPINION = "transfer_opinion", "Ý kiến về chuyển giao công nghệ, thiết bị"


class AppraisalState(TextChoices):
    """Where a request stands."""

    RECEIVED = "received", "Đã tiếp nhận"  # the clock runs since receipt
    APPRAISING = "appraising", "Đang thẩm định"
    COUNCIL_CONSULTED = "council_consulted", "Đã lấy ý kiến hội đồng"  # the advisory council met
    ANSWERED = "answered", "Đã trả lời"  # a numbered answer went out
    RETURNED = "returned", "Đã trả hồ sơ"  # ended without an opinion, with the reason


class Opinion(TextChoices):
    """What the answer says."""

    AGREE = "agree", "Đồng ý"
    CONDITIONS = "conditions", "Đồng ý có điều kiện"
    DISAGREE = "disagree", "Không đồng ý"
