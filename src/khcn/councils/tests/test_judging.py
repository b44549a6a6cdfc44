from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.councils.judging import (
    REPORT,
    Judgement,
    JudgementRefused,
    Product,
    RatingRule,
    amount_words,
    asked_of,
    council_rating,
    judgements_from,
    rate,
    rating_rule,
)
from khcn.councils.states import Judged, Rating
from khcn.kernel.rulebook.kinds import kind_of

E, P, F = Rating.EXCELLENT, Rating.PASS, Rating.FAIL
RULE = RatingRule(Fraction(3, 4), Fraction(3, 4), Fraction(3, 4), Fraction(1, 3))


def judged(rating, criterion=Judged.QUALITY, product="Quy trình", *, member="A", amounts=(None, None)):
    ordered, delivered = (None if one is None else Decimal(str(one)) for one in amounts)
    return Judgement(member, product, criterion, rating, ordered, delivered)


def report(rating=P, member="A"):
    return Judgement(member, REPORT, Judged.REPORT, rating)


def member_rating(*said, **options):
    return rate(RULE, said, **options).members[0]


def test_excellent_asks_every_criterion_and_a_report_that_passes():
    assert member_rating(judged(E), judged(E, Judged.QUANTITY), report(P)).rating is E
    assert member_rating(judged(E), judged(P, Judged.QUANTITY), report(E)).rating is P


@pytest.mark.parametrize("said", [(judged(F), report()), (judged(F, Judged.KIND), report()), (judged(E), report(F))])
def test_quality_kind_or_report_that_fails_fails_the_task(said):
    assert member_rating(*said).rating is F


def measured(*ratings, amounts=(100, 75)):
    return [
        judged(one, Judged.QUANTITY, f"Sản phẩm {number}", amounts=amounts if one is F else (None, None))
        for number, one in enumerate(ratings)
    ]


def test_a_quarter_of_the_amounts_may_fail_where_three_quarters_were_delivered():
    assert member_rating(*measured(P, P, P, F), judged(P), report()).rating is P
    assert member_rating(*measured(P, P, F), judged(P), report()).rating is F


def test_a_failing_amount_below_three_quarters_fails_the_task():
    found = member_rating(*measured(P, P, P, F, amounts=(100, "74.99")), judged(P), report())

    assert found.rating is F
    assert found.reasons == ("«Sản phẩm 3»: số lượng không đạt và mới giao 74,99 trên 100, chưa đủ 3/4.",)


def test_a_failing_amount_that_nobody_wrote_down_is_not_taken_for_enough():
    found = member_rating(*measured(P, P, P, F, amounts=(None, None)), judged(P), report())

    assert found.rating is F
    assert "chưa ghi mức đặt hàng, mức giao nộp nên chưa rõ" in found.reasons[0]


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ((100, None), "chưa ghi mức giao nộp nên chưa rõ đã đủ 3/4 chưa"),
        ((None, 75), "chưa ghi mức đặt hàng nên chưa rõ"),
        ((0, 75), "mức đặt hàng ghi là 0 nên không có gì để so"),
    ],
)
def test_an_amount_that_cannot_be_held_against_the_order_is_told_as_what_it_is(amounts, words):
    found = member_rating(*measured(P, P, P, F, amounts=amounts), judged(P), report())

    assert found.rating is F
    assert words in found.reasons[0]


def test_an_order_of_nothing_is_doubted_even_where_the_amount_passes():
    found = member_rating(judged(P, Judged.QUANTITY, amounts=(0, 5)), judged(P), report())

    assert found.doubts == ("«Quy trình»: mức đặt hàng ghi là 0, không có gì để so với mức giao nộp.",)


def test_reasons_speak_only_of_what_was_judged():
    measured_only = member_rating(judged(P, Judged.QUANTITY), report()).reasons
    with_quality = member_rating(judged(P, Judged.QUANTITY), judged(P), report()).reasons
    excellent = member_rating(judged(E, Judged.VOLUME), judged(E, Judged.KIND), report()).reasons

    assert measured_only == ("1 trên 1 tiêu chí của sản phẩm chưa xuất sắc; báo cáo tổng hợp đạt trở lên.",)
    assert with_quality[0].endswith("; chất lượng và báo cáo tổng hợp đều đạt trở lên.")
    assert "(khối lượng, chủng loại) xuất sắc" in excellent[0]


def test_what_no_member_judged_is_told_of_the_council():
    said = [*(judged(P, Judged.QUANTITY, member=one) for one in "AB"), report(member="A"), report(member="B")]

    assert rate(RULE, said).doubts == ("Không thành viên nào đánh giá chất lượng của «Quy trình».",)
    assert rate(RULE, [judged(P), report()]).doubts == ()


def test_a_member_who_did_not_judge_what_another_did_is_named_with_product_and_criterion():
    said = [judged(P), judged(P, Judged.QUANTITY, "Giống"), report(), judged(P, member="B"), report(member="B")]

    with pytest.raises(JudgementRefused, match="B chưa đánh giá số lượng của «Giống» mà thành viên khác đã đánh giá"):
        rate(RULE, said)
    with pytest.raises(JudgementRefused, match="B chưa đánh giá báo cáo tổng hợp mà thành viên khác"):
        rate(RULE, [judged(P), report(), judged(P, member="B")])


def test_many_missing_judgements_are_named_up_to_five():
    said = [*(judged(P, product=f"Sản phẩm {n}") for n in range(7)), report(), report(member="B")]

    with pytest.raises(JudgementRefused, match=r"«Sản phẩm 4» và 2 mục khác mà"):
        rate(RULE, said)


def test_a_slip_with_a_blank_is_void_and_its_writer_still_present():
    said = [one for member in "ABC" for one in (judged(E, member=member), report(member=member))]
    blank = [judged(None, member="D"), report(member="D")]

    found = rate(RULE, [*said, *blank])
    narrow = rate(RULE, [*said[2:], *blank])

    assert (found.rating, dict(found.left_out)) == (E, {"D": "phiếu bỏ trống chất lượng của «Quy trình»"})
    assert found.reasons[1].startswith("1 thành viên có mặt có phiếu không hợp lệ")
    assert (narrow.rating, narrow.reasons[0][:21]) == (P, "2 trên 3 thành viên x")  # two thirds of those present


def test_slips_void_for_another_reason_are_members_present_too():
    found = rate(RULE, [judged(F), report(), judged(P, member="B"), report(member="B")], void={"C": "rách"})

    assert found.rating is P  # one of three is not more than a third
    assert rate(RULE, [], void={"C": "rách"}).reasons == ("Không có phiếu đánh giá hợp lệ nào.",)


def test_a_file_that_came_too_late_fails_whatever_was_delivered():
    found = member_rating(judged(E), report(E), too_late=True)

    assert (found.rating, found.reasons) == (F, ("Hồ sơ nộp quá thời hạn cho phép sau khi hợp đồng kết thúc.",))


@pytest.mark.parametrize(
    ("rating", "amounts", "doubted"),
    [(P, (10, 9), True), (F, (10, 10), True), (E, (10, 10), True), (E, (10, 11), False), (P, (10, 10), False)],
)
def test_a_judgement_that_contradicts_its_amounts_stands_and_is_told(rating, amounts, doubted):
    found = member_rating(judged(rating, Judged.VOLUME, amounts=amounts), judged(P), report())

    assert bool(found.doubts) is doubted


@pytest.mark.parametrize(
    ("ratings", "council"),
    [
        ([E, E, E, P], E),
        ([E, E, E, E, E, E, P, P, P], P),  # two thirds are fewer than three quarters
        ([E] * 8 + [F], P),  # one who says fail rules excellent out
        ([P, P, F], P),  # a third is not more than a third
        ([P, F], F),
        ([P] * 4 + [F] * 3, F),
        ([], None),
    ],
)
def test_the_rating_of_the_council_follows_from_those_of_its_members(ratings, council):
    assert council_rating(RULE, ratings)[0] is council


def test_the_explanation_says_how_many_said_what():
    assert council_rating(RULE, [E, E, E, P])[1] == (
        "3 trên 4 thành viên xếp «Xuất sắc», từ 3/4 trở lên, không ai xếp «Không đạt».",
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([judged(P)], "A chưa đánh giá báo cáo tổng hợp"),
        ([report()], "A chưa đánh giá sản phẩm nào"),
        ([judged(P), judged(E), report()], "A đánh giá hai lần «Quy trình», tiêu chí Chất lượng"),
    ],
)
def test_judgements_that_are_incomplete_or_doubled_are_refused(said, words):
    with pytest.raises(JudgementRefused, match=words):
        rate(RULE, said)


def test_shares_beyond_the_whole_are_no_rule():
    with pytest.raises(ValueError, match="measured"):
        rating_rule({"measured": "5/4", "delivered": 1, "excellent": 1, "failing": 0})


@given(st.lists(st.sampled_from(Rating), min_size=1, max_size=11), st.integers(0, 10))
def test_a_better_slip_never_lowers_the_rating_of_the_council(ratings, place):
    order = [F, P, E]
    at = place % len(ratings)
    better = [*ratings]
    better[at] = order[min(order.index(ratings[at]) + 1, 2)]

    before, after = council_rating(RULE, ratings)[0], council_rating(RULE, better)[0]

    assert order.index(after) >= order.index(before)


GOOD_RULE = {"measured": "3/4", "delivered": "3/4", "excellent": "3/4", "failing": "1/3", "late": "6m"}


@pytest.mark.parametrize(
    ("value", "readable"),
    [
        (GOOD_RULE, True),
        ({**GOOD_RULE, "failing": "4/3"}, False),
        ({**GOOD_RULE, "late": "muộn"}, False),
        ({"measured": "3/4"}, False),
        ([], False),
    ],
)
def test_a_rule_of_rating_is_read_before_it_is_kept(value, readable):
    assert (kind_of("research.rating.law29", GOOD_RULE).fault(value) == "") is readable


PRODUCTS = (
    Product("1", "Quy trình", (Judged.QUANTITY, Judged.VOLUME, Judged.QUALITY), Decimal(10), Decimal(9), "bộ"),
    Product("2", "Giống", (Judged.QUANTITY, Judged.KIND)),
)


def test_the_amount_is_held_against_the_quantity_and_against_a_volume_that_fails():
    said = {"1": {"quantity": "pass", "volume": "pass", "quality": "fail"}, REPORT: {"report": "pass"}}
    passing = judgements_from("A", PRODUCTS, said)
    failing = judgements_from("A", PRODUCTS, {"1": {"volume": "fail"}})

    assert [one.ordered for one in passing] == [Decimal(10), None, None, None]
    assert (failing[0].ordered, failing[0].delivered) == (Decimal(10), Decimal(9))


def test_a_slip_asks_every_criterion_of_every_product_and_then_the_report():
    assert asked_of(PRODUCTS) == [
        ("1", Judged.QUANTITY),
        ("1", Judged.VOLUME),
        ("1", Judged.QUALITY),
        ("2", Judged.QUANTITY),
        ("2", Judged.KIND),
        (REPORT, Judged.REPORT),
    ]


@pytest.mark.parametrize(
    ("ordered", "delivered", "words"),
    [
        (None, None, ""),
        (Decimal("2.500"), None, "Đặt hàng 2,5, giao nộp — ha"),
        (None, Decimal(10), "Đặt hàng —, giao nộp 10 ha"),
    ],
)
def test_amounts_are_told_as_far_as_they_are_known(ordered, delivered, words):
    assert amount_words(ordered, delivered, "ha") == words


RATED = st.sampled_from(list(Rating))


@given(st.dictionaries(st.sampled_from(asked_of(PRODUCTS)), RATED))
def test_what_a_slip_says_is_judged_thing_by_thing_and_nothing_else(given_ratings):
    said = {}
    for (key, criterion), rating in given_ratings.items():
        said.setdefault(key, {})[criterion.value] = rating.value
    names = {"1": "Quy trình", "2": "Giống", REPORT: REPORT}

    found = judgements_from("A", PRODUCTS, said)

    assert {(one.product, one.criterion): one.rating for one in found} == {
        (names[key], criterion): rating for (key, criterion), rating in given_ratings.items()
    }
