"""Make results done without the State's money by walking their steps, with the council that votes on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from khcn.councils.models import Council, Matter
from khcn.councils.services import scoring
from khcn.councils.states import ConflictAnswer, Purpose, Vote
from khcn.research.models import OutsideResult
from khcn.research.services import outside
from khcn.research.states import OutsideState
from khcn.research.tests.factories import World, convene, finish, make_world, meet

S = OutsideState
PASSED = 5
"""How many of seven members say passed where a test says nothing else: two thirds are 4,67."""


def make_outside_world() -> World:
    """Return a department under the decree of 2025."""
    return make_world(on=date(2026, 3, 2))


def by(world: World, actor: Any = None, days: int = 1) -> dict[str, Any]:
    """Return who acts on the next day."""
    return {"actor": actor or world.specialist, "on": world.later(days)}


def receive(world: World, **fields: Any) -> OutsideResult:
    """Receive a result of the host."""
    said = {"title": "Máy sấy chè mẫu", "applicant": world.host, "received_on": world.day, **fields}
    result = OutsideResult(office=world.office, division=world.specialist.division, **said)
    return outside.receive_result(result=result, actor=world.specialist, on=world.day)


def vote(world: World, council: Council, passed: int = PASSED, also: Mapping[str, int] | None = None) -> Council:
    """Let all meet and conclude: of each dossier so many say passed, the others failed.

    `also`: where it is not `passed`, how many of a dossier, by its title.
    """
    said = meet(world, council, 7)
    for matter in council.matters.all():
        matter.council = council
        _vote_on(matter, (also or {}).get(matter.title, passed), said)
    return finish(council, said)


def _vote_on(matter: Matter, passed: int, said: dict[str, Any]) -> None:
    slips: Any = matter.slips.select_related("seat__council", "seat__person", "matter").order_by("pk")
    for number, slip in enumerate(slips):
        slip.seat.council = matter.council
        scoring.declare_interest(slip=slip, answer=ConflictAnswer.NONE, text="", **said)
        scoring.cast_vote(slip=slip, vote=Vote.PASS if number < passed else Vote.FAIL, remarks="", **said)
        scoring.lock_slip(slip=slip, **said)


def find_valid(world: World, result: OutsideResult) -> None:
    """Find the dossier valid today."""
    outside.find_valid(result=result, complete_on=world.later(), actor=world.specialist, on=world.day)


def send(world: World, result: OutsideResult) -> Council:
    """Bring the result before a council."""
    council = convene(world, result, Purpose.EVALUATE)
    outside.send_to_council(result=result, **by(world))
    return council


def certify(world: World, result: OutsideResult, number: str = "") -> None:
    """Record the certificate."""
    said = {"certificate_number": number or f"{result.pk}/GCN-UBND", "certified_on": world.later()}
    outside.certify(result=result, actor=world.specialist, on=world.day, **said)


def make_result(world: World, state: OutsideState = S.RECEIVED, **fields: Any) -> OutsideResult:
    """Return a result led along the main way to the state."""
    result = receive(world, **fields)
    if state == S.RECEIVED:
        return result
    find_valid(world, result)
    if state == S.VALID:
        return result
    council = send(world, result)
    if state == S.COUNCIL:
        return result
    vote(world, council)
    certify(world, result)
    if state == S.REGISTERED:
        said = {"registration_number": f"KQ-{result.pk}", "registered_on": world.later()}
        outside.register(result=result, actor=world.specialist, on=world.day, **said)
    return result
