"""Make sessions by walking their workflow, from an article of our own."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.assignments.models import Assignment
from khcn.assignments.services import close_assignment, report_done
from khcn.correspondence.models import Paper
from khcn.correspondence.states import Direction
from khcn.correspondence.workflow import PAPER_WORKFLOW
from khcn.governance.models import Conclusion, SessionReading, WorkingSession
from khcn.governance.services.confirming import confirm_reading
from khcn.governance.services.following import give_task, plan_session, record_conclusion
from khcn.governance.services.reading import GivenText, accept_remaining, start_reading
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Division, Office, User
from khcn.kernel.tests.factories import make_office, make_user
from khcn.kernel.workflow.services import enter
from khcn.parties.models import Organisation, Person, PersonRole
from khcn.parties.services import enter_organisation, enter_person, give_role

HELD_ON = date(2021, 9, 24)
READ_ON = date(2021, 9, 27)
ARTICLE = """Bí thư Tỉnh ủy Sông Vân làm việc với Sở Khoa học và Công nghệ

Sáng 24/9/2021, tại Sở Khoa học và Công nghệ tỉnh Sông Vân, đồng chí Đoàn Khắc Lương, Bí thư Tỉnh ủy đã có buổi \
làm việc với Sở Khoa học và Công nghệ. Cùng dự có các đồng chí: Lục Thị Hoa, Phó Chủ tịch UBND tỉnh; \
Vương Đình Thụy, Trưởng Ban Tuyên giáo Tỉnh ủy cùng đại diện các sở, ban, ngành.

Đồng chí Đoàn Khắc Lương, Bí thư Tỉnh ủy phát biểu kết luận tại buổi làm việc

Báo cáo tại buổi làm việc, ông Mạc Văn Tòng, Giám đốc Sở Khoa học và Công nghệ cho biết: 9 tháng đầu năm 2021, \
các tổ chức, cá nhân trong tỉnh được cấp trên 40 văn bằng bảo hộ. Sở kiến nghị tỉnh bố trí kinh phí xây dựng \
phòng thử nghiệm dùng chung.

Phát biểu kết luận, đồng chí Bí thư Tỉnh ủy yêu cầu Sở Khoa học và Công nghệ rà soát các nhiệm vụ chậm tiến độ, \
hoàn thành trước ngày 31/10/2021; phối hợp với Mặt trận Tổ quốc tỉnh đẩy mạnh tuyên truyền ứng dụng khoa học trong \
nhân dân. Giao Sở Tài chính chủ trì, phối hợp với Sở Khoa học và Công nghệ tham mưu cơ chế tài chính cho nghiên cứu \
trong quý IV/2021.

Hà Vũ Lâm
"""


def make_reading(actor: User, text: str = ARTICLE, *, on: date = READ_ON, **given: Any) -> SessionReading:
    """Return a text read, its proposals waiting."""
    return start_reading(office=actor.working_office, given=GivenText(text=text, **given), actor=actor, on=on)


def make_session_read(actor: User, text: str = ARTICLE, *, on: date = READ_ON) -> WorkingSession:
    """Return a session taken from a text, every proposal accepted."""
    reading = make_reading(actor, text, on=on)
    accept_remaining(reading=reading, actor=actor, on=on)
    return confirm_reading(reading=reading, actor=actor, on=on)


def make_session(actor: User, title: str = "Buổi làm việc mẫu", **fields: Any) -> WorkingSession:
    """Return a session held, entered by hand."""
    session = WorkingSession(office=actor.working_office, title=title, **{"held_on": HELD_ON, **fields})
    return plan_session(session=session, actor=actor, on=READ_ON)


def make_conclusion(
    session: WorkingSession, actor: User, title: str = "Rà soát nhiệm vụ chậm", **fields: Any
) -> Conclusion:
    """Return one conclusion of a session."""
    conclusion = Conclusion(office=session.office, session=session, title=title, **fields)
    return record_conclusion(conclusion=conclusion, actor=actor, on=READ_ON)


def make_task(conclusion: Conclusion, actor: User, *, lead: Division | Organisation, **fields: Any) -> Assignment:
    """Return a task given from a conclusion."""
    side = "lead_division" if isinstance(lead, Division) else "lead_organisation"
    values = {"title": "Báo cáo rà soát mẫu", "assigned_on": READ_ON, side: lead, **fields}
    return give_task(
        conclusion=conclusion, assignment=Assignment(office=conclusion.office, **values), actor=actor, on=READ_ON
    )


def finish_task(task: Assignment, *, lead: User, monitor: User, proof: Any, on: date) -> Assignment:
    """Return the task reported with evidence and closed."""
    report_done(assignment=task, text="Đã xong", on=on, actor=lead, evidence=[proof])
    return close_assignment(assignment=task, on=on, actor=monitor)


def make_organisation(actor: User, title: str) -> Organisation:
    """Return an outside organisation."""
    return enter_organisation(
        organisation=Organisation(office=actor.working_office, title=title), actor=actor, on=HELD_ON
    )


def make_person(actor: User, name: str, role: str = "") -> Person:
    """Return a person, with a role if one is named."""
    person = enter_person(person=Person(office=actor.working_office, title=name), actor=actor, on=HELD_ON)
    if role:
        give_role(held=PersonRole(person=person, role=role), actor=actor, on=HELD_ON)
    return person


def make_paper(actor: User, number: str, title: str = "Văn bản mẫu") -> Paper:
    """Return a paper that came in under that number."""
    paper = Paper(
        office=actor.working_office,
        title=title,
        number=number,
        direction=Direction.INCOMING,
        issued_on=HELD_ON,
        received_on=READ_ON,
    )
    return enter(PAPER_WORKFLOW, paper, actor=actor, on=READ_ON)  # type: ignore[return-value]  # the paper given


def people_of_the_office(office: Office | None = None) -> dict[str, User]:
    """Return one user for each role that matters here."""
    home = office or make_office()
    division = Division.objects.get_or_create(office=home, code="QLKH", defaults={"name": "Phòng Quản lý khoa học"})[0]
    named = {
        "specialist": Role.SPECIALIST,
        "head": Role.DIVISION_HEAD,
        "monitor": Role.MONITOR,
        "director": Role.DIRECTOR,
        "clerk": Role.CLERK,
        "leader": Role.PROVINCIAL_LEADER,
        "agency": Role.ASSIGNED_AGENCY,
    }
    inside = {"specialist", "head"}
    return {
        name: make_user(role, username=name, office=home, division=division if name in inside else None)
        for name, role in named.items()
    }
