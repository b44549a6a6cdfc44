"""The demonstration's results done without the State's money: one certified, one that waits; all invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from khcn.config.demo.councils import MEMBERS, convene, slips_of
from khcn.config.demo.facts import known_since
from khcn.councils.models import Council
from khcn.councils.services import forming, scoring
from khcn.councils.states import ConflictAnswer, Purpose, SeatRole, Vote
from khcn.kernel.identity.models import Office, User
from khcn.kernel.records.record import Provenance
from khcn.parties.models import Organisation, Person
from khcn.research.models import OutsideResult
from khcn.research.services import outside

INVENTED = "Dữ liệu minh hoạ: kết quả, bên đề nghị, số tiền và phiếu đều do nhóm phát triển đặt ra."
MILLION = 1_000_000
Said = dict[str, Any]


def load(office: Office, people: Mapping[str, User]) -> None:
    """Load a result that a council passed, and one that waits for its council."""
    staff = people["chuyen-vien"]
    tea: Said = {"title": "Máy sao chè dùng khí nóng tuần hoàn (minh hoạ)", "cost_vnd": 640 * MILLION}
    tea["applicant"] = Organisation.objects.get(office=office, title="Doanh nghiệp minh hoạ Hai")
    tea["funding_text"] = "Vốn tự có của bên đề nghị (minh hoạ)"
    tea["content"] = "Mẫu máy đã chạy thử hai vụ, giảm nhiên liệu trên mỗi mẻ (minh hoạ)."
    result = _receive(office, staff, date(2026, 9, 14), **tea)
    _complete(result, staff)
    _evaluate(result, office, people)
    diary: Said = {"title": "Phần mềm ghi nhật ký vùng trồng na (minh hoạ)", "cost_vnd": 85 * MILLION}
    diary["applicant_text"] = "Hợp tác xã na minh hoạ"
    diary["funding_text"] = "Vốn góp của thành viên (minh hoạ)"
    diary["content"] = "Ứng dụng điện thoại ghi nhật ký canh tác, dùng ở 30 hộ (minh hoạ)."
    waiting, valid = _receive(office, staff, date(2026, 11, 3), **diary), date(2026, 11, 9)
    with known_since(valid, "ghi hồ sơ hợp lệ minh hoạ"):
        outside.find_valid(result=waiting, complete_on=valid, actor=staff, on=valid)


def _receive(office: Office, staff: User, on: date, **said: Any) -> OutsideResult:
    result = OutsideResult(office=office, division=staff.division, responsible=staff, received_on=on, **said)
    result.provenance, result.source_note = Provenance.ILLUSTRATIVE, INVENTED
    with known_since(on, "nhận hồ sơ đề nghị đánh giá minh hoạ"):
        return outside.receive_result(result=result, actor=staff, on=on)


def _complete(result: OutsideResult, staff: User) -> None:
    """Ask for what the dossier lacks, take it, find the dossier valid."""
    asked, came, valid = date(2026, 9, 16), date(2026, 9, 21), date(2026, 9, 22)
    with known_since(asked, "yêu cầu bổ sung minh hoạ"):
        outside.ask_supplement(result=result, note="Thiếu biên bản chạy thử (minh hoạ).", actor=staff, on=asked)
    with known_since(came, "nhận bổ sung minh hoạ"):
        outside.receive_supplement(result=result, supplemented_on=came, actor=staff, on=came)
    with known_since(valid, "ghi hồ sơ hợp lệ minh hoạ"):
        outside.find_valid(result=result, complete_on=valid, actor=staff, on=valid)


def _evaluate(result: OutsideResult, office: Office, people: Mapping[str, User]) -> None:
    """Let a council pass the result, and record the certificate."""
    staff, met, certified = people["chuyen-vien"], date(2026, 10, 6), date(2026, 10, 12)
    names = [name for name, _role, _employer in MEMBERS]
    known = {one.title: one for one in Person.objects.of_office(office).filter(title__in=names)}
    named = "Hội đồng đánh giá máy sao chè (minh hoạ)"
    asked: Said = {"title": named, "dossiers": [result], "meets_on": met, "purpose": Purpose.EVALUATE}
    council = convene(office, people, [known[name] for name in names], **asked)
    with known_since(met, "hội đồng đánh giá minh hoạ kết luận"):
        outside.send_to_council(result=result, actor=staff, on=met)
        _vote(council, staff, met)
    with known_since(certified, "cấp giấy chứng nhận minh hoạ"):
        said: Said = {"certificate_number": "MH-01/GCN-UBND", "certified_on": certified}
        outside.certify(result=result, actor=staff, on=certified, **said)


def _vote(council: Council, staff: User, met: date) -> None:
    """Let all but one reviewer say passed, and conclude."""
    said: Said = {"actor": staff, "on": met}
    slips = slips_of(council)
    doubter = next(one.seat_id for one in slips if one.seat.role == SeatRole.REVIEWER)
    for slip in slips:
        writing: Said = {"slip": slip, "actor": slip.seat.user or staff, "on": met}
        scoring.declare_interest(answer=ConflictAnswer.NONE, text="", **writing)
        vote = Vote.FAIL if slip.seat_id == doubter else Vote.PASS
        scoring.cast_vote(vote=vote, remarks="Ý kiến minh hoạ.", **writing)
        scoring.lock_slip(**writing)
    scoring.count_slips(council=council, **said)
    matter = council.matters.get()
    matter.council = council
    forming.record_conclusion(matter=matter, conclusion="Đề nghị cấp giấy chứng nhận (minh hoạ).", **said)
    forming.conclude(council=council, **said)
