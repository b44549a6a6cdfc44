"""The demonstration's councils: two that concluded, one whose slips are open; people and judgements are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from khcn.config.demo.facts import known_since
from khcn.councils.judging import REPORT
from khcn.councils.models import Council, Matter, MatterItem, Seat, Slip
from khcn.councils.services import considering, forming, scoring
from khcn.councils.states import ConflictAnswer, Judged, Presence, Purpose, Rating, Regime, SeatRole
from khcn.kernel.identity.models import Office, User
from khcn.kernel.records.record import Provenance, Record
from khcn.parties.models import Person
from khcn.parties.services import enter_person

INVENTED = "Dữ liệu minh hoạ: người, hồ sơ và điểm đều do nhóm phát triển đặt ra."
SHEET = "NAT-APPLIED-2023"
MEMBERS = (
    ("Nguyễn Minh Hoạ", SeatRole.CHAIR, "Sở Khoa học và Công nghệ"),
    ("Trần Thị Minh Hoạ", SeatRole.VICE_CHAIR, "Trường đại học minh hoạ"),
    ("Lê Minh Hoạ", SeatRole.REVIEWER, "Viện nghiên cứu minh hoạ"),
    ("Phạm Minh Hoạ", SeatRole.REVIEWER, "Trường đại học minh hoạ"),
    ("Hoàng Minh Hoạ", SeatRole.SECRETARY, "Sở Khoa học và Công nghệ"),
    ("Vũ Minh Hoạ", SeatRole.MEMBER, "Doanh nghiệp minh hoạ Một"),
    ("Đặng Minh Hoạ", SeatRole.MEMBER, "Hội làm vườn minh hoạ"),
)
PRODUCTS = (
    ("Quy trình bảo quản na", "quy trình", 1, 1),
    ("Mô hình kho bảo quản", "mô hình", 2, 2),
    ("Người được tập huấn", "người", 100, 80),
)
OWN_SEAT = 6  # that of the account chuyen-gia
GOOD, FAIR, HARSH = (11, 21, 14, 14, 13, 14), (10, 19, 13, 12, 12, 13), (5, 9, 7, 6, 5, 8)


def load(office: Office, people: Mapping[str, User]) -> None:
    """Load the councils."""
    members = _enter_members(office, people["chuyen-vien"])
    tea = ("Quy trình chế biến chè xanh tiết kiệm năng lượng (minh hoạ)", "Giống chè chịu hạn cho vùng cao (minh hoạ)")
    named = "Hội đồng tuyển chọn nhiệm vụ về chè (minh hoạ)"
    ended = convene(office, people, members, title=named, dossiers=tea, meets_on=date(2026, 10, 8))
    said: dict[str, Any] = {"actor": people["chuyen-vien"], "on": date(2026, 10, 8)}
    with known_since(said["on"], "hội đồng minh hoạ kết luận"):
        for slip in slips_of(ended):
            _write(slip, HARSH if slip.seat.role == SeatRole.MEMBER else GOOD, people, said["on"])
        scoring.count_slips(council=ended, **said)
        for matter, words in zip(ended.matters.all(), ("Đề nghị giao thực hiện.", "Đề nghị hoàn thiện."), strict=True):
            forming.record_conclusion(matter=matter, conclusion=f"{words} (minh hoạ)", **said)
        forming.conclude(council=ended, **said)
    _accept(office, people, members)
    dossiers = ("Mô hình nuôi cá lồng tuần hoàn nước (minh hoạ)", "Nền tảng số truy xuất nông sản (minh hoạ)")
    named = "Hội đồng xét tài trợ nhiệm vụ nông nghiệp (minh hoạ)"
    under_way = convene(office, people, members, title=named, dossiers=dossiers, meets_on=date(2026, 11, 20))
    with known_since(date(2026, 11, 20), "thành viên minh hoạ khóa phiếu"):
        for slip in slips_of(under_way):
            if slip.seat.user_id is None:
                _write(slip, FAIR, people, date(2026, 11, 20))


def _enter_members(office: Office, actor: User) -> list[Person]:
    made = []
    with known_since(date(2026, 9, 1), "nhập thành viên hội đồng minh hoạ"):
        for name, _role, _employer in MEMBERS:
            person = Person(office=office, title=name, degree="TS.", provenance=Provenance.ILLUSTRATIVE)
            person.source_note = INVENTED
            made.append(enter_person(person=person, actor=actor, on=date(2026, 9, 1)))
    return made


def convene(
    office: Office,
    people: Mapping[str, User],
    members: Sequence[Person],
    *,
    title: str,
    dossiers: Sequence[str | Record],
    meets_on: date,
    purpose: Purpose = Purpose.SELECT,
    products: Sequence[tuple[str, str, int, int]] = (),
) -> Council:
    """Lead a council until its slips are open; only one that selects scores.

    `dossiers`: records, or names where they stand in no register. `products`: what each of them promised.
    """
    clerk, director, decided = people["chuyen-vien"], people["giam-doc"], meets_on.replace(day=1)
    council = Council(
        office=office,
        title=title,
        division=clerk.division,
        responsible=clerk,
        purpose=purpose,
        regime=Regime.LAW_93,
        sheet=SHEET if purpose == Purpose.SELECT else "",
        provenance=Provenance.ILLUSTRATIVE,
        source_note=INVENTED,
    )
    said: dict[str, Any] = {"actor": clerk, "on": decided}
    with known_since(decided, "lập hội đồng minh hoạ"):
        forming.form_council(council=council, **said)
        for person, (_name, role, employer) in zip(members, MEMBERS, strict=True):
            own = people["chuyen-gia"] if person == members[OWN_SEAT] else None
            seat = Seat(council=council, person=person, user=own, role=role, employer=employer)
            forming.name_member(seat=seat, **said)
        for dossier in dossiers:
            matter = forming.add_matter(matter=_matter(council, dossier), **said)
            for product, unit, ordered, delivered in products:
                item = MatterItem(matter=matter, name=product, unit=unit, ordered=ordered, delivered=delivered)
                considering.add_item(item=item, **said)
        forming.establish(
            council=council, decision_number="MH/QĐ-SKHCN", decided_on=decided, actor=director, on=decided
        )
        forming.invite(council=council, documents_sent_on=decided, meets_on=meets_on, venue="Phòng họp số 1", **said)
    with known_since(meets_on, "mở phiếu hội đồng minh hoạ"):
        for seat in council.seats.all():
            seat.council = council
            forming.call_roll(council=seat.council, presences={seat: Presence.PRESENT}, actor=clerk, on=meets_on)
        seats = {seat.role: seat for seat in council.seats.all()}
        tellers = [seats[role] for role in (SeatRole.VICE_CHAIR, SeatRole.SECRETARY, SeatRole.MEMBER)]
        forming.choose_tellers(council=council, tellers=tellers, actor=clerk, on=meets_on)
        scoring.open_slips(council=council, actor=clerk, on=meets_on)
    return council


def _matter(council: Council, dossier: str | Record) -> Matter:
    if isinstance(dossier, str):
        return Matter(council=council, title=dossier)
    return Matter(council=council, title=dossier.title, subject_register=dossier.REGISTER, subject_id=dossier.pk)


def _accept(office: Office, people: Mapping[str, User], members: Sequence[Person]) -> None:
    """Let a council accept a task whose last product came short, yet not by too much."""
    met = date(2026, 10, 22)
    named = "Hội đồng nghiệm thu nhiệm vụ bảo quản quả (minh hoạ)"
    dossiers = ("Công nghệ bảo quản na sau thu hoạch (minh hoạ)",)
    asked: dict[str, Any] = {"title": named, "dossiers": dossiers, "meets_on": met}
    council = convene(office, people, members, purpose=Purpose.ACCEPT, products=PRODUCTS, **asked)
    said: dict[str, Any] = {"actor": people["chuyen-vien"], "on": met}
    with known_since(met, "hội đồng nghiệm thu minh hoạ kết luận"):
        for slip in slips_of(council):
            _judge(slip, people, met)
        scoring.count_slips(council=council, **said)
        words = "Nghiệm thu ở mức «Đạt»; bổ sung đủ tập huấn trước khi thanh lý. (minh hoạ)"
        forming.record_conclusion(matter=council.matters.get(), conclusion=words, **said)
        forming.conclude(council=council, **said)


def _judge(slip: Slip, people: Mapping[str, User], on: date) -> None:
    """Let one member judge: excellent where the chair sits, passed elsewhere, failed where too little came."""
    said: dict[str, Any] = {"slip": slip, "actor": slip.seat.user or people["chuyen-vien"], "on": on}
    best = Rating.EXCELLENT if slip.seat.role == SeatRole.CHAIR else Rating.PASS
    judgements: dict[str, dict[str, str]] = {REPORT: {Judged.REPORT: best}}
    for item in slip.matter.items.all():
        short = (item.delivered or 0) < (item.ordered or 0)
        quantity = Rating.FAIL if short else Rating.PASS
        judgements[str(item.pk)] = {Judged.QUANTITY: quantity, Judged.VOLUME: Rating.PASS, Judged.QUALITY: best}
    scoring.declare_interest(answer=ConflictAnswer.NONE, text="", **said)
    scoring.judge_products(judgements=judgements, remarks="Ý kiến minh hoạ.", **said)
    scoring.lock_slip(**said)


def slips_of(council: Council) -> list[Slip]:
    """Return the slips of a council with their writers."""
    rows: Any = Slip.objects.filter(seat__council=council).select_related("seat__council", "seat__person", "matter")
    return list(rows.order_by("pk"))


def _write(slip: Slip, points: Sequence[int], people: Mapping[str, User], on: date) -> None:
    said: dict[str, Any] = {"slip": slip, "actor": slip.seat.user or people["chuyen-vien"], "on": on}
    scoring.declare_interest(answer=ConflictAnswer.NONE, text="", **said)
    numbered = {order: Decimal(given) for order, given in enumerate(points, start=1)}
    scoring.write_slip(points=numbered, remarks="Ý kiến minh hoạ.", **said)
    scoring.lock_slip(**said)
