from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.councils.rules import (
    GapAction,
    SheetFault,
    Slip,
    SlipRefused,
    Verdict,
    count,
    gap_words,
    mean_words,
    rounded,
    share,
    sheet_from,
    shown,
    shown_mean,
    unrounded,
)

NATIONAL_GAP = {"metric": "from-mean", "limit": "20%", "action": "invalid"}
NATIONAL = sheet_from(
    "NAT",
    {
        "criteria": [["Tổng quan", 40], ["Sản phẩm", 60]],
        "threshold": 70,
        "zeros": "1/4",
        "gap": NATIONAL_GAP,
    },
)
PLAIN = sheet_from("PLAIN", {"criteria": [["Tổng quan", 40], ["Sản phẩm", 60]], "threshold": 70})


def slip(member, total, **stand):
    """Return a slip of that total, the first criterion filled first."""
    first = min(Decimal(40), Decimal(total))
    return Slip(member, {1: first, 2: Decimal(total) - first}, **stand)


def test_a_total_is_the_sum_and_the_mean_that_of_the_slips():
    found = count(PLAIN, [slip("A", 80), slip("B", 75), slip("C", 71)])

    assert found.mean == Fraction(226, 3)
    assert rounded(found.mean) == Decimal("75.33")
    assert found.verdict is Verdict.PASSED
    assert found.reasons == ("Điểm trung bình 75,33 đạt ngưỡng 70.",)


def test_the_threshold_is_compared_with_the_mean_as_it_is_not_as_it_is_shown():
    found = count(PLAIN, [slip("A", "69.996"), slip("B", "69.996")])

    assert shown_mean(found.mean) == "70,00"
    assert mean_words(found) == "69,996"
    assert found.verdict is Verdict.FAILED
    assert found.reasons == ("Điểm trung bình 69,996 chưa đạt ngưỡng 70.",)


def test_a_mean_of_exactly_the_threshold_passes():
    assert count(PLAIN, [slip("A", 60), slip("B", 80)]).verdict is Verdict.PASSED


def test_a_slip_more_than_the_limit_from_the_mean_is_left_out_and_named():
    found = count(NATIONAL, [slip("A", 80), slip("B", 82), slip("C", 84), slip("D", 40)])

    assert found.first == Fraction(286, 4)
    assert found.counted == ("A", "B", "C")
    assert found.mean == 82
    assert found.left_out == {"D": "40 điểm lệch 44,06% so với trung bình 71,50, quá 20%"}
    assert [(one.member, one.action) for one in found.gaps] == [("D", GapAction.INVALID)]


def test_a_slip_exactly_at_the_limit_stays():
    found = count(NATIONAL, [slip("A", 60), slip("B", 90), slip("C", 75)])

    assert (found.first, found.counted) == (75, ("A", "B", "C"))


def test_the_gap_is_asked_once_of_the_first_mean():
    # Without D the mean is 68,33, from which A would lie 24 % off; it was not asked again.
    found = count(NATIONAL, [slip("A", 85), slip("B", 60), slip("C", 60), slip("D", 90)])

    assert found.first == Fraction(295, 4)
    assert found.counted == ("A", "B", "C")


def test_where_every_slip_lies_too_far_nothing_is_concluded():
    found = count(NATIONAL, [slip("A", 100), slip("B", 20)])

    assert (found.mean, found.verdict, mean_words(found)) == (None, Verdict.UNDECIDED, "—")
    assert set(found.left_out) == {"A", "B"}


def test_irregular_slips_and_those_of_absent_members_are_left_out_with_their_reason():
    slips = [slip("A", 80), Slip("B", {1: Decimal(99)}, valid=False), slip("C", 20, present=False)]

    found = count(PLAIN, slips)

    assert found.mean == 80
    assert found.left_out == {"B": "phiếu không hợp lệ", "C": "thành viên vắng mặt, phiếu chỉ để tham khảo"}


def test_written_slips_count_where_the_sheet_says_so():
    sheet = sheet_from("W", {"criteria": [["Chung", 100]], "threshold": 70, "counts_absent": True})
    slips = [Slip("A", {1: Decimal(80)}), Slip("C", {1: Decimal(50)}, present=False)]

    assert count(sheet, slips).mean == 65


@pytest.mark.parametrize(("givers", "verdict"), [(1, Verdict.PASSED), (2, Verdict.FAILED)])
def test_nothing_for_one_criterion_by_more_than_the_share_fails_the_whole(givers, verdict):
    sheet = sheet_from("Z", {"criteria": [["Một", 50], ["Hai", 50]], "threshold": 10, "zeros": "1/4"})
    slips = [Slip(str(n), {1: Decimal(0) if n < givers else Decimal(40), 2: Decimal(40)}) for n in range(4)]

    found = count(sheet, slips)

    assert found.verdict is verdict
    assert [(one.criterion.order, one.count, one.present) for one in found.zeros] == (
        [(1, 2, 4)] if givers == 2 else []
    )


def test_a_slip_left_out_of_the_mean_still_shows_that_a_member_present_gave_nothing():
    sheet = sheet_from(
        "Z", {"criteria": [["Một", 12], ["Hai", 88]], "threshold": 70, "zeros": "1/4", "gap": NATIONAL_GAP}
    )
    low = [Slip(f"L{n}", {1: Decimal(0), 2: Decimal(54)}) for n in range(3)]
    full = [Slip(f"F{n}", {1: Decimal(12), 2: Decimal(88)}) for n in range(6)]

    found = count(sheet, [*low, *full])

    assert (found.mean, found.verdict) == (100, Verdict.FAILED)
    assert [(one.count, one.present, one.uncounted) for one in found.zeros] == [(3, 9, 3)]
    assert "3 trên 9 thành viên có mặt cho 0 điểm, quá 1/4; trong đó 3 phiếu không tính" in found.reasons[1]


def test_nothing_given_by_absent_members_or_on_void_slips_is_not_counted_against_the_dossier():
    sheet = sheet_from("Z", {"criteria": [["Một", 50], ["Hai", 50]], "threshold": 10, "zeros": "1/4"})
    void = Slip("V", {1: Decimal(0)}, valid=False)
    away = Slip("X", {1: Decimal(0), 2: Decimal(9)}, present=False)
    none = Slip("N", {1: Decimal(0), 2: Decimal(40)})

    found = count(sheet, [void, away, none, *(Slip(str(n), {1: Decimal(40), 2: Decimal(40)}) for n in range(2))])

    assert (found.zeros, found.verdict) == ((), Verdict.PASSED)  # one of four present is not more than a quarter
    assert found.reasons[-1].startswith("Không tiêu chí nào bị quá 1/4")


def test_totals_are_exact_beyond_the_digits_of_decimal_arithmetic():
    sheet = sheet_from("T", {"criteria": [["Một", 50], ["Hai", 50]], "threshold": 70})
    short = Decimal("34.999999999999999999999999999999999")

    found = count(sheet, [Slip("A", {1: Decimal(35), 2: short})])

    assert found.mean == 35 + Fraction(short)
    assert (found.verdict, mean_words(found)) == (Verdict.FAILED, "69,999999…")


@pytest.mark.parametrize("points", ["1e-99999999", "1e99999999", "1." + "1" * 61])
def test_a_number_that_nobody_writes_as_points_is_refused_in_few_words(points):
    with pytest.raises(SlipRefused) as refusal:
        count(NATIONAL, [Slip("A", {1: Decimal(points), 2: Decimal(1)})])

    assert "quá dài hoặc có số mũ quá lớn" in str(refusal.value)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("threshold", ["1e-99999999", "9" * 61])
def test_a_sheet_with_such_a_number_cannot_be_read(threshold):
    with pytest.raises(SheetFault):
        sheet_from("X", {"criteria": [["Một", 5]], "threshold": threshold})
    with pytest.raises(SheetFault):
        sheet_from("X", {"criteria": [["Một", 5]], "zeros": threshold})


def test_a_sheet_without_a_threshold_counts_and_concludes_nothing():
    found = count(sheet_from("N", {"criteria": [["Chung", 100]]}), [Slip("A", {1: Decimal(90)})])

    assert (found.mean, found.verdict) == (90, Verdict.UNDECIDED)
    assert found.reasons == ("Phiếu «N» không đặt ngưỡng điểm đạt.",)


@pytest.mark.parametrize(
    ("points", "band"), [("91", "Xuất sắc"), ("90.5", "Khá"), ("61", "Đạt"), ("60.99", "Không đạt")]
)
def test_a_mean_falls_into_the_highest_band_it_reaches(points, band):
    bands = [[91, "Xuất sắc"], [76, "Khá"], [61, "Đạt"], [0, "Không đạt"]]
    sheet = sheet_from("B", {"criteria": [["Chung", 100]], "bands": bands})

    assert count(sheet, [Slip("A", {1: Decimal(points)})]).band == band


def test_a_mean_that_rounding_lifts_into_a_band_says_so():
    sheet = sheet_from("B", {"criteria": [["Chung", 100]], "threshold": 61, "bands": [[91, "Xuất sắc"], [76, "Khá"]]})

    found = count(sheet, [Slip("A", {1: Decimal("90.995")})])

    assert (found.band, mean_words(found)) == ("Khá", "90,995")
    assert found.reasons[-1] == (
        "Điểm trung bình 90,995 làm tròn thành 91,00 nhưng chưa đến 91 điểm của mức «Xuất sắc»."
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [("70", "70,00"), ("82.5", "82,50"), ("69.995", "69,995"), ("69.9999999", "69,999999…"), ("1/3", "0,333333…")],
)
def test_a_mean_as_it_is_has_two_to_six_decimals_and_is_never_rounded(value, text):
    assert unrounded(Fraction(value)) == text


def test_the_distance_from_the_others_leaves_the_slip_itself_out():
    gap = {"metric": "from-others", "limit": 15, "action": "told"}
    sheet = sheet_from("O", {"criteria": [["Chung", 100]], "threshold": 70, "gap": gap})

    found = count(sheet, [Slip(name, {1: Decimal(total)}) for name, total in (("A", 80), ("B", 82), ("C", 62))])

    assert [(one.member, one.distance) for one in found.gaps] == [("C", 19)]
    assert found.counted == ("A", "B", "C")
    assert gap_words(found, found.gaps[0]) == "62 điểm lệch 19 điểm so với các thành viên khác, quá 15"


def test_the_range_of_all_slips_names_nobody():
    gap = {"metric": "range", "limit": 30, "action": "invalid"}
    sheet = sheet_from("R", {"criteria": [["Chung", 100]], "gap": gap})

    found = count(sheet, [Slip("A", {1: Decimal(90)}), Slip("B", {1: Decimal(50)})])

    assert [(one.member, one.distance, one.action) for one in found.gaps] == [("", 40, GapAction.TOLD)]
    assert found.counted == ("A", "B")
    assert gap_words(found, found.gaps[0]) == "phiếu cao nhất và thấp nhất cách nhau 40 điểm, quá 30"
    assert count(sheet, [Slip("A", {1: Decimal(90)}), Slip("B", {1: Decimal(60)})]).gaps == ()


def test_a_distance_just_over_the_limit_is_not_told_as_the_limit():
    found = count(NATIONAL, [slip("A", "59.9999"), slip("B", 90)])

    assert found.left_out["A"] == "60 điểm lệch 20,000080… so với trung bình 75,00, quá 20%".replace("…", "…%")


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ({1: "40.01", 2: "1"}, "cho 40,01 điểm; phiếu «NAT» cho từ 0 đến 40"),
        ({1: "-1", 2: "1"}, "cho -1 điểm"),
        ({1: "NaN", 2: "1"}, "cho NaN điểm"),
        ({1: "1", 2: "1", 3: "1"}, "tiêu chí số 3 không có trong phiếu «NAT» (2 tiêu chí)"),
        ({1: "1"}, "chưa cho điểm tiêu chí 2 «Sản phẩm»"),
    ],
)
def test_a_slip_that_breaks_the_sheet_is_refused_with_the_member_and_the_reason(points, words):
    with pytest.raises(SlipRefused, match="Phiếu của Bà An") as refusal:
        count(NATIONAL, [Slip("Bà An", {order: Decimal(value) for order, value in points.items()})])

    assert words in str(refusal.value)


def test_two_slips_of_one_member_are_refused():
    with pytest.raises(SlipRefused, match="A có hai phiếu"):
        count(PLAIN, [slip("A", 80), slip("A", 70)])


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"criteria": []},
        {"criteria": [["", 5]]},
        {"criteria": [["Một", 0]]},
        {"criteria": [["Một", "nhiều"]]},
        {"criteria": [["Một", 5]], "gap": {"metric": "feeling", "limit": 1, "action": "told"}},
        {"criteria": [["Một", 5]], "zeros": "một phần tư"},
        "phiếu",
    ],
)
def test_a_sheet_that_cannot_be_read_says_so(value):
    with pytest.raises(SheetFault):
        sheet_from("X", value)


@pytest.mark.parametrize(
    ("said", "meant"), [("1/4", Fraction(1, 4)), ("20%", Fraction(1, 5)), (15, 15), ("0.2", Fraction(1, 5))]
)
def test_shares_are_read_as_people_write_them(said, meant):
    assert share(said) == meant


@pytest.mark.parametrize(
    ("value", "text"), [("0.005", "0,01"), ("2.675", "2,68"), ("75.334", "75,33"), ("70", "70"), ("70.10", "70,10")]
)
def test_points_are_shown_rounded_half_up(value, text):
    assert shown(Fraction(value)) == text


totals = st.decimals(0, 100, places=2)


@given(st.lists(totals, min_size=1, max_size=15), st.randoms())
def test_the_order_of_the_slips_changes_nothing(given_totals, chance):
    slips = [slip(f"M{n}", total) for n, total in enumerate(given_totals)]
    mixed = chance.sample(slips, len(slips))

    one, other = count(NATIONAL, slips), count(NATIONAL, mixed)

    assert (one.first, one.mean, one.verdict) == (other.first, other.mean, other.verdict)
    assert one.left_out == other.left_out


@given(st.lists(totals, min_size=1, max_size=15))
def test_every_slip_is_either_counted_or_left_out_with_a_reason(given_totals):
    slips = [slip(f"M{n}", total) for n, total in enumerate(given_totals)]

    found = count(NATIONAL, slips)

    assert set(found.counted) | set(found.left_out) == {one.member for one in slips}
    assert not set(found.counted) & set(found.left_out)
    if found.mean is not None:
        counted = [one.total for one in slips if one.member in found.counted]
        assert min(counted) <= found.mean <= max(counted)
        assert all(abs(Fraction(total) - found.first) <= found.first / 5 for total in counted)
