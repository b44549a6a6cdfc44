"""The roles a person may hold in an office."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class Role(TextChoices):
    """What a person does here; a role is granted for an office, a division and a time."""

    SPECIALIST = "specialist", _("Chuyên viên")
    CLERK = "clerk", _("Văn thư")
    DIVISION_HEAD = "division_head", _("Lãnh đạo phòng")
    DIRECTOR = "director", _("Lãnh đạo Sở")
    MONITOR = "monitor", _("Người theo dõi nhiệm vụ")
    PROVINCIAL_LEADER = "provincial_leader", _("Lãnh đạo tỉnh")
    ASSIGNED_AGENCY = "assigned_agency", _("Cơ quan được giao")
    APPLICANT = "applicant", _("Tổ chức, cá nhân")
    COUNCIL_MEMBER = "council_member", _("Thành viên hội đồng")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


STAFF_ROLES = frozenset(
    {Role.SPECIALIST, Role.CLERK, Role.DIVISION_HEAD, Role.DIRECTOR, Role.MONITOR, Role.ADMINISTRATOR},
)


# Who reads what is confidential of a division they belong to; keeping the system is not a reason to read (ADR 8).
DIVISION_READERS = STAFF_ROLES - {Role.ADMINISTRATOR}


class Confidentiality(TextChoices):
    """Who may know of a record at all. State secrets never enter the system."""

    PUBLIC = "public", _("Công khai")
    INTERNAL = "internal", _("Nội bộ")
    CONFIDENTIAL = "confidential", _("Hạn chế: đơn vị phụ trách và lãnh đạo")
