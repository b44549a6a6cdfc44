from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.councils.ranking import Candidate, rank
from khcn.councils.rules import SheetFault, Slip, count, sheet_from

SHEET = sheet_from(
    "NAT",
    {
        "criteria": [["Tổng quan", 40], ["Nội dung", 60]],
        "threshold": 70,
        "proposer_bonus": "10%",
        "ties": ["budget", "excellent", "criterion:2"],
    },
)


def dossier(name, first, second, **said):
    return Candidate(name, count(SHEET, [Slip("A", {1: Decimal(first), 2: Decimal(second)})]), **said)


def order(*candidates):
    return [(place.candidate.name, place.rank) for place in rank(SHEET, candidates)]


def test_the_highest_mean_that_passed_comes_first_and_what_failed_has_no_place():
    assert order(dossier("thấp", 30, 39), dossier("cao", 40, 50), dossier("vừa", 35, 45)) == [
        ("cao", 1),
        ("vừa", 2),
        ("thấp", None),
    ]


def test_a_host_that_proposed_the_task_gains_a_share_of_its_mean_once_it_passed():
    places = rank(SHEET, [dossier("khác", 35, 45), dossier("đề xuất", 35, 40, proposed=True)])

    assert [(one.candidate.name, one.score) for one in places] == [("đề xuất", Fraction(165, 2)), ("khác", 80)]
    assert places[0].reasons == ("Điểm trung bình 75,00, cộng 10% vì tổ chức đã đề xuất nhiệm vụ: 82,50.",)
    assert order(dossier("chưa đạt", 30, 39, proposed=True)) == [("chưa đạt", None)]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ({"asked": 900}, {"asked": 901}, "kinh phí"),
        ({"asked": 900, "excellent": True}, {"asked": 900, "excellent": False}, "xuất sắc"),
    ],
)
def test_equal_means_are_told_apart_by_the_ties_in_turn(one, other, words):
    places = rank(SHEET, [dossier("sau", 35, 45, **other), dossier("trước", 35, 45, **one)])

    assert [(place.candidate.name, place.rank) for place in places] == [("trước", 1), ("sau", 2)]
    assert words in places[0].reasons[-1]


def test_the_last_tie_is_the_mean_of_a_criterion():
    known = {"asked": 900, "excellent": False}

    assert order(dossier("a", 40, 40, **known), dossier("b", 30, 50, **known)) == [("b", 1), ("a", 2)]


def test_what_nobody_wrote_down_decides_nothing_and_is_told():
    places = rank(SHEET, [dossier("a", 30, 50, excellent=True), dossier("b", 35, 45, asked=900, excellent=False)])

    assert [place.rank for place in places] == [1, 1]
    assert "chưa đủ dữ liệu để so kinh phí" in places[0].reasons[1]
    assert places[0].reasons[-1] == "Chưa phân định được với hồ sơ cùng điểm; hội đồng quyết định."


def test_a_sheet_with_a_tie_that_nobody_understands_cannot_be_read():
    with pytest.raises(SheetFault, match="criterion:9"):
        sheet_from("X", {"criteria": [["Một", 5]], "ties": ["criterion:9"]})


points = st.tuples(st.integers(30, 40), st.integers(30, 60))
facts = st.fixed_dictionaries(
    {
        "asked": st.sampled_from([None, 1, 2]),
        "excellent": st.sampled_from([None, True, False]),
        "proposed": st.booleans(),
    }
)


@given(st.lists(st.tuples(points, facts), min_size=1, max_size=8), st.randoms())
def test_the_order_of_the_dossiers_changes_nothing_and_no_place_is_skipped_or_given_out_of_turn(given_dossiers, chance):
    candidates = [dossier(f"H{number}", *scored, **said) for number, (scored, said) in enumerate(given_dossiers)]

    places = rank(SHEET, candidates)

    assert places == rank(SHEET, chance.sample(candidates, len(candidates)))
    ranked = [place for place in places if place.rank is not None]
    assert all(before.score >= after.score for before, after in pairwise(ranked))
    for number, place in enumerate(ranked, start=1):
        assert place.rank <= number
        assert place.rank == number or ranked[number - 2].rank == place.rank
