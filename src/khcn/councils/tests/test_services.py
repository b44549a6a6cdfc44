from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import models

from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.permissions import may_read_slip
from khcn.councils.rules import Verdict
from khcn.councils.selectors import count_of
from khcn.councils.services import forming, scoring
from khcn.councils.states import ConflictAnswer, CouncilState, Presence, SeatRole
from khcn.councils.tests.factories import (
    MEETS,
    ROLES,
    SENT,
    choose_tellers,
    fill,
    fill_all,
    invite,
    make_world,
    open_slips,
)
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.records.history import history_of
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.workflow.services import NotPossible
from khcn.parties.tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def test_a_council_goes_from_its_members_to_its_conclusion():
    world = make_world()
    open_slips(world)
    fill_all(world)
    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)

    found = count_of(world.council, world.matters[0])
    forming.record_conclusion(matter=world.matters[0], conclusion="Đề nghị giao", actor=world.specialist, on=MEETS)
    forming.conclude(council=world.council, actor=world.specialist, on=MEETS)

    assert (found.mean, found.verdict) == (82, Verdict.UNDECIDED)  # that sheet sets no threshold
    assert Council.objects.get().state == CouncilState.CONCLUDED
    told = [entry.label for entry in history_of(world.council)]
    assert told[:5] == [
        "ghi biên bản đã thông qua",
        "kiểm phiếu",
        "mở phiếu",
        "gửi tài liệu, hẹn ngày họp",
        "ghi quyết định thành lập",
    ]


def test_a_composition_that_the_rule_does_not_allow_is_not_established():
    world = make_world(roles=ROLES[:-1])

    with pytest.raises(NotPossible, match="Đủ số thành viên"):
        forming.establish(council=world.council, decision_number="1", decided_on=SENT, actor=world.director, on=SENT)


def test_a_decision_of_a_day_to_come_is_not_recorded():
    world = make_world()

    with pytest.raises(NotPossible, match="sau ngày ghi"):
        forming.establish(
            council=world.council, decision_number="1", decided_on=date(2024, 5, 3), actor=world.director, on=SENT
        )


def test_documents_go_out_working_days_before_the_meeting():
    world = make_world()

    # Saturday 4/5/2024 was a working day, swapped for the Monday before the holidays.
    with pytest.raises(
        NotPossible, match=r"trước ngày họp 9/5/2024 ít nhất 7 ngày làm việc, chậm nhất 26/4/2024 \(TT 20"
    ):
        invite(world, meets_on=date(2024, 5, 9))
    forming.invite(
        council=world.council,
        documents_sent_on=SENT,
        meets_on=date(2024, 5, 10),
        venue="",
        actor=world.specialist,
        on=SENT,
    )
    assert world.council.state == CouncilState.INVITED


def test_slips_open_on_the_day_once_the_quorum_is_there():
    world = make_world()
    invite(world)
    for seat in world.seats[:4]:
        forming.call_roll(council=seat.council, presences={seat: Presence.PRESENT}, actor=world.specialist, on=MEETS)

    with pytest.raises(NotPossible, match="Chưa đến ngày họp"):
        scoring.open_slips(council=world.council, actor=world.specialist, on=SENT)
    with pytest.raises(NotPossible, match="đủ số thành viên phải có mặt"):
        scoring.open_slips(council=world.council, actor=world.specialist, on=MEETS)
    assert not Slip.objects.exists()


def test_only_members_in_the_room_or_with_a_written_slip_have_slips():
    world = make_world(matters=2)
    open_slips(world, absent=(6,), written=(5,))

    assert Slip.objects.count() == 6 * 2
    assert not Slip.objects.filter(seat=world.seats[6]).exists()


def test_nobody_writes_the_slip_of_another():
    world = make_world()
    open_slips(world)

    for actor in (world.members[1], world.specialist, world.director):
        with pytest.raises(NotPermitted):
            scoring.declare_interest(slip=world.slip(0), answer=ConflictAnswer.NONE, text="", actor=actor, on=MEETS)


def test_a_written_slip_is_entered_by_those_who_run_the_council_and_stays_out_of_the_mean():
    world = make_world()
    open_slips(world, written=(6,))
    for place in range(6):
        fill(world, place, (12, 40, 30))
    world.members[6] = world.specialist
    fill(world, 6, (0, 0, 0))
    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)

    found = count_of(world.council, world.matters[0])

    assert found.mean == 82
    assert found.left_out == {str(world.seats[6].pk): "thành viên vắng mặt, phiếu chỉ để tham khảo"}


def test_a_slip_that_a_member_began_is_not_written_on_by_those_who_run_the_council():
    world = make_world()
    open_slips(world, written=(5, 6))
    begun, blank = world.slip(5), world.slip(6)
    scoring.declare_interest(slip=begun, answer=ConflictAnswer.NONE, text="", actor=world.members[5], on=MEETS)

    with pytest.raises(NotPermitted, match="mỗi người chỉ ghi phiếu của mình"):
        scoring.write_slip(slip=begun, points={1: Decimal(1)}, remarks="", actor=world.specialist, on=MEETS)
    scoring.declare_interest(slip=blank, answer=ConflictAnswer.NONE, text="", actor=world.specialist, on=MEETS)

    assert blank.written_by == world.specialist


def test_a_slip_is_scored_after_interests_were_declared():
    world = make_world()
    open_slips(world)
    slip, member = world.slip(0), world.members[0]

    with pytest.raises(NotPossible, match="Kê khai xung đột lợi ích trước khi chấm"):
        scoring.write_slip(slip=slip, points={1: Decimal(1)}, remarks="", actor=member, on=MEETS)
    with pytest.raises(NotPossible, match="Ghi rõ quan hệ"):
        scoring.declare_interest(slip=slip, answer=ConflictAnswer.SOME, text=" ", actor=member, on=MEETS)


def test_a_member_with_an_interest_does_not_score_and_is_not_counted():
    world = make_world()
    open_slips(world)
    scoring.declare_interest(
        slip=world.slip(0), answer=ConflictAnswer.SOME, text="Cùng cơ quan", actor=world.members[0], on=MEETS
    )
    for place in range(1, 7):
        fill(world, place, (12, 40, 30))

    with pytest.raises(NotPossible, match="không chấm hồ sơ này"):
        scoring.lock_slip(slip=world.slip(0), actor=world.members[0], on=MEETS)
    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)
    assert len(count_of(world.council, world.matters[0]).counted) == 6


def test_a_locked_slip_cannot_change_and_locking_twice_is_locking_once():
    world = make_world()
    open_slips(world)
    locked = fill(world, 0, (12, 40, 30))

    again = scoring.lock_slip(slip=world.slip(0), actor=world.members[0], on=MEETS)

    assert again.locked_at == locked.locked_at
    with pytest.raises(NotPossible, match="Phiếu đã khóa"):
        scoring.write_slip(slip=world.slip(0), points={1: Decimal(1)}, remarks="", actor=world.members[0], on=MEETS)
    with pytest.raises(NotPossible, match="Phiếu đã khóa"):
        scoring.declare_interest(
            slip=world.slip(0), answer=ConflictAnswer.SOME, text="x", actor=world.members[0], on=MEETS
        )


def test_a_slip_over_its_maximum_is_refused_with_the_rule():
    world = make_world()
    open_slips(world)

    with pytest.raises(NotPossible, match=r"tiêu chí 1 «Tính cấp thiết» cho 15,5 điểm; phiếu «PRODUCTIVITY-2022»"):
        fill(world, 0, ("15.5", 40, 30))
    assert Slip.objects.get(seat=world.seats[0]).points == {}


def test_an_unfinished_slip_is_kept_and_not_locked():
    world = make_world()
    open_slips(world)
    fill(world, 0, (12,), lock=False)

    with pytest.raises(NotPossible, match=r"chưa cho điểm tiêu chí 2"):
        scoring.lock_slip(slip=world.slip(0), actor=world.members[0], on=MEETS)
    assert world.slip(0).points == {"1": "12"}


def test_the_count_waits_for_every_slip_or_the_reason_it_is_irregular():
    world = make_world()
    open_slips(world)
    for place in range(6):
        fill(world, place, (12, 40, 30))

    with pytest.raises(NotPossible, match="Mọi phiếu đã khóa"):
        scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)
    scoring.set_aside_slip(slip=world.slip(6), reason="Không nộp phiếu", actor=world.specialist, on=MEETS)
    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)

    assert count_of(world.council, world.matters[0]).left_out == {str(world.seats[6].pk): "phiếu không hợp lệ"}
    with pytest.raises(NotPossible, match="khi hội đồng đang đánh giá"):
        fill(world, 6, (1, 1, 1))


def test_a_locked_slip_is_never_set_aside():
    world = make_world()
    open_slips(world)
    fill(world, 0, (12, 40, 30))

    with pytest.raises(NotPossible, match="Phiếu đã khóa"):
        scoring.set_aside_slip(slip=world.slip(0), reason="không vừa ý", actor=world.director, on=MEETS)


def test_a_slip_changed_behind_the_product_stops_the_count():
    world = make_world()
    open_slips(world)
    fill_all(world)
    slip = world.slip(0)
    slip.points = {"1": "1", "2": "1", "3": "1"}
    with recording(actor=None, verb="forge", label="sửa lén"):
        slip.save()

    with pytest.raises(NotPossible, match=r"Phiếu không khớp dấu đã khóa: Thành viên 0"):
        scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)
    assert Council.objects.get().state == CouncilState.SCORING


def test_a_rule_changed_after_the_slips_opened_changes_no_result():
    world = make_world()
    open_slips(world)
    fill_all(world)
    rule = Rule.objects.get(key=f"council.sheet.{world.council.sheet}")
    rule.value = {"criteria": [["Khác", 1]]}
    with recording(actor=None, verb="edit", label="sửa"):
        rule.save()

    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)

    assert count_of(Council.objects.get(), world.matters[0]).mean == 82


def test_members_and_matters_change_with_a_reason_after_the_decision_and_not_once_slips_are_open():
    world = make_world(roles=(*ROLES, SeatRole.MEMBER))
    invite(world)
    person = make_person("Người mới", actor=world.specialist)
    fresh = Seat(council=world.council, person=person)

    with pytest.raises(NotPossible, match="ghi lý do thay đổi"):
        forming.name_member(seat=fresh, actor=world.specialist, on=SENT)
    forming.name_member(seat=fresh, actor=world.specialist, on=SENT, why="QĐ 15/QĐ-SKHCN")
    forming.drop_member(seat=fresh, actor=world.specialist, on=SENT, why="Đi công tác")
    for seat in world.seats:
        forming.call_roll(council=seat.council, presences={seat: Presence.PRESENT}, actor=world.specialist, on=MEETS)
    choose_tellers(world)
    scoring.open_slips(council=world.council, actor=world.specialist, on=MEETS)

    with pytest.raises(NotPossible, match="Phiếu đã mở"):
        forming.drop_member(seat=world.seats[7], actor=world.specialist, on=MEETS, why="thôi")
    with pytest.raises(NotPossible, match="Phiếu đã mở"):
        forming.add_matter(
            matter=Matter(council=world.council, title="Muộn"), actor=world.specialist, on=MEETS, why="sót"
        )


def test_a_person_or_an_account_sits_once_and_a_dossier_is_considered_once():
    world = make_world()
    subject = make_person("Hồ sơ", actor=world.specialist)
    stranger = make_person("Người khác", actor=world.specialist)
    about = {"title": "Hồ sơ", "subject_register": subject.REGISTER, "subject_id": subject.pk}
    forming.add_matter(matter=Matter(council=world.council, **about), actor=world.specialist, on=SENT)

    sits = Seat(council=world.council, person=world.seats[0].person)
    with pytest.raises(NotPossible, match="đã có trong hội đồng"):
        forming.name_member(seat=sits, actor=world.specialist, on=SENT)
    borrowed = Seat(council=world.council, person=stranger, user=world.members[0])
    with pytest.raises(NotPossible, match="đã thuộc một thành viên khác"):
        forming.name_member(seat=borrowed, actor=world.specialist, on=SENT)
    with pytest.raises(NotPossible, match="đã xem xét hồ sơ này"):
        forming.add_matter(matter=Matter(council=world.council, **about), actor=world.specialist, on=SENT)


def test_a_person_of_whom_an_interest_is_known_is_not_named(monkeypatch):
    world = make_world()
    person = make_person("Người liên quan", actor=world.specialist)

    def fact(matter, who):
        return [f"{who} chủ nhiệm «{matter}»."] if who == person else []

    monkeypatch.setattr(forming, "interest_facts", [fact])

    with pytest.raises(NotPossible, match="Người liên quan chủ nhiệm «Hồ sơ mẫu 0»"):
        forming.name_member(seat=Seat(council=world.council, person=person), actor=world.specialist, on=SENT)


def test_a_council_is_dissolved_with_the_reason():
    world = make_world()

    with pytest.raises(NotPossible, match="Ghi lý do"):
        forming.dissolve(council=world.council, actor=world.director, on=SENT, note="")
    forming.dissolve(council=world.council, actor=world.director, on=SENT, note="Không còn hồ sơ")
    assert Council.objects.get().state == CouncilState.DISSOLVED


@pytest.mark.parametrize(
    "forged",
    [
        {"points": {"1": "1", "2": "1", "3": "1"}},
        {"void_reason": "không vừa ý"},
        {"interest_text": "thêm vào sau"},
    ],
)
def test_whatever_is_changed_of_a_locked_slip_behind_the_product_stops_the_count(forged):
    world = make_world()
    open_slips(world)
    fill_all(world)
    models.QuerySet(Slip).filter(pk=world.slip(0).pk).update(**forged)

    with pytest.raises(NotPossible, match="Phiếu không khớp dấu đã khóa: Thành viên 0"):
        scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)


def test_a_slip_taken_away_behind_the_product_stops_the_count():
    world = make_world()
    open_slips(world)
    fill_all(world)
    models.QuerySet(Slip).filter(pk=world.slip(0).pk).delete()

    with pytest.raises(NotPossible, match="Số phiếu không khớp"):
        scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)


def test_who_read_the_council_before_the_slips_opened_changes_nothing_of_it_afterwards():
    world = make_world()
    council = Council.objects.get()
    seat = Seat.objects.get(pk=world.seats[0].pk)
    seat.council = council
    open_slips(world)
    person = make_person("Muộn", actor=world.specialist)
    said = {"actor": world.specialist, "on": MEETS}
    acts = [
        lambda: forming.call_roll(council=council, presences={seat: Presence.WRITTEN}, **said),
        lambda: forming.name_member(seat=Seat(council=council, person=person), **said, why="x"),
        lambda: forming.drop_member(seat=seat, **said, why="x"),
        lambda: forming.add_matter(matter=Matter(council=council, title="Muộn"), **said, why="x"),
    ]

    for act in acts:
        with pytest.raises(NotPossible):
            act()
    assert Seat.objects.get(pk=seat.pk).presence == Presence.PRESENT
    assert Seat.objects.count() == 7


def test_a_withdrawn_council_takes_no_slip():
    world = make_world()
    open_slips(world)
    council = Council.objects.get()
    council.withdrawn_on, council.withdrawal_reason = MEETS, "nhầm"
    with recording(actor=None, verb="withdraw", label="thu hồi"):
        council.save()

    with pytest.raises(NotPossible, match="khi hội đồng đang đánh giá"):
        fill(world, 0, (12, 40, 30))
    with pytest.raises(NotPossible, match="không còn mở"):
        scoring.set_aside_slip(slip=world.slip(1), reason="x", actor=world.specialist, on=MEETS)


def test_a_withdrawn_council_takes_no_roll_and_no_member():
    world = make_world()
    invite(world)
    council = Council.objects.get()
    council.withdrawn_on, council.withdrawal_reason = SENT, "nhầm"
    with recording(actor=None, verb="withdraw", label="thu hồi"):
        council.save()
    said = {"actor": world.specialist, "on": MEETS}

    with pytest.raises(NotPossible, match="Hội đồng đã thu hồi"):
        forming.call_roll(council=council, presences={world.seats[0]: Presence.PRESENT}, **said)
    with pytest.raises(NotPossible, match="Hội đồng đã thu hồi"):
        forming.add_matter(matter=Matter(council=council, title="x"), why="x", **said)


def test_nobody_names_a_member_with_their_own_account():
    world = make_world(roles=ROLES[:-1])
    person = make_person("Người tổ chức", actor=world.specialist)
    seat = Seat(council=world.council, person=person, user=world.specialist)

    with pytest.raises(NotPossible, match="không tự ghi tài khoản của mình"):
        forming.name_member(seat=seat, actor=world.specialist, on=SENT)
    assert forming.name_member(seat=seat, actor=world.director, on=SENT).pk


def test_a_council_that_lost_members_since_the_decision_does_not_open():
    world = make_world()
    invite(world)
    for seat in world.seats[5:]:
        forming.drop_member(seat=seat, actor=world.specialist, on=SENT, why="đi công tác")
    here = dict.fromkeys(world.seats[:5], Presence.PRESENT)
    forming.call_roll(council=world.council, presences=here, actor=world.specialist, on=MEETS)

    with pytest.raises(NotPossible, match="Đủ số thành viên và vai trò"):
        scoring.open_slips(council=world.council, actor=world.specialist, on=MEETS)


def test_a_council_does_not_consider_itself_nor_send_documents_in_the_future():
    world = make_world()
    itself = {"subject_register": world.council.REGISTER, "subject_id": world.council.pk}
    matter = Matter(council=world.council, title="x", **itself)

    with pytest.raises(NotPossible, match="không xem xét chính mình"):
        forming.add_matter(matter=matter, actor=world.specialist, on=SENT)
    with pytest.raises(NotPossible, match="Ngày gửi tài liệu chưa đến"):
        invite(world, documents_sent_on=date(2024, 5, 3))


def test_the_count_is_not_of_a_day_before_the_meeting():
    world = make_world()
    open_slips(world)
    fill_all(world)

    with pytest.raises(NotPossible, match="Chưa đến ngày họp"):
        scoring.count_slips(council=world.council, actor=world.specialist, on=SENT)


def test_a_member_leaves_a_council_that_is_being_formed_only_with_a_reason_too():
    world = make_world()

    with pytest.raises(NotPossible, match="Ghi lý do bỏ thành viên"):
        forming.drop_member(seat=world.seats[0], actor=world.specialist, on=SENT, why=" ")


def test_a_dossier_in_which_a_member_has_a_known_interest_is_not_considered(monkeypatch):
    world = make_world()
    monkeypatch.setattr(forming, "interest_facts", [lambda matter, who: [f"{who} viết «{matter}»."]])

    with pytest.raises(NotPossible, match="Thành viên 0 viết «Mới»"):
        forming.add_matter(matter=Matter(council=world.council, title="Mới"), actor=world.specialist, on=SENT)


def test_documents_may_be_due_days_before_the_meeting():
    world = make_world()
    rule = Rule.objects.get(key="council.body.select.law29", valid_to=None)
    rule.value = {**rule.value, "documents": "10d"}
    with recording(actor=None, verb="edit", label="sửa"):
        rule.save()

    with pytest.raises(NotPossible, match="chậm nhất 1/5/2024"):
        invite(world, meets_on=date(2024, 5, 11))


def test_a_roll_called_again_alike_writes_nothing():
    world = make_world()
    invite(world)
    here = {world.seats[0]: Presence.PRESENT}
    forming.call_roll(council=world.council, presences=here, actor=world.specialist, on=MEETS)
    before = Seat.Version._base_manager.count()

    forming.call_roll(council=world.council, presences=here, actor=world.specialist, on=MEETS)

    assert Seat.Version._base_manager.count() == before


def test_nothing_is_concluded_before_the_count():
    world = make_world()
    open_slips(world)

    with pytest.raises(NotPossible, match="Ghi kết luận sau khi kiểm phiếu"):
        forming.record_conclusion(matter=world.matters[0], conclusion="Giao", actor=world.specialist, on=MEETS)


def test_a_member_without_an_account_has_a_slip_and_no_duty():
    world = make_world(roles=ROLES[:-1])
    person = make_person("Không tài khoản", actor=world.specialist)
    seat = Seat(council=world.council, person=person)
    world.seats.append(forming.name_member(seat=seat, actor=world.specialist, on=SENT))
    open_slips(world)

    assert Slip.objects.filter(seat=seat).count() == 1
    assert Obligation.objects.about(world.council.ref).open().count() == 6


def test_a_slip_is_put_down_only_with_a_reason_and_is_written_no_more():
    world = make_world()
    open_slips(world)
    said = {"actor": world.specialist, "on": MEETS}

    with pytest.raises(NotPossible, match="Ghi lý do phiếu không hợp lệ"):
        scoring.set_aside_slip(slip=world.slip(0), reason=" ", **said)
    scoring.set_aside_slip(slip=world.slip(0), reason="Không nộp", **said)
    with pytest.raises(NotPossible, match="đã được ghi là không hợp lệ"):
        fill(world, 0, (1, 1, 1))


def test_who_wrote_a_slip_reads_it_at_any_time_and_others_after_the_count():
    world = make_world()
    open_slips(world)
    fill_all(world)
    slip = world.slip(0)
    readers = (world.members[0], world.members[1], world.specialist)
    sealed = [may_read_slip(reader, slip).allowed for reader in readers]
    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)

    assert sealed == [True, False, False]
    assert [may_read_slip(reader, world.slip(0)).allowed for reader in readers] == [True, True, True]
