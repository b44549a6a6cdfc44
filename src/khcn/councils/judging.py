"""Rate what was delivered, as an acceptance council does; pure, exact, each rating with its reasons.

A member judges every product on quantity, volume, quality (and, where ordered, kind), and the final report. From these
follows the member's rating of the task, from the members' the council's. The shares are values of the rulebook. A slip
with a blank is void (TT 11/2014/TT-BKHCN, điều 11): it is left out with its reason; its writer was present.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from khcn.councils.states import Judged, Rating
from khcn.language.words import words as _

REPORT = "report"
MEASURED = (Judged.QUANTITY, Judged.VOLUME)
NAMED_GAPS = 5
"""How many missing judgements a refusal names before it only counts the rest."""


class JudgementRefused(ValueError):
    """A judgement cannot stand; the message names the member, the product and the reason."""


@dataclass(frozen=True)
class RatingRule:
    """The shares by which ratings follow.

    `measured`: of the judgements on quantity and volume, how many must pass. `delivered`: of the ordered amount, what
    those that fail must still reach. `excellent`: of the members present, how many must say excellent. `failing`: above
    which share of members saying fail the council fails.
    """

    measured: Fraction
    delivered: Fraction
    excellent: Fraction
    failing: Fraction


@dataclass(frozen=True)
class Judgement:
    """What one member says of one criterion of one product; `product` is `report` for the final report.

    `rating`: None where the slip asks and the member left it blank.
    """

    member: str
    product: str
    criterion: Judged
    rating: Rating | None
    ordered: Decimal | None = None
    delivered: Decimal | None = None

    @property
    def reached(self) -> Fraction | None:
        """Return the share of the ordered amount that was delivered; None where that was not said."""
        if self.ordered is None or self.delivered is None or self.ordered <= 0:
            return None
        return Fraction(self.delivered) / Fraction(self.ordered)


@dataclass(frozen=True)
class Product:
    """One product as a slip asks of it.

    `key`: under which the slip holds it. The amount is held against the quantity, and against the volume where that
    fails: a product has one amount, and whoever fails a criterion means what came short.
    """

    key: str
    name: str
    criteria: tuple[Judged, ...]
    ordered: Decimal | None = None
    delivered: Decimal | None = None
    unit: str = ""


Said = Mapping[str, Mapping[str, str]]
"""What a slip says: the key of a product, or `report` → the criterion → the rating, as stored."""


@dataclass(frozen=True)
class MemberRating:
    """The rating that follows from what one member judged, with the reasons; `doubts`: what does not fit together."""

    member: str
    rating: Rating
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class CouncilRating:
    """The rating of the council, None while nobody judged.

    `left_out`: the members present whose slips are void, with the reason. `doubts`: what nobody judged.
    """

    rating: Rating | None
    members: tuple[MemberRating, ...]
    reasons: tuple[str, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


def rating_rule(value: Mapping[str, Any]) -> RatingRule:
    """Read the shares as the rulebook holds them.

    Raises: KeyError, ValueError, where one is missing or no share.
    """
    names = ("measured", "delivered", "excellent", "failing")
    shares = {name: Fraction(str(value[name])) for name in names}
    if any(not 0 <= one <= 1 for one in shares.values()):
        raise ValueError(value)
    return RatingRule(**shares)


def judgements_from(member: str, products: Sequence[Product], said: Said) -> list[Judgement]:
    """Return what a slip says as judgements, the report last.

    Raises: JudgementRefused, for a product, criterion or rating that the slip does not ask for.
    """
    asked = asked_of(products)
    _refuse_foreign(member, asked, said)
    amounts = {one.key: (one.ordered, one.delivered) for one in products}
    names = {one.key: one.name for one in products} | {REPORT: REPORT}
    return [
        Judgement(member, names[key], criterion, rating, *_amounts_for(criterion, rating, amounts.get(key)))
        for key, criterion in asked
        if criterion in said.get(key, {})
        for rating in (Rating(said[key][criterion]),)
    ]


def refuse_unfinished(member: str, products: Sequence[Product], said: Said) -> None:
    """Stop unless the slip judges every criterion of every product, and the report.

    Raises: JudgementRefused, which names what is missing.
    """
    if not any(said.values()):
        raise JudgementRefused(_("Phiếu của {member} còn trắng: chưa đánh giá tiêu chí nào.").format(member=member))
    names = {one.key: f"«{one.name}»" for one in products}
    missing = [
        f"{names[key]} ({criterion.label.lower()})" if key in names else str(criterion.label).lower()
        for key, criterion in asked_of(products)
        if criterion not in said.get(key, {})
    ]
    if missing:
        words = _("Phiếu của {member} chưa đánh giá: {missing}.")
        raise JudgementRefused(words.format(member=member, missing=", ".join(missing)))


def amount_words(ordered: Decimal | None, delivered: Decimal | None, unit: str) -> str:
    """Return what was ordered and what came in words, "" where neither was put down."""
    if ordered is None and delivered is None:
        return ""
    said = {
        name: _amount(one) if one is not None else "—" for name, one in (("ordered", ordered), ("delivered", delivered))
    }
    return _("Đặt hàng {ordered}, giao nộp {delivered} {unit}").format(**said, unit=unit).strip()


def asked_of(products: Sequence[Product]) -> list[tuple[str, Judged]]:
    """Return everything a slip asks: the key of the product and the criterion; the report last."""
    return [(one.key, criterion) for one in products for criterion in one.criteria] + [(REPORT, Judged.REPORT)]


def rate_member(rule: RatingRule, member: str, judged: Sequence[Judgement], *, too_late: bool = False) -> MemberRating:
    """Return the rating of a task that follows from one member's judgements.

    `too_late`: the file came later than the rule allows, which fails the task whatever was delivered.
    Raises: JudgementRefused, where the report or every product is missing, or one thing is judged twice.
    """
    report, products = _sorted_out(member, judged)
    doubts = tuple(_doubts(products))
    failing = [] if not too_late else [_("Hồ sơ nộp quá thời hạn cho phép sau khi hợp đồng kết thúc.")]
    failing += _why_fail(rule, report, products)
    if failing:
        return MemberRating(member, Rating.FAIL, tuple(failing), doubts)
    below = [one for one in products if one.rating is not Rating.EXCELLENT]
    if below:
        return MemberRating(member, Rating.PASS, tuple(_why_pass(rule, below, products)), doubts)
    words = _("Mọi tiêu chí đã đánh giá của sản phẩm ({criteria}) xuất sắc, báo cáo tổng hợp đạt trở lên.")
    judged_on = ", ".join(_labels(products))
    return MemberRating(member, Rating.EXCELLENT, (words.format(criteria=judged_on),), doubts)


def rate(
    rule: RatingRule,
    judgements: Iterable[Judgement],
    *,
    too_late: bool = False,
    void: Mapping[str, str] | None = None,
) -> CouncilRating:
    """Return the rating of every member and of the council; the order of the judgements does not matter.

    `void`: the members present whose slips do not count, with the reason; those with a blank judgement join them.
    Raises: JudgementRefused, also where a member did not judge what another did.
    """
    by_member: dict[str, list[Judgement]] = {}
    for one in judgements:
        by_member.setdefault(one.member, []).append(one)
    left_out = dict(void or {}) | {name: words for name, judged in by_member.items() if (words := _blank_words(judged))}
    _refuse_gaps(by_member, left_out)
    counted = {name: judged for name, judged in sorted(by_member.items()) if name not in left_out}
    members = tuple(rate_member(rule, name, judged, too_late=too_late) for name, judged in counted.items())
    rating, reasons = council_rating(rule, [one.rating for one in members], void=len(left_out))
    return CouncilRating(rating, members, reasons, left_out, tuple(_unjudged(by_member.values())))


def council_rating(
    rule: RatingRule, ratings: Sequence[Rating], *, void: int = 0
) -> tuple[Rating | None, tuple[str, ...]]:
    """Return the council's rating that follows from those of the members present, with the reason.

    `void`: how many members present have no slip that counts; the shares are of all members present.
    """
    if not ratings:
        return None, ((_("Không có phiếu đánh giá hợp lệ nào.") if void else _("Chưa có phiếu đánh giá nào.")),)
    rating, reason = _council_rating(rule, Counter(ratings), len(ratings) + void)
    words = _("{void} thành viên có mặt có phiếu không hợp lệ, vẫn tính vào số thành viên có mặt.")
    return rating, (reason, words.format(void=void)) if void else (reason,)


def _council_rating(rule: RatingRule, said: Counter[Rating], present: int) -> tuple[Rating, str]:
    words = {"present": present, "excellent": said[Rating.EXCELLENT], "failing": said[Rating.FAIL]}
    if Fraction(said[Rating.FAIL], present) > rule.failing:
        reason = _("{failing} trên {present} thành viên xếp «Không đạt», quá {share} số thành viên có mặt.")
        return Rating.FAIL, reason.format(**words, share=rule.failing)
    if not said[Rating.FAIL] and Fraction(said[Rating.EXCELLENT], present) >= rule.excellent:
        reason = _(
            "{excellent} trên {present} thành viên xếp «Xuất sắc», từ {share} trở lên, không ai xếp «Không đạt»."
        )
        return Rating.EXCELLENT, reason.format(**words, share=rule.excellent)
    reason = _(
        "{excellent} trên {present} thành viên xếp «Xuất sắc», {failing} xếp «Không đạt»: chưa đủ cho «Xuất sắc» hay "
        "«Không đạt»."
    )
    return Rating.PASS, reason.format(**words)


def _blank_words(judged: Sequence[Judgement]) -> str:
    blank = [_about(one.product, one.criterion) for one in judged if one.rating is None]
    return _("phiếu bỏ trống {what}").format(what=_some(blank)) if blank else ""


def _refuse_gaps(by_member: Mapping[str, Sequence[Judgement]], left_out: Mapping[str, str]) -> None:
    """Stop where a member whose slip counts did not judge what another was asked: nobody knows what that slip said."""
    asked = dict.fromkeys((one.product, one.criterion) for judged in by_member.values() for one in judged)
    for member, judged in sorted(by_member.items()):
        given = {(one.product, one.criterion) for one in judged}
        missing = [_about(*one) for one in asked if one not in given]
        if missing and member not in left_out:
            words = _(
                "{member} chưa đánh giá {missing} mà thành viên khác đã đánh giá. Ghi thêm dòng còn thiếu; nếu phiếu "
                "bỏ trống chỗ ấy thì để trống mức xếp loại, phiếu sẽ được loại là không hợp lệ."
            )
            raise JudgementRefused(words.format(member=member, missing=_some(missing)))


def _unjudged(slips: Iterable[Sequence[Judgement]]) -> Iterable[str]:
    """Yield the products whose quality nobody judged: the rule asks for it, so somebody should look."""
    criteria: dict[str, set[Judged]] = {}
    for one in (one for judged in slips for one in judged if one.product != REPORT):
        criteria.setdefault(one.product, set()).add(one.criterion)
    for product, judged_on in criteria.items():
        if Judged.QUALITY not in judged_on:
            yield _("Không thành viên nào đánh giá chất lượng của «{product}».").format(product=product)


def _about(product: str, criterion: Judged) -> str:
    if product == REPORT:
        return str(criterion.label).lower()
    return _("{criterion} của «{product}»").format(criterion=criterion.label.lower(), product=product)


def _some(things: Sequence[str]) -> str:
    said = ", ".join(things[:NAMED_GAPS])
    more = len(things) - NAMED_GAPS
    return _("{said} và {more} mục khác").format(said=said, more=more) if more > 0 else said


def _labels(judged: Iterable[Judgement]) -> list[str]:
    """Return the criteria that were judged, each once, in the order in which slips ask them."""
    criteria = {one.criterion for one in judged}
    return [str(one.label).lower() for one in Judged if one in criteria]


def _refuse_foreign(member: str, asked: Sequence[tuple[str, Judged]], said: Said) -> None:
    given = {(key, criterion) for key, ratings in said.items() for criterion in ratings}
    if foreign := sorted(given - {(key, str(criterion)) for key, criterion in asked}):
        words = _("Phiếu của {member} đánh giá điều không có trong hồ sơ: {what}.")
        raise JudgementRefused(words.format(member=member, what=", ".join(":".join(one) for one in foreign)))
    ratings = {rating for given in said.values() for rating in given.values()}
    if strange := sorted(ratings - set(Rating.values)):
        words = _("Phiếu của {member} ghi mức «{what}», không phải xuất sắc, đạt hay không đạt.")
        raise JudgementRefused(words.format(member=member, what=", ".join(strange)))


def _amounts_for(
    criterion: Judged, rating: Rating, amounts: tuple[Decimal | None, Decimal | None] | None
) -> tuple[Decimal | None, Decimal | None]:
    speaks = criterion is Judged.QUANTITY or (criterion is Judged.VOLUME and rating is Rating.FAIL)
    return amounts if amounts is not None and speaks else (None, None)


def _sorted_out(member: str, judged: Sequence[Judgement]) -> tuple[Judgement, list[Judgement]]:
    seen = Counter((one.product, one.criterion) for one in judged)
    doubled = next((key for key, number in seen.items() if number > 1), None)
    if doubled is not None:
        raise JudgementRefused(
            _("{member} đánh giá hai lần «{product}», tiêu chí {criterion}.").format(
                member=member, product=doubled[0], criterion=doubled[1].label
            )
        )
    reports = [one for one in judged if one.product == REPORT]
    products = [one for one in judged if one.product != REPORT]
    if not reports:
        raise JudgementRefused(_("{member} chưa đánh giá báo cáo tổng hợp (dòng «report»).").format(member=member))
    if not products:
        raise JudgementRefused(_("{member} chưa đánh giá sản phẩm nào.").format(member=member))
    return reports[0], products


def _why_fail(rule: RatingRule, report: Judgement, products: Sequence[Judgement]) -> list[str]:
    why = [_("Báo cáo tổng hợp không đạt.")] if report.rating is Rating.FAIL else []
    why += [
        _("«{product}»: {criterion} không đạt.").format(product=one.product, criterion=one.criterion.label.lower())
        for one in products
        if one.criterion not in MEASURED and one.rating is Rating.FAIL
    ]
    measured = [one for one in products if one.criterion in MEASURED]
    failed = [one for one in measured if one.rating is Rating.FAIL]
    passed = len(measured) - len(failed)
    if measured and Fraction(passed, len(measured)) < rule.measured:
        why.append(
            _("{passed} trên {all} tiêu chí số lượng, khối lượng đạt, chưa đủ {share}.").format(
                passed=passed, all=len(measured), share=rule.measured
            )
        )
    return why + [words for one in failed if (words := _short(rule, one))]


def _short(rule: RatingRule, one: Judgement) -> str:
    """Return why a failing amount fails the whole: less than the share was delivered, or nobody said how much."""
    about = {"product": one.product, "criterion": one.criterion.label.lower(), "share": rule.delivered}
    if one.ordered == 0:
        return _(
            "«{product}»: {criterion} không đạt và mức đặt hàng ghi là 0 nên không có gì để so đã đủ {share} chưa."
        ).format(**about)
    if one.reached is None:
        missing = [
            words
            for amount, words in ((one.ordered, _("mức đặt hàng")), (one.delivered, _("mức giao nộp")))
            if amount is None
        ]
        return _("«{product}»: {criterion} không đạt và chưa ghi {missing} nên chưa rõ đã đủ {share} chưa.").format(
            **about, missing=", ".join(missing)
        )
    if one.reached >= rule.delivered:
        return ""
    return _("«{product}»: {criterion} không đạt và mới giao {delivered} trên {ordered}, chưa đủ {share}.").format(
        **about, delivered=_amount(one.delivered), ordered=_amount(one.ordered)
    )


def _why_pass(rule: RatingRule, below: Sequence[Judgement], products: Sequence[Judgement]) -> Iterable[str]:
    failed = [one for one in below if one.rating is Rating.FAIL]
    measured = sum(one.criterion in MEASURED for one in products)
    if failed:
        yield _(
            "{passed} trên {all} tiêu chí số lượng, khối lượng đạt, đủ {share}; tiêu chí chưa đạt vẫn giao từ {least} "
            "trở lên."
        ).format(passed=measured - len(failed), all=measured, share=rule.measured, least=rule.delivered)
    others = _labels(one for one in products if one.criterion not in MEASURED)
    said = {"count": len(below), "all": len(products), "criteria": ", ".join(others)}
    if others:
        words = _(
            "{count} trên {all} tiêu chí của sản phẩm chưa xuất sắc; {criteria} và báo cáo tổng hợp đều đạt trở lên."
        )
    else:
        words = _("{count} trên {all} tiêu chí của sản phẩm chưa xuất sắc; báo cáo tổng hợp đạt trở lên.")
    yield words.format(**said)


def _doubts(products: Sequence[Judgement]) -> Iterable[str]:
    """Yield where a judgement contradicts the amounts beside it; the judgement stands, the council is told."""
    for one in products:
        if one.criterion in MEASURED and one.ordered == 0:
            yield _("«{product}»: mức đặt hàng ghi là 0, không có gì để so với mức giao nộp.").format(
                product=one.product
            )
        if one.criterion not in MEASURED or one.reached is None or one.rating is None:
            continue
        contradicted = (one.reached < 1) != (one.rating is Rating.FAIL) or (
            one.reached <= 1 and one.rating is Rating.EXCELLENT
        )
        if contradicted:
            yield _("«{product}»: {criterion} xếp «{rating}» nhưng giao {delivered} trên {ordered} đặt hàng.").format(
                product=one.product,
                criterion=one.criterion.label.lower(),
                rating=one.rating.label,
                delivered=_amount(one.delivered),
                ordered=_amount(one.ordered),
            )


def _amount(value: Decimal | None) -> str:
    return f"{(value or Decimal(0)).normalize():f}".replace(".", ",")
