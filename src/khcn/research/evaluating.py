"""How councils voted on results done without the State's money, and whether the province answered in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from khcn.councils.judging import JudgementRefused
from khcn.councils.models import Matter
from khcn.councils.rules import Verdict
from khcn.councils.selectors import vote_of
from khcn.councils.states import CouncilState, Purpose
from khcn.councils.voting import VoteCount
from khcn.kernel.obligations.models import Obligation
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.research.models import OutsideResult

ANSWER = "outside-evaluation"
"""The kind of what falls due once a dossier is valid."""


@dataclass(frozen=True)
class Concluded:
    """What a council concluded on a result: as which dossier, and how it voted.

    `vote`: None where a slip was changed behind the product, or nobody voted. `words`: what it came to and why.
    """

    matter: Matter
    vote: VoteCount | None
    words: str

    @property
    def passed(self) -> bool:
        """Tell whether the slips bear out that the council passed the result."""
        return self.vote is not None and self.vote.verdict is Verdict.PASSED


def concluded_on(result: OutsideResult) -> Concluded | None:
    """Return what the last council that concluded on the result concluded; None where none did.

    What was concluded changes no more, so the record remembers it: several steps and parts of one page ask for it.
    """
    known: Concluded | None = result.__dict__.get("_concluded")
    if known is None and (matter := _concluded_matter(result)) is not None:
        known = result.__dict__["_concluded"] = _voted(matter)
    return known


def vote_passed(result: OutsideResult) -> bool:
    """Tell whether a council concluded on the result, and its slips bear out that it passed it."""
    found = concluded_on(result)
    return found is not None and found.passed


def _concluded_matter(result: OutsideResult) -> Matter | None:
    rows: Any = Matter.objects.filter(subject_register=result.REGISTER, subject_id=result.pk)
    concluded = {"council__purpose": Purpose.EVALUATE, "council__state": CouncilState.CONCLUDED}
    rows = rows.filter(council__withdrawn_on=None, **concluded).select_related("council")
    found: Matter | None = rows.prefetch_related("council__seats").order_by("-council_id").first()
    return found


def _voted(matter: Matter) -> Concluded:
    try:
        found = vote_of(matter.council, matter)
    except JudgementRefused as changed:
        return Concluded(matter, None, str(changed))
    return Concluded(matter, found, joined(" ", found.reasons) if found is not None else "")


def complete_results(rows: Sequence[OutsideResult]) -> None:
    """Fill in until when to answer each of the rows, and whether that was late; one query."""
    if not rows:
        return
    found = Obligation.objects.as_of(rows[0].instant).filter(kind=ANSWER, register=OutsideResult.REGISTER)
    clocks = {one.record_id: one for one in found.filter(record_id__in=[row.pk for row in rows]).order_by("pk")}
    for row in rows:
        clock = clocks.get(row.pk)
        row.due_on = clock.effective_on if clock is not None and not clock.cancelled else None
        row.lateness = _answered_words(clock) if clock is not None else ""


def answered(rows: Any, value: str) -> Any:
    """Keep the results answered late or in time, of those answered."""
    clocks = Obligation.objects.filter(kind=ANSWER, register=OutsideResult.REGISTER, cancelled=False)
    clocks = clocks.filter(closed_on__isnull=False)
    if value == LATE:
        return rows.filter(pk__in=clocks.filter(closed_on__gt=F("effective_on")).values("record_id"))
    return rows.filter(pk__in=clocks.filter(closed_on__lte=F("effective_on")).values("record_id"))


def overdue_results(results: Any, today: date) -> Any:
    """Return the results that should have been answered before the day, the longest waiting first."""
    overdue = Obligation.objects.overdue(today).filter(kind=ANSWER, register=OutsideResult.REGISTER)
    return results.filter(pk__in=overdue.values("record_id")).order_by("complete_on", "pk")


LATE, IN_TIME = "muon", "dung-han"
ANSWERED = ((IN_TIME, _("Đúng hạn")), (LATE, _("Muộn")))


def _answered_words(clock: Obligation) -> str:
    done, due = clock.closed_on, clock.effective_on
    if clock.cancelled or done is None or due is None:
        return ""
    return dict(ANSWERED)[LATE if done > due else IN_TIME]
