"""The demonstration's office, divisions, and one login for each kind of person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from khcn.config.demo.facts import PASSWORD
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Division, Office, User
from khcn.kernel.identity.services import create_account, grant_role
from khcn.kernel.places.models import Place

SINCE = date(2015, 1, 1)
DIVISIONS = (
    ("VP", "Văn phòng Sở"),
    ("QLKH", "Phòng Quản lý khoa học"),
    ("QLCN", "Phòng Quản lý công nghệ và sở hữu trí tuệ"),
    ("TDC", "Chi cục Tiêu chuẩn Đo lường Chất lượng"),
)


@dataclass(frozen=True)
class AccountRow:
    """One login of the demonstration."""

    username: str
    full_name: str
    role: Role
    division: str = ""


ROWS = (
    AccountRow("chuyen-vien", "Chuyên viên (minh hoạ)", Role.SPECIALIST, "QLCN"),
    AccountRow("truong-phong", "Trưởng phòng (minh hoạ)", Role.DIVISION_HEAD, "QLCN"),
    AccountRow("van-thu", "Văn thư (minh hoạ)", Role.CLERK, "VP"),
    AccountRow("theo-doi", "Người theo dõi nhiệm vụ (minh hoạ)", Role.MONITOR, "VP"),
    AccountRow("giam-doc", "Lãnh đạo Sở (minh hoạ)", Role.DIRECTOR),
    AccountRow("lanh-dao-tinh", "Lãnh đạo tỉnh (minh hoạ)", Role.PROVINCIAL_LEADER),
    AccountRow("co-quan", "Cơ quan minh hoạ A", Role.ASSIGNED_AGENCY),
    AccountRow("nguoi-dan", "Tổ chức, cá nhân (minh hoạ)", Role.APPLICANT),
    AccountRow("chuyen-gia", "Thành viên hội đồng (minh hoạ)", Role.COUNCIL_MEMBER),
    AccountRow("quan-tri", "Quản trị hệ thống (minh hoạ)", Role.ADMINISTRATOR),
)


def load_office() -> Office:
    """Create the office with its divisions."""
    place = Place.objects.filter(level="province", name="Thái Nguyên", valid_to=None).first()
    office = Office.objects.create(
        code=settings.OFFICE,
        name="Sở Khoa học và Công nghệ",
        short_name="Sở KH&CN",
        symbol="SKHCN",
        parent_name="Ủy ban nhân dân tỉnh Thái Nguyên",
        seat="Thái Nguyên",
        place=place,
    )
    for code, name in DIVISIONS:
        Division.objects.create(office=office, code=code, name=name)
    return office


def load_accounts(office: Office) -> dict[str, User]:
    """Create one account for each kind of person; the key is the login name."""
    divisions = {division.code: division for division in office.divisions.all()}
    made = {}
    for row in ROWS:
        division = divisions.get(row.division)
        user = create_account(
            username=row.username,
            full_name=row.full_name,
            office=office,
            password=PASSWORD,
            division=division,
        )
        grant_role(user=user, role=row.role, valid_from=SINCE, division=division)
        made[row.username] = user.act_on(date.max)
    return made
