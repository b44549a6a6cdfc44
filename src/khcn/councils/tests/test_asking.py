from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, models, transaction

from khcn.councils.bodies import Sitting, body_from, teller_faults
from khcn.councils.models import Council, Question, Seat
from khcn.councils.services import asking, forming, scoring
from khcn.councils.states import Presence, SeatRole
from khcn.councils.tests.factories import (
    MEETS,
    ROLES,
    SENT,
    choose_tellers,
    count,
    fill_all,
    invite,
    make_accepting_world,
    make_world,
    open_slips,
)
from khcn.councils.tests.test_printing import paper, words_of
from khcn.councils.tests.test_views import page_of, url
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.tests.factories import make_user
from khcn.kernel.tests.forms import form_of
from khcn.kernel.workflow.services import NotPossible
from khcn.parties.tests.factories import make_person

pytestmark = pytest.mark.django_db
BODY = body_from({"least": 3, "most": 9, "documents": "3wd", "quorum": "2/3", "tellers": 2})


@pytest.fixture(autouse=True)
def _before(time_machine):
    time_machine.move_to(f"{SENT}T02:00:00+00:00", tick=False)


def member(presence=Presence.PRESENT, *, tells=True):
    return Sitting("M", SeatRole.MEMBER, presence, tells=tells)


@pytest.mark.parametrize(
    ("sitting", "faults"),
    [
        ([member(), member()], []),
        ([member(), member(), member()], []),
        ([member(), member(tells=False)], ["Cần 2 người kiểm phiếu có mặt, đang có 1."]),
        ([member(), member(Presence.ABSENT)], ["Cần 2 người kiểm phiếu có mặt, đang có 1."]),
    ],
)
def test_tellers_are_those_of_the_members_present(sitting, faults):
    assert teller_faults(BODY, sitting) == faults


def test_slips_open_once_the_tellers_of_the_rule_are_there():
    world = make_world()
    invite(world)
    here = dict.fromkeys(world.seats, Presence.PRESENT)
    forming.call_roll(council=world.council, presences=here, actor=world.specialist, on=MEETS)

    with pytest.raises(NotPossible, match="Đã chọn đủ người kiểm phiếu"):
        scoring.open_slips(council=world.council, actor=world.specialist, on=MEETS)
    choose_tellers(world)
    scoring.open_slips(council=Council.objects.get(), actor=world.specialist, on=MEETS)
    with pytest.raises(NotPossible, match="trước khi mở phiếu"):
        choose_tellers(world)


def test_who_is_not_named_counts_no_more_and_strangers_never():
    world = make_world()
    invite(world)
    choose_tellers(world)
    said = {"actor": world.specialist, "on": SENT}
    other = Council(office=world.council.office, title="Khác", purpose="advise", regime="law29")
    forming.form_council(council=other, **said)
    stranger = Seat(council=other, person=make_person("Người lạ", actor=world.specialist))
    forming.name_member(seat=stranger, **said)

    forming.choose_tellers(council=world.council, tellers=world.seats[2:5], **said)

    chosen = [seat.pk for seat in Seat.objects.filter(is_teller=True)]
    assert chosen == [seat.pk for seat in world.seats[2:5]]
    with pytest.raises(NotPossible, match="phải là thành viên của hội đồng"):
        forming.choose_tellers(council=world.council, tellers=[stranger], **said)


def test_the_minutes_and_the_page_name_the_tellers(client):
    world = make_world()
    open_slips(world)
    fill_all(world)
    count(world)
    client.force_login(world.specialist)

    assert "Người kiểm phiếu: Thành viên 1, Thành viên 2, Thành viên 3." in words_of(
        paper(client, world, "council-minutes")
    )
    assert "Phó Chủ tịch, kiểm phiếu" in client.get(page_of(world)).text


def ask(world, place=0, text="Quy trình thử ở đâu?", **said):
    values = {"matter": world.matters[0], "seat": world.seats[place], "actor": world.members[place], "on": SENT, **said}
    return asking.ask_question(text=text, **values)


def test_a_member_asks_before_the_meeting_and_the_answer_is_kept():
    world = make_world()
    invite(world)
    question = ask(world)

    asking.answer_question(question=question, answer="Tại xã mẫu", answered_on=SENT, actor=world.specialist, on=SENT)

    kept = Question.objects.get()
    assert (kept.asked_by, kept.asked_on) == ("Thành viên 0, Chủ tịch", SENT)
    assert (kept.answer, kept.answered_on) == ("Tại xã mẫu", SENT)


def test_nobody_asks_in_the_name_of_another_but_for_one_without_account():
    world = make_world(roles=ROLES[:-1])
    person = make_person("Không tài khoản", actor=world.specialist)
    paper_seat = forming.name_member(seat=Seat(council=world.council, person=person), actor=world.specialist, on=SENT)
    invite(world)

    for actor in (world.specialist, world.members[1]):
        with pytest.raises(NotPermitted):
            ask(world, actor=actor)
    with pytest.raises(NotPermitted):
        ask(world, seat=paper_seat, actor=world.members[1])
    assert ask(world, seat=paper_seat, actor=world.specialist).asked_by == "Không tài khoản, Ủy viên"


def test_questions_are_asked_after_the_decision_and_before_slips_are_open():
    world = make_world()

    with pytest.raises(NotPossible, match="trước khi mở phiếu"):
        ask(world)
    invite(world)
    with pytest.raises(NotPossible, match="Ghi câu hỏi"):
        ask(world, text=" ")
    question = ask(world)
    open_after_inviting(world)
    with pytest.raises(NotPossible, match="trước khi mở phiếu"):
        ask(world, on=MEETS)
    with pytest.raises(NotPossible, match="trước khi mở phiếu"):
        asking.answer_question(question=question, answer="x", answered_on=MEETS, actor=world.specialist, on=MEETS)


def open_after_inviting(world):
    here = dict.fromkeys(world.seats, Presence.PRESENT)
    forming.call_roll(council=world.council, presences=here, actor=world.specialist, on=MEETS)
    choose_tellers(world)
    scoring.open_slips(council=world.council, actor=world.specialist, on=MEETS)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"answer": " "}, "Ghi nội dung trả lời"),
        ({"answered_on": date(2024, 5, 1)}, "từ ngày hỏi 2/5/2024 đến ngày ghi 2/5/2024"),
        ({"answered_on": date(2024, 5, 3)}, "từ ngày hỏi 2/5/2024 đến ngày ghi 2/5/2024"),
    ],
)
def test_an_answer_has_words_and_a_day_between_the_question_and_today(said, reason):
    world = make_world()
    invite(world)
    question = ask(world)
    values = {"answer": "Có", "answered_on": SENT, **said}

    with pytest.raises(NotPossible, match=reason):
        asking.answer_question(question=question, actor=world.specialist, on=SENT, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Question).update(answer="không ngày")


def test_what_a_member_asked_stays_when_they_leave_and_goes_with_its_dossier():
    world = make_world(roles=(*ROLES, SeatRole.MEMBER), matters=2)
    invite(world)
    ask(world, 7)

    forming.drop_member(seat=world.seats[7], actor=world.specialist, on=SENT, why="Đi công tác")
    kept = Question.objects.get()
    forming.drop_matter(matter=world.matters[0], actor=world.specialist, on=SENT, why="Rút hồ sơ")

    assert (kept.seat, kept.asked_by) == (None, "Thành viên 7, Ủy viên")
    assert not Question.objects.exists()


def test_members_ask_and_the_office_answers_on_the_pages(client):
    world = make_accepting_world()
    invite(world)
    matter = world.matters[0].pk
    client.force_login(world.members[0])
    address = url("council-question", world, matter)
    client.post(address, {**form_of(client.get(address)), "text": "Quy trình thử ở đâu?"})
    question = Question.objects.get()
    client.force_login(world.specialist)
    address = url("council-answer", world, question.pk)

    client.post(address, {**form_of(client.get(address)), "answer": "Tại xã mẫu", "answered_on": "hôm nay"})
    page = client.get(url("council-dossier", world, matter)).text

    assert question.seat == world.seats[0]
    assert "Quy trình thử ở đâu?" in page
    assert "Tại xã mẫu" in page
    assert "gửi câu hỏi về hồ sơ" in page


def test_questions_are_for_members_and_answers_for_those_who_run_the_council(client):
    world = make_world()
    invite(world)
    question = ask(world)
    stranger = make_user(Role.SPECIALIST, username="la", office=world.council.office)
    places = (url("council-question", world, world.matters[0].pk), url("council-answer", world, question.pk))
    codes = {"khách": [client.get(place).status_code for place in places]}
    for reader in (world.members[1], world.specialist, stranger):
        client.force_login(reader)
        codes[reader.username] = [client.get(place).status_code for place in places]

    # Who runs the council asks only for a member without account, and here everybody has one.
    assert codes == {"khách": [302, 302], "tv1": [200, 403], "cv": [403, 200], "la": [403, 403]}


def test_a_question_after_slips_are_open_is_refused_on_the_page(client):
    world = make_world()
    open_slips(world)
    client.force_login(world.members[0])
    address = url("council-question", world, world.matters[0].pk)

    refused = client.post(address, {"seat": world.seats[0].pk, "text": "Muộn"})

    assert refused.status_code == 422
    assert "trước khi mở phiếu" in refused.text


def test_tellers_are_chosen_by_those_who_run_the_council(client):
    world = make_world()
    invite(world)
    address = url("council-tellers", world)
    codes = {"khách": client.get(address).status_code}
    for reader in (world.members[1], world.specialist):
        client.force_login(reader)
        codes[reader.username] = client.get(address).status_code

    assert codes == {"khách": 302, "tv1": 403, "cv": 200}
