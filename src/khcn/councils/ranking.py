"""Put dossiers that compete for one task in order; pure, each place with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

from khcn.councils.rules import Count, Sheet, Verdict, shown, shown_mean
from khcn.language.words import words as _

CRITERION = "criterion:"


@dataclass(frozen=True)
class Candidate:
    """One dossier with its count and what tells equal ones apart.

    `asked`: the State budget asked for, in đồng. `excellent`: its principal investigator led a task rated excellent in
    the years that the rule looks at. `proposed`: its host proposed the task. None: nobody wrote it down.
    """

    name: str
    count: Count
    asked: int | None = None
    excellent: bool | None = None
    proposed: bool = False


@dataclass(frozen=True)
class Place:
    """Where a dossier stands. `rank`: None where it did not pass; equal ranks could not be told apart.

    `score`: its mean with the bonus, by which dossiers are put in order.
    """

    candidate: Candidate
    rank: int | None
    score: Fraction | None
    reasons: tuple[str, ...]


def rank(sheet: Sheet, candidates: Sequence[Candidate]) -> list[Place]:
    """Return the dossiers in order, those that did not pass last; in which order they were given does not matter."""
    passed = [one for one in candidates if one.count.verdict is Verdict.PASSED]
    failed = sorted((one for one in candidates if one not in passed), key=lambda one: one.name)
    ordered: list[Place] = []
    scored = sorted(passed, key=lambda one: (-score_of(sheet, one), one.name))
    for _score, equal in groupby(scored, key=lambda one: score_of(sheet, one)):
        ordered += _told_apart(sheet, list(equal), len(ordered) + 1)
    return [*ordered, *(Place(one, None, one.count.mean, tuple(one.count.reasons)) for one in failed)]


def score_of(sheet: Sheet, candidate: Candidate) -> Fraction:
    """Return the mean, with the bonus of a host that proposed the task; only for one that passed."""
    mean = candidate.count.mean or Fraction(0)
    return mean * (1 + sheet.proposer_bonus) if candidate.proposed else mean


def _told_apart(sheet: Sheet, equal: list[Candidate], first: int) -> list[Place]:
    """Return the places of dossiers of one score, by the ties of the sheet in turn."""
    reasons = {one.name: [_score_words(sheet, one)] for one in equal}
    groups = _split(list(sheet.ties), equal, reasons)
    places: list[Place] = []
    for group in groups:
        number = first + len(places)
        if len(group) > 1:
            for one in group:
                reasons[one.name].append(_("Chưa phân định được với hồ sơ cùng điểm; hội đồng quyết định."))
        places += [Place(one, number, score_of(sheet, one), tuple(reasons[one.name])) for one in group]
    return places


def _split(ties: list[str], group: list[Candidate], reasons: dict[str, list[str]]) -> list[list[Candidate]]:
    """Return the group in parts that the ties tell apart; what nobody wrote down also stops the ties that follow."""
    if len(group) == 1 or not ties:
        return [group]
    key, words = _tie(ties[0])
    if any(key(one) is None for one in group):
        for one in group:
            reasons[one.name].append(_("Cùng điểm, chưa đủ dữ liệu để so {words}.").format(words=words))
        return [group]
    parts = [list(part) for _key, part in groupby(sorted(group, key=lambda one: (key(one), one.name)), key=key)]
    if len(parts) > 1:
        for one in group:
            reasons[one.name].append(_("Cùng điểm, phân định theo {words}.").format(words=words))
    return [smaller for part in parts for smaller in _split(ties[1:], part, reasons)]


def _tie(tie: str) -> tuple[Callable[[Candidate], Any], str]:
    """Return by what candidates are put in order, the smallest first and None where it is not known, and its words."""
    if tie == "budget":
        return (lambda one: one.asked), _("kinh phí ngân sách đề nghị, thấp hơn xếp trước")
    if tie == "excellent":
        words = _("nhiệm vụ xếp loại xuất sắc đã chủ trì")
        return (lambda one: None if one.excellent is None else not one.excellent), words
    order = int(tie.removeprefix(CRITERION))
    words = _("điểm trung bình của tiêu chí {order}").format(order=order)
    return (lambda one: -one.count.by_criterion[order]), words


def _score_words(sheet: Sheet, one: Candidate) -> str:
    mean = shown_mean(one.count.mean or Fraction(0))
    if not one.proposed or not sheet.proposer_bonus:
        return _("Điểm trung bình {mean}.").format(mean=mean)
    words = _("Điểm trung bình {mean}, cộng {bonus}% vì tổ chức đã đề xuất nhiệm vụ: {score}.")
    return words.format(mean=mean, bonus=shown(sheet.proposer_bonus * 100), score=shown_mean(score_of(sheet, one)))
