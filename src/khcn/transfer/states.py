"""The states of an opinion on the technology of an investment project, and what it says."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class AppraisalKind(TextChoices):
    """What the department is asked for."""

    APPRAISAL = "appraisal", _("Thẩm định công nghệ")
    TECHNOLOGY_OPINION = "technology_opinion", _("Ý kiến về công nghệ")
    TRANSFER_OPINION = "transfer_opinion", _("Ý kiến về chuyển giao công nghệ, thiết bị")


class AppraisalState(TextChoices):
    """Where a request stands."""

    RECEIVED = "received", _("Đã tiếp nhận")  # the clock runs since receipt
    APPRAISING = "appraising", _("Đang thẩm định")
    COUNCIL_CONSULTED = "council_consulted", _("Đã lấy ý kiến hội đồng")  # the advisory council met
    ANSWERED = "answered", _("Đã trả lời")  # a numbered answer went out
    RETURNED = "returned", _("Đã trả hồ sơ")  # ended without an opinion, with the reason


class Opinion(TextChoices):
    """What the answer says."""

    AGREE = "agree", _("Đồng ý")
    CONDITIONS = "conditions", _("Đồng ý có điều kiện")
    DISAGREE = "disagree", _("Không đồng ý")
