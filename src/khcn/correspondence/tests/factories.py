"""Make papers by walking their workflow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from khcn.correspondence.models import Paper
from khcn.correspondence.services import (
    Signature,
    draft_outgoing_paper,
    file_paper,
    instruct,
    mark_handled,
    recall_paper,
    record_signature,
    register_incoming_paper,
    send_paper,
    submit_for_signature,
)
from khcn.correspondence.states import PaperState
from khcn.kernel.access.roles import Role
from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.services import load_classifications
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.tests.factories import make_division, make_office, make_user
from khcn.parties.models import Organisation
from khcn.parties.tests.factories import make_organisation

MONDAY = date(2021, 9, 20)
TUESDAY = date(2021, 9, 21)
FRIDAY = date(2021, 9, 24)


@dataclass
class PaperWorld:
    """An office with the people a paper passes through."""

    office: Any
    division: Any
    clerk: Any
    specialist: Any
    head: Any
    director: Any
    committee: Organisation


def make_world() -> PaperWorld:
    """Return the office, its people, the provincial committee, with rules and lists of kinds loaded."""
    load_classifications()
    load_shipped_rules()
    office, division = make_office(), make_division()
    clerk = make_user(Role.CLERK)
    return PaperWorld(
        office=office,
        division=division,
        clerk=clerk,
        specialist=make_user(Role.SPECIALIST, division=division),
        head=make_user(Role.DIVISION_HEAD, division=division),
        director=make_user(Role.DIRECTOR),
        committee=make_organisation("Ủy ban nhân dân tỉnh", actor=clerk, short_name="UBND tỉnh"),
    )


def make_incoming(
    world: PaperWorld, number: str = "365/TB-UBND", *, state: str = PaperState.REGISTERED, **values: Any
) -> Paper:
    """Return an incoming paper brought to the state by its people."""
    said = {"title": "Về việc báo cáo kết quả", "issued_on": MONDAY, "received_on": TUESDAY, **values}
    paper = Paper(**{"office": world.office, "issuer": world.committee, "number": number, **said})
    register_incoming_paper(paper=paper, actor=world.clerk, on=TUESDAY)
    if state in (PaperState.INSTRUCTED, PaperState.HANDLED):
        give_instruction(world, paper)
    if state == PaperState.HANDLED:
        mark_handled(paper=paper, actor=world.specialist, on=FRIDAY, note="Đã có báo cáo")
    if state == PaperState.FILED:
        file_paper(paper=paper, actor=world.clerk, on=TUESDAY)
    return paper


def give_instruction(world: PaperWorld, paper: Paper, **values: Any) -> Paper:
    """Let the director give the paper to the division's specialist."""
    said = {
        "instruction": "Phòng tham mưu báo cáo",
        "division": world.division,
        "person": world.specialist,
        "due_on": FRIDAY,
    }
    return instruct(paper=paper, actor=world.director, on=TUESDAY, **{**said, **values})


def kind_of(code: str = "HC-BC") -> Classification:
    """Return a kind of document by its code."""
    return Classification.objects.get(code=code)


STEPS = (PaperState.DRAFT, PaperState.SUBMITTED, PaperState.SIGNED, PaperState.SENT, PaperState.RECALLED)


def make_outgoing(
    world: PaperWorld,
    *,
    state: str = PaperState.DRAFT,
    number: str = "12/BC-SKHCN",
    addressees: tuple[Any, ...] = ("Các phòng",),
    signed_on: date = TUESDAY,
    **values: Any,
) -> Paper:
    """Return an outgoing paper brought to the state by its people."""
    said = {"title": "Báo cáo quý", "kind": kind_of(), **values}
    paper = Paper(office=world.office, **said)
    draft_outgoing_paper(paper=paper, addressees=addressees, actor=world.specialist, on=MONDAY)
    reached = STEPS.index(PaperState(state))
    if reached >= STEPS.index(PaperState.SUBMITTED):
        submit_for_signature(paper=paper, actor=world.specialist, on=MONDAY)
    if reached >= STEPS.index(PaperState.SIGNED):
        signature = Signature(number=number, signed_on=signed_on, signer_role="GIÁM ĐỐC")
        record_signature(paper=paper, signature=signature, actor=world.clerk, on=max(TUESDAY, signed_on))
    if reached >= STEPS.index(PaperState.SENT):
        send_paper(paper=paper, actor=world.clerk, on=max(TUESDAY, signed_on))
    if reached >= STEPS.index(PaperState.RECALLED):
        recall_paper(paper=paper, actor=world.director, on=FRIDAY, note="sai nội dung")
    return paper
