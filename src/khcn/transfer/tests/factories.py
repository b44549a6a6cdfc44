"""Make requests by walking their workflow."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Division, Office, RoleGrant, User
from khcn.transfer.models import TechnologyAppraisal
from khcn.transfer.services import answer_request, begin_appraisal, receive_request, record_council, return_request
from khcn.transfer.states import AppraisalKind, AppraisalState, Opinion

LONG_AGO = date(2015, 1, 1)
RECEIVED_ON = date(2020, 12, 1)


def make_office(code: str = "TN") -> Office:
    """Return an office."""
    return Office.objects.create(
        code=code, name=f"Sở mẫu {code}", short_name="Sở mẫu", symbol="SKHCN", parent_name="UBND", seat="Nơi mẫu"
    )


def make_division(office: Office, code: str = "QLCN") -> Division:
    """Return a division of the office."""
    return Division.objects.create(office=office, code=code, name=f"Phòng {code}")


def make_user(office: Office, *roles: Role, division: Division | None = None) -> User:
    """Return a user of the office holding the roles since long ago."""
    username = f"u{User.objects.count() + 1}"
    user = User.objects.create_user(username, full_name=f"Người {username}", office=office, division=division)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, office=office, division=division, valid_from=LONG_AGO)
    return user


def make_request(
    actor: User,
    state: AppraisalState = AppraisalState.RECEIVED,
    *,
    received_on: date = RECEIVED_ON,
    answered_on: date = date(2021, 3, 1),
    **fields: Any,
) -> TechnologyAppraisal:
    """Return a request driven to the state; an answer comes without council."""
    fields = {"title": "Dự án nhà máy mẫu", "kind": AppraisalKind.TECHNOLOGY_OPINION, **fields}
    request = TechnologyAppraisal(office=actor.office, received_on=received_on, **fields)
    who: dict[str, Any] = {"request": request, "actor": actor, "on": answered_on}
    acts: dict[AppraisalState, tuple[Any, ...]] = {
        AppraisalState.RECEIVED: (),
        AppraisalState.APPRAISING: (begin_appraisal,),
        AppraisalState.COUNCIL_CONSULTED: (begin_appraisal, meet),
        AppraisalState.ANSWERED: (begin_appraisal, answer),
        AppraisalState.RETURNED: (turn_away,),
    }
    receive_request(**{**who, "on": received_on})
    for act in acts[state]:
        act(**who)
    return request


def meet(*, request: TechnologyAppraisal, actor: User, on: date) -> None:
    """Let the council meet."""
    record_council(request=request, council_on=on, actor=actor, on=on)


def answer(*, request: TechnologyAppraisal, actor: User, on: date) -> None:
    """Answer that nothing speaks against the technology."""
    answer_request(
        request=request,
        opinion=Opinion.AGREE,
        opinion_text="",
        answer_number=f"{request.pk}/SKHCN-QLCN",
        answered_on=on,
        actor=actor,
        on=on,
    )


def turn_away(*, request: TechnologyAppraisal, actor: User, on: date) -> None:
    """Return the request."""
    return_request(request=request, actor=actor, on=on, note="Không thuộc thẩm quyền")
