"""The states and kinds of organisations and people."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class PartyState(TextChoices):
    """Whether a party still exists for us."""

    ACTIVE = "active", _("Đang hoạt động")
    ENDED = "ended", _("Đã chấm dứt")  # dissolved, merged, retired or deceased


class OrganisationKind(TextChoices):
    """What an organisation is, as the department tells them apart."""

    PARTY_BODY = "party_body", _("Cơ quan Đảng")
    STATE_BODY = "state_body", _("Cơ quan nhà nước")
    ELECTED_BODY = "elected_body", _("Cơ quan dân cử")
    FRONT = "front", _("Mặt trận, đoàn thể, hội")
    UNIVERSITY = "university", _("Trường, cơ sở đào tạo")
    RESEARCH = "research", _("Tổ chức khoa học và công nghệ")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    COOPERATIVE = "cooperative", _("Hợp tác xã, tổ hợp tác")
    PRESS = "press", _("Cơ quan báo chí")
    OTHER = "other", _("Tổ chức khác")
