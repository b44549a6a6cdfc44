from __future__ import annotations

import pytest
from django.urls import reverse

from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.services import scoring
from khcn.councils.states import ConflictAnswer, CouncilState, Presence
from khcn.councils.tests.factories import MEETS, SENT, SHEET, fill, fill_all, invite, make_world, open_slips
from khcn.kernel.access.roles import Role
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.tests.factories import make_user
from khcn.kernel.tests.forms import form_of
from khcn.parties.tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_meeting(time_machine):
    time_machine.move_to(f"{MEETS}T02:00:00+00:00", tick=False)


@pytest.fixture
def before(time_machine):
    time_machine.move_to(f"{SENT}T02:00:00+00:00", tick=False)


def page_of(world):
    return reverse("record", args=["council", world.council.code])


def url(name, world, *more):
    return reverse(name, args=[world.council.code, *more])


def slip_url(world, place=0, matter=0):
    return url("council-slip", world, world.slip(place, matter).pk)


def step(client, world, name, **said):
    address = reverse("record-step", args=["council", world.council.code, name])
    return client.post(address, {f"{name}-on": "hôm nay", **{f"{name}-{key}": value for key, value in said.items()}})


@pytest.mark.usefixtures("before")
def test_a_council_is_formed_with_members_and_matters_on_the_pages(client):
    world = make_world()
    Council.objects.get()
    client.force_login(world.specialist)
    form = form_of(client.get(reverse("council-new")))
    client.post(
        reverse("council-new"),
        {**form, "title": "Hội đồng mới", "purpose": "select", "regime": "law29", "sheet": SHEET},
    )
    made = Council.objects.get(title="Hội đồng mới")
    person = make_person("Trần Thị Mẫu", actor=world.specialist)

    client.post(
        reverse("council-seat", args=[made.code]), {"person": "Trần Thị Mẫu", "role": "chair", "employer": "Trường mẫu"}
    )
    client.post(reverse("council-matter", args=[made.code]), {"subject": "", "title": "Đề tài mẫu"})
    page = client.get(reverse("record", args=["council", made.code])).text

    assert (made.office, made.responsible, made.regime) == (world.council.office, world.specialist, "law29")
    assert Seat.objects.get(council=made).person == person
    assert Matter.objects.get(council=made).title == "Đề tài mẫu"
    assert "Trần Thị Mẫu" in page
    assert "Hội đồng phải có từ 7 đến 9 thành viên, đang có 1." in page


@pytest.mark.usefixtures("before")
def test_a_dossier_of_a_register_is_found_by_its_code_and_named_after_it(client):
    world = make_world()
    client.force_login(world.specialist)
    subject = make_person("Hồ sơ trong sổ", actor=world.specialist)

    client.post(url("council-matter", world), {"subject": subject.code, "title": ""})
    refused = client.post(url("council-matter", world), {"subject": "KHONG-CO-1", "title": ""})

    assert Matter.objects.get(subject_id=subject.pk).title == "Hồ sơ trong sổ"
    assert refused.status_code == 422
    assert "Không có đúng một hồ sơ mang mã này" in refused.text


@pytest.mark.usefixtures("at_the_meeting")
def test_the_meeting_is_led_on_the_pages_from_the_decision_to_the_conclusion(client):
    world = make_world()
    client.force_login(world.director)
    step(client, world, "establish", decision_number="12/QĐ-SKHCN", decided_on="2/5/2024")
    client.force_login(world.specialist)
    step(client, world, "invite", documents_sent_on="2/5/2024", meets_on="16/5/2024", venue="Phòng 1")
    roll = form_of(client.get(url("council-presence", world)))
    client.post(url("council-presence", world), {**roll, **{f"ghe-{seat.pk}": "present" for seat in world.seats}})
    tellers = form_of(client.get(url("council-tellers", world)))
    client.post(url("council-tellers", world), {**tellers, "tellers": [seat.pk for seat in world.seats[1:4]]})
    step(client, world, "open")
    fill_all(world)
    step(client, world, "count")
    form = form_of(client.get(url("council-conclusion", world, world.matters[0].pk)))
    client.post(url("council-conclusion", world, world.matters[0].pk), {**form, "conclusion": "Đề nghị giao"})
    step(client, world, "conclude")

    world.council.refresh_from_db()
    assert world.council.state == CouncilState.CONCLUDED
    assert "Đề nghị giao" in client.get(page_of(world)).text


@pytest.mark.usefixtures("at_the_meeting")
def test_a_member_declares_scores_and_locks_on_their_page(client):
    world = make_world()
    open_slips(world)
    client.force_login(world.members[0])
    address = slip_url(world)

    first = client.get(address)
    client.post(address, {"answer": "none", "text": ""})
    typed = {"tieu-chi-1": "12,5", "tieu-chi-2": "40", "tieu-chi-3": "30", "remarks": "Tốt"}
    kept = client.post(address, {**typed, "tieu-chi-3": "", "viec": "luu"}, follow=True)
    client.post(address, {**typed, "viec": "khoa"})
    after = client.get(address)

    assert "kê khai quan hệ và lợi ích" in first.text
    assert "Đã lưu phiếu, chưa khóa." in kept.text
    assert world.slip().points == {"1": "12.5", "2": "40", "3": "30"}
    assert world.slip().locked_at is not None
    assert "Phiếu đã khóa lúc" in after.text
    assert {"label": "1. Tính cấp thiết", "value": "12,50"} in after.context["written"]
    assert "Khóa phiếu</button>" not in after.text


@pytest.mark.usefixtures("at_the_meeting")
def test_a_paper_slip_that_was_copied_and_locked_opens_to_nobody_until_the_count(client):
    world = make_world()
    open_slips(world, written=(6,))
    member, world.members[6] = world.members[6], world.specialist
    fill(world, 6, (12, 40, 30))
    client.force_login(world.specialist)

    sealed = client.get(slip_url(world, 6))
    listed = client.get(url("council-slips", world))
    for place in range(6):
        fill(world, place, (12, 40, 30))
    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)
    client.force_login(member)

    assert (sealed.status_code, "niêm phong" in sealed.text) == (403, True)
    assert f'href="{slip_url(world, 6)}"' not in listed.text
    assert {"label": "1. Tính cấp thiết", "value": "12"} in client.get(slip_url(world, 6)).context["written"]


@pytest.mark.usefixtures("at_the_meeting")
def test_a_slip_over_its_maximum_or_unfinished_stays_open_with_what_was_typed(client):
    world = make_world()
    open_slips(world)
    client.force_login(world.members[0])
    client.post(slip_url(world), {"answer": "none"})
    typed = {"tieu-chi-1": "16", "tieu-chi-2": "", "tieu-chi-3": "30", "remarks": "Dài dòng", "viec": "khoa"}

    refused = client.post(slip_url(world), typed)

    assert refused.status_code == 422
    assert {"tieu-chi-1", "tieu-chi-2"} <= set(refused.context["form"].errors)
    assert "Dài dòng" in refused.text
    assert world.slip().locked_at is None


@pytest.mark.usefixtures("at_the_meeting")
def test_before_the_count_nobody_reads_the_slip_of_another_anywhere(client):
    world = make_world()
    open_slips(world)
    fill(world, 0, (13, 47, 29))
    secret = (">13<", ">47<", ">29<", ">89<", "Đạt yêu cầu")
    places = [
        slip_url(world),
        page_of(world),
        url("council-slips", world),
        url("council-result", world, world.matters[0].pk),
        reverse("register", args=["council"]),
        reverse("register-export", args=["council", "csv"]),
    ]
    for reader in (world.specialist, world.director, world.members[1]):
        client.force_login(reader)
        assert client.get(slip_url(world)).status_code == 403
        assert client.get(url("council-result", world, world.matters[0].pk)).status_code == 403
        for place in places:
            answer = client.get(place)
            text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.text
            assert not [one for one in secret if one in text], place
        assert "0 kết quả" in client.get(reverse("search"), {"q": "Đạt yêu cầu"}).text


@pytest.mark.usefixtures("at_the_meeting")
def test_after_the_count_members_and_runners_reckon_the_result_from_the_slips(client):
    world = make_world()
    open_slips(world)
    fill_all(world)
    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)
    stranger = make_user(Role.COUNCIL_MEMBER, username="la", office=world.council.office)
    answers = {}
    for reader in (world.specialist, world.members[3], stranger):
        client.force_login(reader)
        answers[reader.username] = client.get(url("council-result", world, world.matters[0].pk))

    assert [answers[name].status_code for name in ("cv", "tv3", "la")] == [200, 200, 404]
    assert "Đạt yêu cầu" in answers["tv3"].text
    assert "<strong>82,00</strong>" in answers["cv"].text
    assert "TT 15/2022/TT-BKHCN" in answers["cv"].text


@pytest.mark.usefixtures("at_the_meeting")
def test_who_sits_knows_of_the_council_from_its_decision_on(client):
    world = make_world()
    client.force_login(world.members[0])
    forming = client.get(page_of(world)).status_code
    invite(world)

    assert (forming, client.get(page_of(world)).status_code) == (404, 200)
    assert client.get(reverse("register", args=["council"])).status_code == 200
    assert client.get(url("council-seat", world)).status_code == 403


@pytest.mark.usefixtures("at_the_meeting")
def test_a_slip_not_handed_in_is_put_down_with_its_reason(client):
    world = make_world()
    open_slips(world)
    client.force_login(world.specialist)
    address = url("council-slip-void", world, world.slip(6).pk)

    listed = client.get(url("council-slips", world))
    client.post(address, {**form_of(client.get(address)), "reason": "Không nộp phiếu"})

    assert address in listed.text
    assert world.slip(6).void_reason == "Không nộp phiếu"


@pytest.mark.usefixtures("at_the_meeting")
def test_a_member_with_an_interest_reads_why_they_do_not_score(client):
    world = make_world()
    open_slips(world)
    client.force_login(world.members[0])

    client.post(slip_url(world), {"answer": "some", "text": "Cùng cơ quan"})

    assert "Bạn không chấm hồ sơ này" in client.get(slip_url(world)).text
    assert Slip.objects.get(seat=world.seats[0]).interest == ConflictAnswer.SOME


@pytest.mark.usefixtures("at_the_meeting")
def test_who_calls_the_roll_second_is_told_what_the_first_wrote(client):
    world = make_world()
    invite(world)
    client.force_login(world.specialist)
    address = url("council-presence", world)
    first, second = form_of(client.get(address)), form_of(client.get(address))
    here = {f"ghe-{seat.pk}": "present" for seat in world.seats}
    client.post(address, {**first, **here})

    refused = client.post(address, {**second, **here, f"ghe-{world.seats[0].pk}": "absent"})

    assert refused.status_code == 422
    assert "Chưa điểm danh → Có mặt" in refused.text
    assert Seat.objects.get(pk=world.seats[0].pk).presence == Presence.PRESENT


FORMING, INVITED, SCORING, COUNTED = range(4)


def lead_to(world, stage):
    acts = (
        lambda: None,
        lambda: invite(world),
        lambda: open_slips(world),
        lambda: (open_slips(world), fill_all(world)),
    )
    acts[stage]()
    if stage == COUNTED:
        scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)


@pytest.mark.usefixtures("at_the_meeting")
@pytest.mark.parametrize("stage", [FORMING, INVITED, SCORING, COUNTED])
@pytest.mark.parametrize("matters", [1, 4])
def test_the_page_costs_the_same_however_much_is_considered(client, stage, matters, django_assert_max_num_queries):
    world = make_world(matters=matters)
    lead_to(world, stage)
    for reader in (world.specialist, world.members[0]):
        client.force_login(reader)
        client.get(page_of(world))
        with django_assert_max_num_queries(20):
            client.get(page_of(world))


@pytest.mark.parametrize(
    "key",
    [
        "council.body.advise.law93",
        "council.sheet.NAT-APPLIED-2023",
        "council.fee.accept",
        "research.rating.law29",
        "research.outside.pass-share",
    ],
)
def test_an_administrator_changes_a_rule_of_councils(client, key):
    world = make_world()
    administrator = make_user(Role.ADMINISTRATOR, username="qt", office=world.council.office)
    client.force_login(administrator)
    rule = Rule.objects.get(key=key)
    address = reverse("rule-replace", args=[key, rule.pk])

    page = client.get(address)
    form = page.context["form"]
    read = form.asking.read({"gia_tri": form["gia_tri"].value()})

    assert page.status_code == 200
    assert read == rule.value
