"""What is known of a vote: who passes it, of how many, and who is left out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.councils.rules import Verdict
from khcn.councils.states import Vote
from khcn.councils.votes import SHARE
from khcn.councils.voting import Ballot, count_votes, needed_share

P, F = Vote.PASS, Vote.FAIL
TWO_THIRDS = Fraction(2, 3)
votes = st.lists(st.sampled_from((P, F)), max_size=11)
shares = st.fractions(min_value=Fraction(1, 20), max_value=1)


def cast(*said):
    return [Ballot(str(number), vote) for number, vote in enumerate(said)]


@pytest.mark.parametrize(
    ("said", "present", "verdict", "reason"),
    [
        ((P, P, P, P, F, F), 6, Verdict.PASSED, "4 trên 6 thành viên có mặt bỏ phiếu «Đạt», từ 2/3 trở lên."),
        ((P, P, P, P, F, F, F), 7, Verdict.FAILED, "4 trên 7 thành viên có mặt bỏ phiếu «Đạt», chưa đủ 2/3."),
        # Two who were there handed in nothing regular: they are of the whole, and did not say passed.
        ((P, P, P, P), 6, Verdict.PASSED, "4 trên 6 thành viên có mặt bỏ phiếu «Đạt», từ 2/3 trở lên."),
        ((P, P, P, P), 7, Verdict.FAILED, "4 trên 7 thành viên có mặt bỏ phiếu «Đạt», chưa đủ 2/3."),
        ((), 7, Verdict.UNDECIDED, "Không có phiếu hợp lệ nào để kết luận."),
        ((), 0, Verdict.UNDECIDED, "Không có phiếu hợp lệ nào để kết luận."),
    ],
)
def test_a_vote_passes_by_its_share_of_the_members_present(said, present, verdict, reason):
    found = count_votes(TWO_THIRDS, present, cast(*said))

    assert (found.verdict, found.reasons) == (verdict, (reason,))
    assert (found.passed, found.failed) == (said.count(P), said.count(F))


def test_a_slip_that_does_not_count_is_named_with_its_reason():
    found = count_votes(TWO_THIRDS, 3, [*cast(P, P), Ballot("9", P, "thành viên vắng mặt")])

    assert found.left_out == {"9": "thành viên vắng mặt"}
    assert found.passed == 2


@given(said=votes, needed=shares, more=st.integers(0, 3))
def test_a_vote_passes_exactly_where_those_who_said_so_reach_the_share(said, needed, more):
    present = len(said) + more

    found = count_votes(needed, present, cast(*said))

    reached = bool(said) and said.count(P) >= needed * present
    assert (found.verdict is Verdict.PASSED) == reached
    assert (found.verdict is Verdict.UNDECIDED) == (not said)


@given(said=votes.filter(bool), needed=shares)
def test_one_vote_more_for_it_never_makes_a_vote_fail(said, needed):
    first = count_votes(needed, len(said), cast(*said))
    better = count_votes(needed, len(said), cast(P, *said[1:]))

    assert first.verdict is not Verdict.PASSED or better.verdict is Verdict.PASSED
    assert count_votes(needed, len(said), cast(*reversed(said))).verdict is first.verdict


@pytest.mark.parametrize("value", ["2/3", "75%", 1])
def test_a_share_is_read_as_people_write_it(value):
    assert 0 < needed_share(value) <= 1
    assert SHARE.fault(value) == ""


@pytest.mark.parametrize("value", ["", "hai phần ba", "3/2", "0", "1/0", None])
def test_what_is_no_share_of_a_council_is_told(value):
    assert SHARE.fault(value).startswith("Ghi tỷ lệ")
