"""Count a vote on one dossier, passed or not; pure, exact, the verdict with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from khcn.councils.rules import Verdict, share
from khcn.councils.states import Vote
from khcn.language.words import words as _


@dataclass(frozen=True)
class Ballot:
    """What the slip of one member says. `why_not`: in words, why it does not count; "" where it does."""

    member: str
    vote: Vote | None
    why_not: str = ""


@dataclass(frozen=True)
class VoteCount:
    """The result of a vote.

    `needed`: the share of the members present who must say passed. `present`: how many were there, whatever became of
    their slips. `left_out`: the members whose slips do not count, with the reason, in words.
    """

    needed: Fraction
    present: int
    passed: int
    failed: int
    left_out: Mapping[str, str]
    verdict: Verdict
    reasons: tuple[str, ...]


def needed_share(value: Any) -> Fraction:
    """Read the share as the rulebook holds it: «2/3», «75%».

    Raises: ValueError, for what is no share or asks for nobody.
    """
    found = share(value)
    if not 0 < found <= 1:
        raise ValueError(value)
    return found


def count_votes(needed: Fraction, present: int, ballots: Sequence[Ballot]) -> VoteCount:
    """Count the votes on one dossier; the order of the ballots does not matter.

    The share is taken of all members present, as the law says it: one who was there and whose slip is irregular, or who
    kept out of the vote for an interest, is one who did not say passed.
    """
    left_out = {one.member: one.why_not for one in ballots if one.why_not}
    said = Counter(one.vote for one in ballots if not one.why_not)
    passed, failed = said[Vote.PASS], said[Vote.FAIL]
    verdict, reason = _verdict(needed, present, passed, failed)
    return VoteCount(needed, present, passed, failed, left_out, verdict, (reason,))


def _verdict(needed: Fraction, present: int, passed: int, failed: int) -> tuple[Verdict, str]:
    if not present or not passed + failed:
        return Verdict.UNDECIDED, _("Không có phiếu hợp lệ nào để kết luận.")
    words = {"passed": passed, "present": present, "needed": needed}
    if Fraction(passed, present) >= needed:
        reason = _("{passed} trên {present} thành viên có mặt bỏ phiếu «Đạt», từ {needed} trở lên.")
        return Verdict.PASSED, reason.format(**words)
    reason = _("{passed} trên {present} thành viên có mặt bỏ phiếu «Đạt», chưa đủ {needed}.")
    return Verdict.FAILED, reason.format(**words)
