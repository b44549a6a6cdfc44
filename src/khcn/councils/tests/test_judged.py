from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import models

from khcn.councils.judging import REPORT, JudgementRefused
from khcn.councils.models import Council, Matter, MatterItem, Slip
from khcn.councils.selectors import rating_of
from khcn.councils.services import considering, forming, scoring
from khcn.councils.states import ConflictAnswer, Judged, Purpose, Rating
from khcn.councils.tests.factories import (
    MEETS,
    SENT,
    SHEET,
    add_item,
    all_rated,
    count,
    fill,
    invite,
    judge,
    judge_all,
    make_accepting_world,
    make_world,
    open_slips,
)
from khcn.kernel.records.history import history_of
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.workflow.services import NotPossible

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
E, P, F = Rating.EXCELLENT, Rating.PASS, Rating.FAIL


def test_acceptance_without_a_sheet_is_judged_by_the_rules_that_another_module_named():
    world = make_accepting_world()

    assert (world.council.is_judged, world.council.rated_by) == (True, "research.rating.")
    assert not make_council_with_sheet(world).is_judged


def make_council_with_sheet(world):
    council = Council(
        office=world.council.office, title="Chấm điểm", purpose=Purpose.ACCEPT, regime="law29", sheet=SHEET
    )
    return forming.form_council(council=council, actor=world.specialist, on=SENT)


def test_six_of_seven_who_say_excellent_make_an_excellent_task():
    world = make_accepting_world()
    open_slips(world)
    judge_all(world, E, E, E, E, E, E, P)
    sealed = rating_of(world.council, world.matters[0])
    count(world)

    found = rating_of(world.council, world.matters[0])

    assert sealed is None
    assert found.rating is E
    assert [one.rating for one in found.members] == [E, E, E, E, E, E, P]
    assert found.reasons == ("6 trên 7 thành viên xếp «Xuất sắc», từ 3/4 trở lên, không ai xếp «Không đạt».",)


def test_only_valid_slips_of_members_present_make_the_rating():
    world = make_accepting_world()
    open_slips(world, written=(6,))
    world.members[6] = world.specialist
    for place, rating in ((0, P), (1, P), (2, P), (3, P), (6, F)):
        judge(world, place, rating)
    scoring.set_aside_slip(slip=world.slip(4), reason="Không nộp", actor=world.specialist, on=MEETS)
    scoring.declare_interest(
        slip=world.slip(5), answer=ConflictAnswer.SOME, text="Cùng cơ quan", actor=world.members[5], on=MEETS
    )
    count(world)

    found = rating_of(world.council, world.matters[0])

    assert [one.member for one in found.members] == [str(seat.pk) for seat in world.seats[:4]]
    assert found.rating is P
    assert found.left_out == {str(world.seats[4].pk): "Không nộp"}
    assert found.reasons[0].startswith("0 trên 5 thành viên")


def test_a_file_that_came_too_late_fails_whatever_members_say():
    world = make_accepting_world()
    considering.record_filing(matter=world.matters[0], filed_late=True, actor=world.specialist, on=SENT)
    open_slips(world)
    judge_all(world, *[E] * 7)
    count(world)

    assert rating_of(Council.objects.get(), Matter.objects.get()).rating is F


def test_amounts_decide_whether_a_failing_volume_fails_the_task():
    world = make_accepting_world(products=())
    names = ("Một", "Hai", "Ba")
    items = [add_item(world, world.matters[0], name, delivered=Decimal("7.5")) for name in names]
    open_slips(world)
    for place in range(7):
        said = all_rated(world.slip(place))
        said[str(items[0].pk)][Judged.VOLUME] = F
        judge(world, place, judgements=said)
    count(world)

    found = rating_of(world.council, world.matters[0])

    assert found.rating is P
    assert [one.partition(":")[0] for one in found.members[0].doubts] == ["«Một»", "«Hai»", "«Ba»"]
    assert all("số lượng xếp «Đạt» nhưng giao 7,5 trên 10" in one for one in found.members[0].doubts)


def test_a_slip_is_locked_once_every_criterion_is_judged_and_never_blank():
    world = make_accepting_world()
    open_slips(world)
    item = str(MatterItem.objects.get().pk)

    with pytest.raises(NotPossible, match="Phiếu của Thành viên 0 còn trắng"):
        judge(world, 0, judgements={})
    with pytest.raises(
        NotPossible, match=r"chưa đánh giá: «Quy trình» \(khối lượng\), «Quy trình» \(chất lượng\), báo"
    ):
        judge(world, 0, judgements={item: {"quantity": "pass"}})
    assert Slip.objects.get(seat=world.seats[0]).judgements == {item: {"quantity": "pass"}}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"999999": {"quality": "pass"}}, "không có trong hồ sơ: 999999:quality"),
        ({REPORT: {"quality": "pass"}}, "không có trong hồ sơ: report:quality"),
        ({REPORT: {"report": "splendid"}}, "ghi mức «splendid»"),
    ],
)
def test_what_the_dossier_does_not_ask_is_refused(said, reason):
    world = make_accepting_world()
    open_slips(world)

    with pytest.raises(NotPossible, match=reason):
        judge(world, 0, judgements=said)
    assert world.slip(0).judgements == {}


def test_a_kind_is_judged_only_where_one_was_ordered():
    world = make_accepting_world(products=())
    item = add_item(world, world.matters[0], "Giống", has_kind=True)
    open_slips(world)
    said = all_rated(world.slip(0))
    without = {**said, str(item.pk): {key: one for key, one in said[str(item.pk)].items() if key != "kind"}}

    with pytest.raises(NotPossible, match=r"«Giống» \(chủng loại\)"):
        judge(world, 0, judgements=without)
    assert judge(world, 0, judgements=said).locked_at is not None


def test_a_council_that_scores_takes_no_judgement():
    world = make_world()
    open_slips(world)
    fill(world, 0, (1, 1, 1), lock=False)
    said = {"slip": world.slip(0), "actor": world.members[0], "on": MEETS}

    with pytest.raises(NotPossible, match="không xếp loại sản phẩm"):
        scoring.judge_products(judgements={REPORT: {"report": "pass"}}, remarks="", **said)


@pytest.mark.parametrize(
    "forge",
    [
        lambda slip: models.QuerySet(Slip).filter(pk=slip.pk).update(judgements={REPORT: {"report": "excellent"}}),
        lambda slip: models.QuerySet(MatterItem).filter(matter=slip.matter).update(delivered=1),
        lambda slip: models.QuerySet(Matter).filter(pk=slip.matter_id).update(filed_late=True),
    ],
)
def test_what_was_judged_changed_behind_the_product_stops_the_count(forge):
    world = make_accepting_world()
    open_slips(world)
    judge_all(world)
    forge(world.slip(0))

    with pytest.raises(NotPossible, match="Phiếu không khớp dấu đã khóa: Thành viên 0"):
        count(world)


def test_a_member_who_finds_an_interest_keeps_no_judgement():
    world = make_accepting_world()
    open_slips(world)
    judge(world, 0, lock=False)

    scoring.declare_interest(
        slip=world.slip(0), answer=ConflictAnswer.SOME, text="Đồng tác giả", actor=world.members[0], on=MEETS
    )

    assert world.slip(0).judgements == {}


def test_a_rule_changed_after_the_slips_opened_changes_no_rating():
    world = make_accepting_world()
    open_slips(world)
    rule = Rule.objects.get(key="research.rating.law29")
    rule.value = {**rule.value, "failing": "1"}
    with recording(actor=None, verb="edit", label="sửa"):
        rule.save()
    judge_all(world, F, F, F)
    count(world)

    assert rating_of(Council.objects.get(), world.matters[0]).rating is F


def test_slips_do_not_open_while_a_dossier_promises_nothing():
    world = make_accepting_world(matters=2)
    MatterItem.objects.filter(matter=world.matters[1]).get()
    considering.drop_item(item=world.matters[1].items.get(), actor=world.specialist, on=SENT)

    with pytest.raises(NotPossible, match="mỗi hồ sơ có sản phẩm để đánh giá"):
        open_slips(world)
    assert not Slip.objects.exists()


def test_a_product_is_named_once_and_not_like_the_report():
    world = make_accepting_world()

    for name, reason in (("Quy trình", "đã có sản phẩm «Quy trình»"), ("Report", "«report» là tên"), (" ", "Ghi tên")):
        with pytest.raises(NotPossible, match=reason):
            add_item(world, world.matters[0], name)
    with pytest.raises(NotPossible, match="nghiệm thu không chấm điểm"):
        add_item(*_scoring_world(world), "Sản phẩm")


def _scoring_world(world):
    council = make_council_with_sheet(world)
    matter = Matter(council=council, title="Hồ sơ chấm điểm")
    return world, forming.add_matter(matter=matter, actor=world.specialist, on=SENT)


def test_products_change_with_a_reason_after_the_decision_and_not_once_slips_are_open():
    world = make_accepting_world()
    invite(world)
    matter = Council.objects.get().matters.get()

    with pytest.raises(NotPossible, match="ghi lý do thay đổi"):
        add_item(world, matter, "Mô hình")
    item = MatterItem(matter=matter, name="Mô hình")
    considering.add_item(item=item, actor=world.specialist, on=SENT, why="Phụ lục hợp đồng")

    assert next(one.label for one in history_of(matter, ("items",))) == "ghi sản phẩm «Mô hình»"


def test_products_do_not_change_once_slips_are_open():
    world = make_accepting_world()
    open_slips(world)
    said = {"actor": world.specialist, "on": MEETS, "why": "sót"}
    matter = Council.objects.get().matters.get()
    acts = (
        lambda: considering.add_item(item=MatterItem(matter=matter, name="Muộn"), **said),
        lambda: considering.drop_item(item=matter.items.get(), **said),
        lambda: considering.record_filing(matter=matter, filed_late=True, **said),
    )

    for act in acts:
        with pytest.raises(NotPossible, match="Phiếu đã mở"):
            act()


def test_a_dossier_is_taken_out_with_its_products_and_with_a_reason_after_the_decision():
    world = make_accepting_world(matters=2)
    forming.drop_matter(matter=world.matters[1], actor=world.specialist, on=SENT)
    invite(world)
    last = Council.objects.get().matters.get()

    with pytest.raises(NotPossible, match="ghi lý do thay đổi"):
        forming.drop_matter(matter=last, actor=world.specialist, on=SENT)
    forming.drop_matter(matter=last, actor=world.specialist, on=SENT, why="Đơn vị xin rút")

    assert (Matter.objects.count(), MatterItem.objects.count()) == (0, 0)
    assert history_of(Council.objects.get(), ("matters",))[0].why == "Đơn vị xin rút"


def test_a_dossier_is_not_taken_out_once_slips_are_open():
    world = make_world()
    open_slips(world)

    with pytest.raises(NotPossible, match="Phiếu đã mở"):
        forming.drop_matter(matter=Council.objects.get().matters.get(), actor=world.specialist, on=MEETS, why="x")


def test_a_council_whose_last_dossier_was_taken_out_does_not_open():
    world = make_world(matters=1)
    invite(world)
    forming.drop_matter(matter=world.matters[0], actor=world.specialist, on=SENT, why="Rút")

    with pytest.raises(NotPossible, match="Có ít nhất một hồ sơ"):
        scoring.open_slips(council=world.council, actor=world.specialist, on=MEETS)


def test_a_council_formed_before_there_was_a_choice_is_rated_by_the_first_rule_named():
    world = make_accepting_world()
    models.QuerySet(Council).update(rated_by="")
    world.council = Council.objects.get()
    for seat in world.seats:
        seat.council = world.council

    open_slips(world)

    assert Council.objects.get().rules_used["rating"]["key"] == "research.rating.law29"


def test_no_rating_is_given_to_other_modules_once_a_slip_was_changed_behind_the_product():
    world = make_accepting_world()
    open_slips(world)
    judge_all(world)
    count(world)
    models.QuerySet(Slip).filter(pk=world.slip(0).pk).update(judgements=all_rated(world.slip(0), E))

    with pytest.raises(JudgementRefused, match="Phiếu bị đổi sau khi khóa"):
        rating_of(Council.objects.get(), world.matters[0])
