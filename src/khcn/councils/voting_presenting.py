"""What pages and papers show of a vote."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from khcn.councils.judging import JudgementRefused
from khcn.councils.models import Council, Matter, Slip
from khcn.councils.rules import Verdict
from khcn.councils.sealing import CHANGED
from khcn.councils.selectors import slips_of, vote_of, why_not
from khcn.councils.sheets import RuleUsed
from khcn.language.words import words as _

VERDICTS = {
    Verdict.PASSED: _("Đạt", "verdict"),
    Verdict.FAILED: _("Không đạt", "verdict"),
    Verdict.UNDECIDED: _("Chưa kết luận được"),
}
VOTER_COLUMNS = [
    {"label": _("Thành viên")},
    {"label": _("Biểu quyết")},
    {"label": _("Tính vào kết quả")},
    {"label": _("Nhận xét, kiến nghị")},
]


def voted_values(council: Council, matter: Matter) -> dict[str, Any]:
    """Return the vote on a matter with every slip that makes it."""
    try:
        found = vote_of(council, matter)
    except JudgementRefused:
        found = None
    used = RuleUsed(**council.rules_used["vote"])
    return {
        "voted": found,
        "verdict": VERDICTS[found.verdict] if found else VERDICTS[Verdict.UNDECIDED],
        "broken": "" if found else CHANGED,
        "columns": VOTER_COLUMNS,
        "rows": [{"cells": _voter_cells(slip)} for slip in slips_of(matter)],
        "vote_rule": {"text": used.legal_basis, "doubt": used.doubt},
    }


def _voter_cells(slip: Slip) -> list[Any]:
    name = {"text": slip.seat.person.listed_name, "sub": slip.seat.get_role_display()}
    handed_in = slip.locked_at is not None
    if handed_in:
        name["url"] = reverse("council-slip-paper", args=[slip.seat.council.code, slip.pk, "pdf"])
    vote = slip.get_vote_display() if handed_in and slip.vote else "—"
    said = slip.remarks if handed_in else slip.interest_text  # what was never handed in is nobody's to read
    return [name, vote, why_not(slip) or _("Có"), said]
