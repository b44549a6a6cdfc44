"""Read councils: their rules, their members, their slips, what a count gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from khcn.councils.bodies import Body, Sitting, body_from
from khcn.councils.fees import FeeRule, fee_of, fee_rule
from khcn.councils.judging import (
    CouncilRating,
    Judgement,
    JudgementRefused,
    Product,
    RatingRule,
    judgements_from,
    rate,
    rating_rule,
)
from khcn.councils.models import Council, Matter, Seat, Slip
from khcn.councils.ranking import Candidate, Place, rank
from khcn.councils.rules import Count, Sheet, count, sheet_from
from khcn.councils.rules import Slip as CountedSlip
from khcn.councils.sealing import CHANGED, is_untouched
from khcn.councils.sheets import RuleUsed, rule_used
from khcn.councils.states import ConflictAnswer, KnownFact, Presence, SeatRole, Vote
from khcn.councils.voting import Ballot, VoteCount, count_votes, needed_share
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.language.words import words as _

BODIES = "council.body."
FEES = "council.fee."
MANY = 2
IN_THE_ROOM = (Presence.PRESENT, Presence.WRITTEN)


def body_rule(council: Council) -> RuleUsed:
    """Return the rule of what the council must be: that of its day once it opened, else that of today.

    Raises: RuleUnknown.
    """
    kept = council.rules_used.get("body")
    if kept is not None:
        return RuleUsed(**kept)
    key, on = f"{BODIES}{council.purpose}.{council.regime}", council.decided_on or timezone.localdate()
    read: dict[Any, RuleUsed] = council.__dict__.setdefault("_rules_read", {})  # several steps of one page ask for it
    if (key, on) not in read:
        read[key, on] = rule_used(key, on=on, office=council.office)
    return read[key, on]


def body_of(council: Council) -> Body:
    """Return what the council must be. Raises: RuleUnknown; BodyFault."""
    return body_from(body_rule(council).value)


def sheet_of(council: Council) -> Sheet | None:
    """Return the sheet that stood when the slips were opened, None where nothing is scored."""
    kept = council.rules_used.get("sheet")
    return sheet_from(council.sheet, kept["value"]) if kept is not None else None


def rating_rule_of(council: Council) -> RatingRule | None:
    """Return the rule of rating that stood when the slips were opened, None where products are not rated."""
    kept = council.rules_used.get("rating")
    return rating_rule(kept["value"]) if kept is not None else None


def needed_share_of(council: Council) -> Fraction | None:
    """Return the share by which a vote passes that stood when the slips were opened, None where nobody votes."""
    kept = council.rules_used.get("vote")
    return needed_share(kept["value"]) if kept is not None else None


def products_of(matter: Matter) -> list[Product]:
    """Return what the slips of a matter ask members to judge, in order."""
    return [
        Product(str(item.pk), item.name, item.criteria, item.ordered, item.delivered, item.unit)
        for item in matter.items.all()
    ]


def seats_of(council: Council) -> list[Seat]:
    """Return the members as councils are listed: the chair first, then by role."""
    order = {role: place for place, role in enumerate(SeatRole.values)}
    rows = council.seats.all()
    if "seats" not in getattr(council, "_prefetched_objects_cache", {}):  # pages read them once for all their parts
        rows = rows.select_related("person")
    return sorted(rows, key=lambda seat: (order[seat.role], seat.pk))


def sittings(seats: Iterable[Seat]) -> list[Sitting]:
    """Return members as the rules see them."""
    return [
        Sitting(
            seat.person.listed_name or seat.get_role_display(),
            SeatRole(seat.role),
            Presence(seat.presence),
            tells=seat.is_teller,
        )
        for seat in seats
    ]


def slips_of(matter: Matter) -> list[Slip]:
    """Return the slips of one matter, with their writers."""
    rows: Any = matter.slips.select_related("seat__person", "seat__council", "matter").prefetch_related("matter__items")
    return list(rows.order_by("seat_id"))


def unsettled_slips(council: Council) -> Any:
    """Return the slips that keep the count waiting: open, not void, of members without an interest in the matter."""
    rows = Slip.objects.filter(seat__council=council, locked_at=None, void_reason="")
    return rows.exclude(interest=ConflictAnswer.SOME)


def why_not(slip: Slip) -> str:
    """Return why a slip does not enter the result of a council that gives no points, "" where it does."""
    if slip.interest == ConflictAnswer.SOME:
        return _("Không chấm: có lợi ích liên quan")
    if slip.void_reason:
        return _("Không: {reason}").format(reason=slip.void_reason)
    if not is_untouched(slip):
        return CHANGED
    if slip.seat.presence != Presence.PRESENT:
        return _("Không: {reason}").format(reason=_("thành viên vắng mặt, phiếu chỉ để tham khảo"))
    return ""


def points_of(slip: Slip) -> dict[int, Decimal]:
    """Return the points as written, by the order of the criterion."""
    return {int(order): Decimal(given) for order, given in slip.points.items()}


def counts_of(council: Council) -> dict[int, Count]:
    """Return the result of every matter by its number, with one query; empty where nothing is scored."""
    sheet = sheet_of(council)
    if sheet is None:
        return {}
    rows: Any = Slip.objects.filter(matter__council=council).exclude(interest=ConflictAnswer.SOME)
    counted: dict[int, list[CountedSlip]] = {matter.pk: [] for matter in council.matters.all()}
    for slip in rows.select_related("seat").order_by("seat_id"):
        counted[slip.matter_id].append(_counted(slip))
    return {number: count(sheet, slips) for number, slips in counted.items()}


def count_of(council: Council, matter: Matter) -> Count | None:
    """Return the result of a matter, reckoned from its slips; None where nothing is scored.

    Members stand in it by the number of their seat, since two may bear one name; those with an interest in the matter
    have no slip that counts.
    """
    sheet = sheet_of(council)
    if sheet is None:
        return None
    slips = [one for one in slips_of(matter) if one.interest != ConflictAnswer.SOME]
    return count(sheet, [_counted(one) for one in slips])


def judgements_of(slip: Slip) -> list[Judgement]:
    """Return what a slip says of products and the report; its member is the number of the seat.

    Raises: JudgementRefused, for a slip changed behind the product.
    """
    return judgements_from(str(slip.seat_id), products_of(slip.matter), slip.judgements)


def ratings_of(council: Council) -> dict[int, CouncilRating]:
    """Return the rating of every matter by its number; empty where products are not rated.

    Only slips that members present locked make it; those whose slip is void are members present all the same. Members
    stand in it by the number of their seat.
    Raises: JudgementRefused, for a slip changed behind the product.
    """
    rule = rating_rule_of(council)
    if rule is None:
        return {}
    rows: Any = Slip.objects.filter(matter__council=council, seat__presence=Presence.PRESENT)
    rows = rows.exclude(locked_at=None, void_reason="").select_related("matter").prefetch_related("matter__items")
    judged: dict[int, list[Judgement]] = {}
    void: dict[int, dict[str, str]] = {}
    for slip in rows:
        if slip.void_reason:
            void.setdefault(slip.matter_id, {})[str(slip.seat_id)] = slip.void_reason
            continue
        if not is_untouched(slip):
            raise JudgementRefused(CHANGED)
        judged.setdefault(slip.matter_id, []).extend(judgements_of(slip))
    return {
        matter.pk: rate(rule, judged.get(matter.pk, []), too_late=matter.filed_late, void=void.get(matter.pk, {}))
        for matter in council.matters.all()
    }


def rating_of(council: Council, matter: Matter) -> CouncilRating | None:
    """Return how the council rated a matter, for upper modules; None where products are not rated, or before the count.

    Raises: JudgementRefused, for a slip changed behind the product.
    """
    return None if council.is_sealed else ratings_of(council).get(matter.pk)


def votes_of(council: Council) -> dict[int, VoteCount]:
    """Return the vote on every matter by its number; empty where nobody votes.

    The share is that of the members present. Members stand in it by the number of their seat.
    Raises: JudgementRefused, for a slip changed behind the product.
    """
    needed = needed_share_of(council)
    if needed is None:
        return {}
    rows: Any = Slip.objects.filter(matter__council=council)
    ballots: dict[int, list[Ballot]] = {}
    for slip in rows.select_related("seat", "matter").order_by("seat_id"):
        ballots.setdefault(slip.matter_id, []).append(_ballot(slip))
    present = _present(council)
    return {matter.pk: count_votes(needed, present, ballots.get(matter.pk, [])) for matter in council.matters.all()}


def vote_of(council: Council, matter: Matter) -> VoteCount | None:
    """Return the vote on a matter, for upper modules; None where nobody votes, or before the count.

    Raises: JudgementRefused, for a slip changed behind the product.
    """
    needed = needed_share_of(council)
    if needed is None or council.is_sealed:
        return None
    rows: Any = matter.slips.select_related("seat", "matter").order_by("seat_id")
    return count_votes(needed, _present(council), [_ballot(slip) for slip in rows])


def ranking_of(council: Council) -> list[tuple[Matter, Place]]:
    """Return the dossiers in order, each with its place; empty before the count, or where nothing competes."""
    sheet, matters = sheet_of(council), list(council.matters.all())
    if sheet is None or council.is_sealed or not council.is_ranked or len(matters) < MANY:
        return []
    counts, knows = counts_of(council), {KnownFact.YES: True, KnownFact.NO: False}
    named = {f"{one.pk:012d}": one for one in matters}  # titles may be alike, and numbers sort as they were entered
    candidates = [
        Candidate(
            name,
            counts[one.pk],
            int(one.asked_vnd) if one.asked_vnd is not None else None,
            knows.get(KnownFact(one.led_excellent)),
            proposed=one.host_proposed,
        )
        for name, one in named.items()
    ]
    return [(named[place.candidate.name], place) for place in rank(sheet, candidates)]


@dataclass(frozen=True)
class FeeLine:
    """What one member who was there is paid. `matters`: of how many dossiers they handed in a slip; `vnd`: đồng."""

    seat: Seat
    matters: int
    vnd: int


@dataclass(frozen=True)
class FeeSheet:
    """What a meeting costs in fees, by the rule of its day."""

    used: RuleUsed
    rule: FeeRule
    lines: tuple[FeeLine, ...]

    @property
    def total_vnd(self) -> int:
        """Return the sum in đồng."""
        return sum(line.vnd for line in self.lines)


def fees_of(council: Council) -> FeeSheet | None:
    """Return what members are paid, None before the count or while the rulebook holds no amount for such councils."""
    if council.is_sealed:
        return None
    try:
        on = council.meets_on or timezone.localdate()
        used = rule_used(f"{FEES}{council.purpose}", on=on, office=council.office)
    except RuleUnknown:
        return None
    rule = fee_rule(used.value)
    if not rule.amounts:
        return None
    slips = Slip.objects.filter(seat__council=council).exclude(locked_at=None)
    handed_in = Counter(slips.values_list("seat_id", flat=True))
    there = [seat for seat in seats_of(council) if seat.presence == Presence.PRESENT]
    lines = [FeeLine(seat, handed_in[seat.pk], fee_of(rule, SeatRole(seat.role), handed_in[seat.pk])) for seat in there]
    return FeeSheet(used, rule, tuple(lines))


def _counted(slip: Slip) -> CountedSlip:
    stands = slip.locked_at is not None and not slip.void_reason
    present = slip.seat.presence == Presence.PRESENT
    return CountedSlip(str(slip.seat_id), points_of(slip), present=present, valid=stands)


def _present(council: Council) -> int:
    return sum(seat.presence == Presence.PRESENT for seat in council.seats.all())


def _ballot(slip: Slip) -> Ballot:
    """Return what a slip says of its matter; its member is the number of the seat.

    Raises: JudgementRefused, for a slip changed behind the product.
    """
    if not is_untouched(slip):
        raise JudgementRefused(CHANGED)
    return Ballot(str(slip.seat_id), Vote(slip.vote) if slip.vote else None, why_not(slip))
