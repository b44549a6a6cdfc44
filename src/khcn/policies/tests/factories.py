"""Make offices, people, legal documents and programmes by walking their workflows."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Division, Office, RoleGrant, User
from khcn.kernel.workflow.services import enter
from khcn.parties.models import Organisation
from khcn.parties.workflow import ORGANISATION_WORKFLOW
from khcn.policies.models import LegalDocument, Programme, ProgrammeTarget, TargetReport, WorkPlanItem
from khcn.policies.services import (
    add_target,
    carry_out_programme,
    consult_on_document,
    draft_programme,
    issue_document,
    issue_programme,
    plan_item,
    propose_document,
    record_appraisal,
    report_value,
    start_drafting,
    submit_document,
    submit_programme,
)
from khcn.policies.states import LegalDocumentKind, LegalDocumentState, ProgrammeKind, ProgrammeState

LONG_AGO = date(2015, 1, 1)
ON = date(2021, 3, 1)
DRAFT_TRACK = (
    LegalDocumentState.PROPOSED,
    LegalDocumentState.DRAFTING,
    LegalDocumentState.CONSULTING,
    LegalDocumentState.APPRAISED,
    LegalDocumentState.SUBMITTED,
    LegalDocumentState.ISSUED,
)
PROGRAMME_TRACK = (
    ProgrammeState.DRAFTING,
    ProgrammeState.SUBMITTED,
    ProgrammeState.ISSUED,
    ProgrammeState.CARRIED_OUT,
)


def make_office(code: str = "TN") -> Office:
    """Return an office."""
    return Office.objects.create(
        code=code, name=f"Sở mẫu {code}", short_name="Sở mẫu", symbol="SKHCN", parent_name="UBND", seat="Nơi mẫu"
    )


def make_division(office: Office, code: str = "QLKH") -> Division:
    """Return a division of the office."""
    return Division.objects.create(office=office, code=code, name=f"Phòng {code}")


def make_user(office: Office, *roles: Role, division: Division | None = None) -> User:
    """Return a user of the office holding the roles since long ago."""
    username = f"u{User.objects.count() + 1}"
    user = User.objects.create_user(username, full_name=f"Người {username}", office=office, division=division)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, office=office, division=division, valid_from=LONG_AGO)
    return user


def make_organisation(office: Office, title: str = "Sở Mẫu Một") -> Organisation:
    """Return an outside organisation."""
    return enter(ORGANISATION_WORKFLOW, Organisation(office=office, title=title), actor=None, on=LONG_AGO)


def make_document(
    actor: User,
    state: LegalDocumentState = LegalDocumentState.PROPOSED,
    *,
    issued_on: date = ON,
    number: str = "",
    **fields: Any,
) -> LegalDocument:
    """Return a legal document driven along its track to the state."""
    kind = fields.pop("kind", LegalDocumentKind.COMMITTEE_DECISION)
    document = LegalDocument(office=actor.office, title="Quy định mẫu", kind=kind, **fields)
    number = number or f"{LegalDocument.objects.count() + 1}/2021/QĐ-UBND"
    who: dict[str, Any] = {"document": document, "actor": actor, "on": ON}
    acts = (
        lambda: propose_document(**who),
        lambda: start_drafting(**who),
        lambda: consult_on_document(**who),
        lambda: record_appraisal(**who, appraised_on=ON, number="1/BC-STP"),
        lambda: submit_document(**who),
        lambda: issue_document(**who, number=number, issued_on=issued_on),
    )
    for act in acts[: DRAFT_TRACK.index(state) + 1]:
        act()
    return document


def make_programme(
    actor: User, state: ProgrammeState = ProgrammeState.DRAFTING, *, issued_on: date = ON, **fields: Any
) -> Programme:
    """Return a programme driven along its track to the state."""
    kind = fields.pop("kind", ProgrammeKind.PLAN)
    programme = Programme(office=actor.office, title="Kế hoạch mẫu", kind=kind, **fields)
    who: dict[str, Any] = {"programme": programme, "actor": actor, "on": ON}
    number = f"{Programme.objects.count() + 1}/KH-UBND"
    acts = (
        lambda: draft_programme(**who),
        lambda: submit_programme(**who),
        lambda: issue_programme(**who, number=number, issued_on=issued_on),
        lambda: carry_out_programme(**who),
    )
    for act in acts[: PROGRAMME_TRACK.index(state) + 1]:
        act()
    return programme


def make_target(programme: Programme, actor: User, *, year: int = 2021, value: Any = 10, **fields: Any) -> Any:
    """Return a target of a programme, wanting the value in the year."""
    fields = {"title": "Nhãn hiệu được bảo hộ", "unit": "nhãn hiệu", **fields}
    return add_target(target=ProgrammeTarget(programme=programme, **fields), years={year: value}, actor=actor, on=ON)


def make_report(target: ProgrammeTarget, actor: User, value: Any = 7, **fields: Any) -> TargetReport:
    """Return a value reported for a target."""
    fields = {"year": 2021, "period": "year", "measured_on": date(2021, 12, 14), "evidence": "Công văn mẫu", **fields}
    report = TargetReport(target=target, value=value, **fields)
    return report_value(report=report, actor=actor, on=fields["measured_on"])


def make_item(actor: User, **fields: Any) -> WorkPlanItem:
    """Return an item of the work plan."""
    fields = {"title": "Tổ chức hội nghị mẫu", "year": 2021, "quarter": 4, **fields}
    return plan_item(item=WorkPlanItem(office=actor.office, **fields), actor=actor, on=ON)
