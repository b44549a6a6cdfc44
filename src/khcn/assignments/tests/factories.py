"""Make offices, people and given work by walking the workflow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.assignments.models import Assignment
from khcn.assignments.services import (
    cancel_assignment,
    close_assignment,
    give_assignment,
    report_done,
    report_progress,
    return_assignment,
    suspend_assignment,
)
from khcn.assignments.states import AssignmentState
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Division, Office, RoleGrant, User
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import enter
from khcn.parties.models import AgencyAccount, Organisation
from khcn.parties.workflow import ORGANISATION_WORKFLOW

LONG_AGO = date(2015, 1, 1)
GIVEN_ON = date(2021, 9, 24)


def make_office(code: str = "TN") -> Office:
    """Return an office."""
    return Office.objects.create(
        code=code, name=f"Sở mẫu {code}", short_name="Sở mẫu", symbol="SKHCN", parent_name="UBND", seat="Nơi mẫu"
    )


def make_division(office: Office, code: str = "QLKH") -> Division:
    """Return a division of the office."""
    return Division.objects.create(office=office, code=code, name=f"Phòng {code}")


def make_user(office: Office, *roles: Role, name: str = "", division: Division | None = None) -> User:
    """Return a user of the office holding the roles since long ago."""
    username = name or f"u{User.objects.count() + 1}"
    user = User.objects.create_user(username, full_name=f"Người {username}", office=office, division=division)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, office=office, division=division, valid_from=LONG_AGO)
    return user


def make_organisation(office: Office, title: str = "Sở Mẫu Một") -> Organisation:
    """Return an outside organisation."""
    return enter(ORGANISATION_WORKFLOW, Organisation(office=office, title=title), actor=None, on=LONG_AGO)


def make_agency_user(organisation: Organisation, **account: Any) -> User:
    """Return a user acting for an outside organisation."""
    user = make_user(organisation.office, Role.ASSIGNED_AGENCY)
    with recording(actor=None, verb="test", label="cấp tài khoản"):
        AgencyAccount(user=user, organisation=organisation, **{"valid_from": LONG_AGO, **account}).save()
    return user


def make_evidence(office: Office, title: str = "Quyết định mẫu") -> Organisation:
    """Return a record that may stand as evidence; any register will do."""
    return make_organisation(office, title)


def make_assignment(
    actor: User,
    *,
    lead: Organisation | Division,
    coordinators: Sequence[Organisation | Division] = (),
    on: date = GIVEN_ON,
    **fields: Any,
) -> Assignment:
    """Return work just given."""
    side = "lead_organisation" if isinstance(lead, Organisation) else "lead_division"
    fields = {"title": "Xây dựng bảng thông số mẫu", "assigned_on": on, side: lead, **fields}
    assignment = Assignment(office=actor.office, **fields)
    return give_assignment(assignment=assignment, coordinators=coordinators, actor=actor, on=on)


def change(record: Any, **fields: Any) -> Any:
    """Return the record with the fields set, as a correction would."""
    for name, value in fields.items():
        setattr(record, name, value)
    with recording(actor=None, verb="test", label="sửa"):
        record.save()
    return record


def walk(assignment: Assignment, state: AssignmentState, *, lead: User, monitor: User, on: date) -> Assignment:
    """Drive given work to a state by its steps, all taken on one day."""
    steps = {
        AssignmentState.GIVEN: (),
        AssignmentState.IN_PROGRESS: ("progress",),
        AssignmentState.REPORTED_DONE: ("done",),
        AssignmentState.CLOSED: ("done", "close"),
        AssignmentState.RETURNED: ("done", "return"),
        AssignmentState.SUSPENDED: ("suspend",),
        AssignmentState.CANCELLED: ("cancel",),
    }
    for step in steps[state]:
        take(step, assignment, lead=lead, monitor=monitor, on=on)
    return assignment


def take(step: str, assignment: Assignment, *, lead: User, monitor: User, on: date) -> None:
    """Take one step of given work."""
    proof = [make_evidence(assignment.office)] if step == "done" else []
    acts: dict[str, Any] = {
        "progress": lambda: report_progress(assignment=assignment, text="Đang làm", percent=40, on=on, actor=lead),
        "done": lambda: report_done(assignment=assignment, text="Đã xong", on=on, actor=lead, evidence=proof),
        "close": lambda: close_assignment(assignment=assignment, on=on, actor=monitor),
        "return": lambda: return_assignment(assignment=assignment, on=on, actor=monitor, note="Thiếu phụ lục"),
        "suspend": lambda: suspend_assignment(assignment=assignment, on=on, actor=monitor, note="Chờ ý kiến"),
        "cancel": lambda: cancel_assignment(assignment=assignment, on=on, actor=monitor, note="Đã gộp việc khác"),
    }
    acts[step]()
