"""Make councils by walking their steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from khcn.councils.judging import REPORT
from khcn.councils.models import Council, Matter, MatterItem, Seat, Slip
from khcn.councils.services import considering, forming, scoring
from khcn.councils.states import ConflictAnswer, Judged, Presence, Purpose, Rating, Regime, SeatRole
from khcn.kernel.access.roles import Role
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.tests.factories import make_division, make_office, make_user
from khcn.parties.tests.factories import make_person

SENT, MEETS = date(2024, 5, 2), date(2024, 5, 16)
SHEET = "PRODUCTIVITY-2022"
ROLES = (
    SeatRole.CHAIR,
    SeatRole.VICE_CHAIR,
    SeatRole.REVIEWER,
    SeatRole.REVIEWER,
    SeatRole.SECRETARY,
    SeatRole.MEMBER,
    SeatRole.MEMBER,
)


@dataclass
class World:
    """A department with a council and those who sit in it."""

    specialist: Any
    director: Any
    council: Council
    members: list[Any] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)

    def slip(self, place: int = 0, matter: int = 0) -> Slip:
        """Return the slip of the member at that place."""
        return Slip.objects.select_related("seat__council", "seat__person", "matter").get(
            seat=self.seats[place], matter=self.matters[matter]
        )


def make_world(*, sheet: str = SHEET, matters: int = 1, roles: tuple[SeatRole, ...] = ROLES, **fields: Any) -> World:
    """Return a council that is being formed, with its members and matters."""
    load_shipped_rules()
    office = make_office()
    division = make_division(office, code="QLKH")
    specialist = make_user(Role.SPECIALIST, username="cv", office=office, division=division)
    director = make_user(Role.DIRECTOR, username="gd", office=office)
    said = {"title": "Hội đồng tuyển chọn mẫu", "purpose": Purpose.SELECT, "regime": Regime.LAW_29, **fields}
    council = Council(office=office, division=division, sheet=sheet, **said)
    world = World(specialist, director, forming.form_council(council=council, actor=specialist, on=SENT))
    for number, role in enumerate(roles):
        user = make_user(Role.COUNCIL_MEMBER, username=f"tv{number}", office=office)
        seat = Seat(council=council, person=make_person(f"Thành viên {number}", actor=specialist), user=user, role=role)
        world.seats.append(forming.name_member(seat=seat, actor=specialist, on=SENT))
        world.members.append(user)
    for number in range(matters):
        matter = Matter(council=council, title=f"Hồ sơ mẫu {number}")
        world.matters.append(forming.add_matter(matter=matter, actor=specialist, on=SENT))
    return world


def invite(world: World, **said: Any) -> None:
    """Record the decision, and send the documents in time."""
    forming.establish(
        council=world.council, decision_number="12/QĐ-SKHCN", decided_on=SENT, actor=world.director, on=SENT
    )
    days = {"documents_sent_on": SENT, "meets_on": MEETS, "venue": "Phòng họp số 1", **said}
    forming.invite(council=world.council, actor=world.specialist, on=SENT, **days)


def open_slips(world: World, absent: tuple[int, ...] = (), written: tuple[int, ...] = ()) -> None:
    """Lead the council until its slips are open."""
    invite(world)
    for number, seat in enumerate(world.seats):
        presence = Presence.ABSENT if number in absent else Presence.WRITTEN if number in written else Presence.PRESENT
        forming.call_roll(council=seat.council, presences={seat: presence}, actor=world.specialist, on=MEETS)
    choose_tellers(world)
    scoring.open_slips(council=world.council, actor=world.specialist, on=MEETS)


def choose_tellers(world: World) -> None:
    """Let three of the members count the slips."""
    said: dict[str, Any] = {"actor": world.specialist, "on": MEETS}
    forming.choose_tellers(council=world.council, tellers=world.seats[1:4], **said)


def fill(world: World, place: int, points: tuple[int, ...], matter: int = 0, *, lock: bool = True) -> Slip:
    """Let a member declare no interest, score and lock."""
    slip, user = world.slip(place, matter), world.members[place]
    said: dict[str, Any] = {"slip": slip, "actor": user, "on": MEETS}
    scoring.declare_interest(answer=ConflictAnswer.NONE, text="", **said)
    numbered = {order: Decimal(given) for order, given in enumerate(points, start=1)}
    scoring.write_slip(points=numbered, remarks="Đạt yêu cầu", **said)
    return scoring.lock_slip(**said) if lock else slip


def fill_all(world: World, points: tuple[int, ...] = (12, 40, 30)) -> None:
    """Let every member lock the same points for every matter."""
    for matter in range(len(world.matters)):
        for place in range(len(world.seats)):
            fill(world, place, points, matter)


def make_accepting_world(*, products: tuple[str, ...] = ("Quy trình",), matters: int = 1, **options: Any) -> World:
    """Return an acceptance council without points, each dossier with its products: ten ordered, ten delivered."""
    world = make_world(sheet="", matters=matters, purpose=Purpose.ACCEPT, **options)
    for matter in world.matters:
        for name in products:
            add_item(world, matter, name)
    return world


def add_item(world: World, matter: Matter, name: str, **said: Any) -> MatterItem:
    """Say that the dossier promised a product."""
    values = {"unit": "bộ", "ordered": Decimal(10), "delivered": Decimal(10), **said}
    item = MatterItem(matter=matter, name=name, **values)
    return considering.add_item(item=item, actor=world.specialist, on=SENT)


def all_rated(slip: Slip, rating: Rating = Rating.PASS, report: Rating = Rating.PASS) -> dict[str, dict[str, str]]:
    """Return judgements that give every criterion the same rating."""
    said = {str(item.pk): {one.value: rating.value for one in item.criteria} for item in slip.matter.items.all()}
    return {**said, REPORT: {Judged.REPORT.value: report.value}}


def judge(
    world: World,
    place: int,
    rating: Rating = Rating.PASS,
    matter: int = 0,
    *,
    judgements: dict[str, dict[str, str]] | None = None,
    lock: bool = True,
) -> Slip:
    """Let a member declare no interest, judge every product and lock."""
    slip, user = world.slip(place, matter), world.members[place]
    said: dict[str, Any] = {"slip": slip, "actor": user, "on": MEETS}
    scoring.declare_interest(answer=ConflictAnswer.NONE, text="", **said)
    given = all_rated(slip, rating) if judgements is None else judgements
    scoring.judge_products(judgements=given, remarks="Nghiệm thu được", **said)
    return scoring.lock_slip(**said) if lock else slip


def judge_all(world: World, *ratings: Rating) -> None:
    """Let every member lock one rating for everything; members beyond those said pass it."""
    for matter in range(len(world.matters)):
        for place in range(len(world.seats)):
            judge(world, place, ratings[place] if place < len(ratings) else Rating.PASS, matter)


def count(world: World) -> None:
    """Break the seal."""
    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)
