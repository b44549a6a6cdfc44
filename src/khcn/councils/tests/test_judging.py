from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.councils.judging import REPORT, Judgement, JudgementRefused, RatingRule, council_rating, rate, rating_rule
from khcn.councils.states import Judged, Rating

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
    assert "chưa ghi mức đặt hàng" in found.reasons[0]


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
