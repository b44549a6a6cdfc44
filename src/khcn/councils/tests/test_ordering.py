from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, models, transaction

from khcn.councils.models import Council, Matter
from khcn.councils.selectors import ranking_of
from khcn.councils.services import considering, forming
from khcn.councils.states import KnownFact
from khcn.councils.tests.factories import MEETS, SENT, count, fill, make_accepting_world, make_world, open_slips
from khcn.councils.tests.test_printing import paper, words_of
from khcn.councils.tests.test_views import page_of, url
from khcn.kernel.access.roles import Role
from khcn.kernel.records.history import history_of
from khcn.kernel.tests.factories import make_user
from khcn.kernel.tests.forms import form_of
from khcn.kernel.workflow.services import NotPossible

pytestmark = pytest.mark.django_db
GOOD, FAIR, POOR = (11, 21, 14, 14, 13, 14), (10, 19, 13, 12, 12, 13), (5, 9, 7, 6, 5, 8)


@pytest.fixture(autouse=True)
def _at_the_meeting(time_machine):
    time_machine.move_to(f"{MEETS}T02:00:00+00:00", tick=False)


def scored(*points, **standing):
    """Return a council whose members gave each dossier the points said; `standing`: of each dossier in turn."""
    world = make_world(sheet="NAT-APPLIED-2023", matters=len(points))
    for matter, said in zip(world.matters, standing.get("of", ()), strict=False):
        stand(world, matter, on=SENT, **said)
    open_slips(world)
    for number, given in enumerate(points):
        for place in range(7):
            fill(world, place, given, number)
    count(world)
    return world


def stand(world, matter, *, on=MEETS, why="", **said):
    values = {"asked_vnd": None, "host_proposed": False, "led_excellent": KnownFact.UNKNOWN, **said}
    return considering.record_standing(matter=matter, actor=world.specialist, on=on, why=why, **values)


def order_of(world):
    return [(matter.title, place.rank) for matter, place in ranking_of(Council.objects.get())]


def test_dossiers_stand_by_their_mean_and_those_below_the_threshold_have_no_place():
    world = scored(FAIR, GOOD, POOR)

    assert order_of(world) == [("Hồ sơ mẫu 1", 1), ("Hồ sơ mẫu 0", 2), ("Hồ sơ mẫu 2", None)]


def test_a_host_that_proposed_the_task_gains_its_bonus():
    world = scored(FAIR, (10, 20, 13, 13, 12, 13), of=({"host_proposed": True},))

    first = ranking_of(Council.objects.get())[0][1]

    assert order_of(world)[0] == ("Hồ sơ mẫu 0", 1)
    assert (first.candidate.count.mean, first.score) == (79, Decimal("86.9"))


def test_of_equal_dossiers_the_one_that_asks_for_less_stands_first():
    world = scored(GOOD, GOOD, of=({"asked_vnd": Decimal(900_000_000)}, {"asked_vnd": Decimal(800_000_000)}))

    places = ranking_of(Council.objects.get())

    assert order_of(world) == [("Hồ sơ mẫu 1", 1), ("Hồ sơ mẫu 0", 2)]
    assert "kinh phí ngân sách đề nghị, thấp hơn xếp trước" in places[0][1].reasons[-1]


def test_equal_dossiers_are_told_apart_after_the_count_once_their_facts_are_put_down_with_the_reason():
    world = scored(GOOD, GOOD)
    first, second = Council.objects.get().matters.all()
    equal = order_of(world)

    with pytest.raises(NotPossible, match="ghi lý do thay đổi"):
        stand(world, first, asked_vnd=Decimal(2))
    stand(world, first, asked_vnd=Decimal(2), why="Theo thuyết minh")
    stand(world, second, asked_vnd=Decimal(2), led_excellent=KnownFact.YES, why="QĐ công nhận")
    half_known = order_of(world)
    stand(world, first, asked_vnd=Decimal(2), led_excellent=KnownFact.NO, why="Không có")

    assert [place for _title, place in equal] == [place for _title, place in half_known] == [1, 1]
    assert order_of(world) == [("Hồ sơ mẫu 1", 1), ("Hồ sơ mẫu 0", 2)]
    assert history_of(first)[0].why == "Không có"


def test_dossiers_of_one_title_each_have_their_place():
    world = scored(GOOD, GOOD)
    models.QuerySet(Matter).update(title="Cùng tên")

    assert len(order_of(world)) == 2


def test_there_is_no_order_before_the_count_nor_of_one_dossier_nor_without_points():
    world = make_world(sheet="NAT-APPLIED-2023", matters=2)
    open_slips(world)

    assert order_of(world) == []
    assert ranking_of(make_accepting_world_beside(world)) == []


def make_accepting_world_beside(world):
    council = Council(office=world.council.office, title="Khác", purpose="accept", regime="law29")
    return forming.form_council(council=council, actor=world.specialist, on=SENT)


def test_one_dossier_alone_is_not_ranked():
    world = scored(GOOD)

    assert order_of(world) == []


def test_standing_is_for_councils_that_select_and_until_the_minutes_are_approved():
    world = scored(GOOD, GOOD)
    for matter in Council.objects.get().matters.all():
        forming.record_conclusion(matter=matter, conclusion="Đề nghị", actor=world.specialist, on=MEETS)
    forming.conclude(council=Council.objects.get(), actor=world.specialist, on=MEETS)

    with pytest.raises(NotPossible, match="Hội đồng đã kết thúc"):
        stand(world, Council.objects.get().matters.first(), why="muộn")


def test_an_acceptance_has_no_standing():
    world = make_accepting_world()

    with pytest.raises(NotPossible, match="Chỉ hội đồng tuyển chọn có chấm điểm"):
        stand(world, world.matters[0], on=SENT)


def test_a_budget_below_nothing_cannot_be_kept():
    make_world()

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Matter).update(asked_vnd=-1)


def test_the_page_shows_rank_mean_bonus_and_why(client):
    facts = ({"host_proposed": True, "asked_vnd": Decimal(500)}, {"asked_vnd": Decimal(400)})
    world = scored(FAIR, GOOD, of=facts)
    client.force_login(world.members[0])

    page = client.get(url("council-ranking", world))
    rows = [[cell["text"] if isinstance(cell, dict) else cell for cell in row["cells"]] for row in page.context["rows"]]

    assert [row[:5] for row in rows] == [
        ["1", "Hồ sơ mẫu 1", "87,00", "—", "87,00"],
        ["2", "Hồ sơ mẫu 0", "79,00", "7,90", "86,90"],
    ]
    assert "cộng 10% vì tổ chức đã đề xuất nhiệm vụ" in page.text
    assert "TT 20/2023/TT-BKHCN" in page.text
    assert url("council-ranking", world) in client.get(page_of(world)).text


def test_scores_that_would_look_alike_are_written_with_the_decimals_that_tell_them_apart(client):
    near = [("10", "19", "13", "12", "12", "13.00"), ("10", "19", "13", "12", "12", "13.02")]
    world = make_world(sheet="NAT-APPLIED-2023", matters=2)
    open_slips(world)
    for number in range(2):
        for place in range(7):
            fill(world, place, near[number if place == 0 else 0], number)
    count(world)
    client.force_login(world.specialist)

    page = client.get(url("council-ranking", world))

    assert [row["cells"][4] for row in page.context["rows"]] == ["79,002857…", "79,00"]


def test_the_minutes_hold_the_order(client):
    world = scored(FAIR, GOOD, POOR)
    client.force_login(world.specialist)
    last = client.get(url("council-ranking", world)).context["rows"][2]["cells"]

    said = words_of(paper(client, world, "council-minutes"))

    assert last[:1] == ["—"]
    assert "chưa đạt ngưỡng 70" in last[5]
    assert "Xếp hạng các hồ sơ:" in said
    assert said.index("Điểm xếp hạng") < said.rindex("Hồ sơ mẫu 1") < said.rindex("Hồ sơ mẫu 0")


def test_the_order_is_for_those_who_sit_or_run_after_the_count(client):
    world = make_world(sheet="NAT-APPLIED-2023", matters=2)
    open_slips(world)
    address = url("council-ranking", world)
    stranger = make_user(Role.SPECIALIST, username="la", office=world.council.office)
    anonymous = client.get(address).status_code
    client.force_login(stranger)
    other = client.get(address).status_code
    client.force_login(world.specialist)
    early = client.get(address, follow=True)

    assert (anonymous, other) == (302, 403)
    assert "Xếp hạng có sau khi kiểm phiếu" in early.text


def test_standing_is_written_on_its_page_with_the_reason_after_the_decision(client):
    world = make_world(sheet="NAT-APPLIED-2023", matters=2)
    open_slips(world)
    client.force_login(world.specialist)
    address = url("council-standing", world, world.matters[0].pk)
    said = {"asked_vnd": "1.250.000.000", "host_proposed": "on", "led_excellent": "no"}

    without = client.post(address, {**form_of(client.get(address)), **said})
    client.post(address, {**form_of(client.get(address)), **said, "why": "Theo thuyết minh"})
    page = client.get(url("council-dossier", world, world.matters[0].pk)).text

    assert without.status_code == 422
    assert form_of(client.get(address))["asked_vnd"] == "1.250.000.000"
    assert "1.250.000.000 đồng" in page
    assert Matter.objects.get(pk=world.matters[0].pk).led_excellent == KnownFact.NO
