"""The roles a person may hold in an office."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person does here; a role is granted for an office, a division and a time."""

    SPECIALIST = "specialist", "Chuyên viên"
    CLERK = "clerk", "Văn thư"
    DIVISION_HEAD = "division_head", "Lãnh đạo phòng"
    DIRECTOR = "director", "Lãnh đạo Sở"
    MONITOR = "monitor", "Người theo dõi nhiệm vụ"
    PROVINCIAL_LEADER = "provincial_leader", "Lãnh đạo tỉnh"
    ASSIGNED_AGENCY = "assigned_agency", "Cơ quan được giao"
    APPLICANT = "applicant", "Tổ chức, cá nhân"
    COUNCIL_MEMBER = "council_member", "Thành viên hội đồng"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


STAFF_ROLES = frozenset(
    {Role.SPECIALIST, Role.CLERK, Role.DIVISION_HEAD, Role.DIRECTOR, Role.MONITOR, Role.ADMINISTRATOR},
)


# Who reads what is confidential of a division they belong to; keeping the system is not a reason to read (ADR 8).
DIVISION_READERS = STAFF_ROLES - {Role.ADMINISTRATOR}


class Confidentiality(TextChoices):
    """Who may know of a record at all. State secrets never enter the system."""

    PUBLIC = "public", "Công khai"
    INTERNAL = "internal", "Nội bộ"
    CONFIDENTIAL = "confidential", "Hạn chế: đơn vị phụ trách và lãnh đạo"
