"""What pages and papers show of judged products and of the rating that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from khcn.councils.judging import REPORT, CouncilRating, JudgementRefused, MemberRating, asked_of
from khcn.councils.models import Council, Matter, Slip
from khcn.councils.sealing import CHANGED, is_untouched
from khcn.councils.selectors import judgements_of, products_of, rating_of, slips_of, why_not
from khcn.councils.sheets import RuleUsed
from khcn.councils.states import Judged, Rating
from khcn.language.words import words as _

MEMBER_COLUMNS = [
    {"label": _("Thành viên")},
    {"label": _("Xếp loại")},
    {"label": _("Tính vào kết quả")},
    {"label": _("Vì sao")},
    {"label": _("Nhận xét, kiến nghị")},
]
PRODUCT_COLUMNS = [
    {"label": _("Sản phẩm, tiêu chí")},
    *({"label": rating.label, "num": True} for rating in Rating),
]


def rating_words(found: CouncilRating | None) -> str:
    """Return a rating in a word or two."""
    return str(found.rating.label) if found is not None and found.rating is not None else _("Chưa xếp loại")


def judged_lines(slip: Slip) -> Iterator[dict[str, str]]:
    """Yield each thing that a slip judges, with the rating given."""
    names = {one.key: one.name for one in products_of(slip.matter)}
    for key, criterion in asked_of(products_of(slip.matter)):
        given = slip.judgements.get(key, {}).get(criterion)
        about = f"{names[key]}: {criterion.label.lower()}" if key != REPORT else str(criterion.label)
        yield {"label": about, "value": str(Rating(given).label) if given in Rating.values else ""}


def rated_values(council: Council, matter: Matter) -> dict[str, Any]:
    """Return the rating of a matter with every slip that makes it, and what stands beside each product."""
    slips = slips_of(matter)
    try:
        found = rating_of(council, matter)
    except JudgementRefused:
        found = None
    members = {one.member: one for one in found.members} if found else {}
    used = RuleUsed(**council.rules_used["rating"])
    return {
        "rated": found,
        "rating": rating_words(found),
        "broken": "" if all(is_untouched(slip) for slip in slips) else CHANGED,
        "columns": MEMBER_COLUMNS,
        "rows": [{"cells": _member_cells(slip, members.get(str(slip.seat_id)))} for slip in slips],
        "product_columns": PRODUCT_COLUMNS,
        "product_rows": _product_rows(matter, slips) if found else [],
        "rule": {"text": used.legal_basis, "doubt": used.doubt},
    }


def _member_cells(slip: Slip, rated: MemberRating | None) -> list[Any]:
    name = {"text": slip.seat.person.listed_name, "sub": slip.seat.get_role_display()}
    handed_in = slip.locked_at is not None
    if handed_in:
        name["url"] = reverse("council-slip-paper", args=[slip.seat.council.code, slip.pk, "pdf"])
    rating = str(rated.rating.label) if rated else "—"
    said = slip.remarks if handed_in else slip.interest_text  # what was never handed in is nobody's to read
    return [name, rating, why_not(slip) or _("Có"), reasons_of(rated) if rated else "", said]


def reasons_of(rated: MemberRating) -> str:
    """Return why a member's rating is what it is, and what of it does not fit together."""
    doubts = [_("Cần xem lại: {words}").format(words=words) for words in rated.doubts]
    return " ".join(map(str, (*rated.reasons, *doubts)))


def _product_rows(matter: Matter, slips: list[Slip]) -> list[dict[str, Any]]:
    """Return how many members said what of each criterion, over the slips that enter the rating."""
    counted = [slip for slip in slips if slip.locked_at is not None and not why_not(slip)]
    said = Counter((one.product, one.criterion, one.rating) for slip in counted for one in judgements_of(slip))
    names = {one.key: one.name for one in products_of(matter)} | {REPORT: REPORT}
    rows = []
    for key, criterion in asked_of(products_of(matter)):
        about = str(Judged.REPORT.label) if key == REPORT else names[key]
        name = {"text": about, "sub": "" if key == REPORT else criterion.label}
        rows.append({"cells": [name, *(said[names[key], criterion, rating] for rating in Rating)]})
    return rows
