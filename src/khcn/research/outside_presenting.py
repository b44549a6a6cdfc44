"""What the page of a result done without the State's money shows of its council."""

from __future__ import annotations

from typing import Any

from khcn.councils.models import Council
from khcn.councils.permissions import may_read_slips
from khcn.councils.sheets import RuleUsed
from khcn.kernel.pages.addresses import record_url
from khcn.research.evaluating import concluded_on
from khcn.research.models import OutsideResult


def outside_values(request: Any, result: OutsideResult) -> dict[str, Any]:
    """Return the council that concluded and its vote, to those who may read its slips; nothing of it to others."""
    found = concluded_on(result)
    if found is None or not _may_read(request.user, found.matter.council):
        return {"section_acts": []}
    council = found.matter.council
    kept = council.rules_used.get("vote")
    used = RuleUsed(**kept) if kept else None
    return {
        "section_acts": [],
        "council": {"code": council.code, "title": council.title, "url": record_url(council)},
        "vote": found.words,
        "vote_rule": {"text": used.legal_basis, "doubt": used.doubt} if used else {},
    }


def _may_read(user: Any, council: Council) -> bool:
    seen = Council.objects.visible_to(user).filter(pk=council.pk).exists()
    return seen and may_read_slips(user, council).allowed
