"""The states and kinds of organisations and people."""

from __future__ import annotations

from django.db.models import TextChoices


class PartyState(TextChoices):
    """Whether a party still exists for us."""

    ACTIVE = "active", "Đang hoạt động"
    ENDED = "ended", "Đã chấm dứt"  # dissolved, merged, retired or deceased


class OrganisationKind(TextChoices):
    """What an organisation is, as the department tells them apart."""

    PARTY_BODY = "party_body", "Cơ quan Đảng"
    STATE_BODY = "state_body", "Cơ quan nhà nước"
    ELECTED_BODY = "elected_body", "Cơ quan dân cử"
    FRONT = "front", "Mặt trận, đoàn thể, hội"
    UNIVERSITY = "university", "Trường, cơ sở đào tạo"
    RESEARCH = "research", "Tổ chức khoa học và công nghệ"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    COOPERATIVE = "cooperative", "Hợp tác xã, tổ hợp tác"
    PRESS = "press", "Cơ quan báo chí"
    OTHER = "other", "Tổ chức khác"
