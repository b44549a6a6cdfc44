"""Count the slips of a council by a score sheet; pure, exact, each finding with its reason.

A total is the sum of a member's points; the mean stays a fraction, is compared with the threshold as it is, and is
rounded half up to two decimals only where it is shown. What is left out of the mean is named, never dropped silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from khcn.language.words import words as _


class SheetFault(ValueError):
    """A score sheet cannot be read; the message says what is wrong with it."""


class SlipRefused(ValueError):
    """A slip cannot stand; the message names the member, the reason and the rule."""


class GapMetric(StrEnum):
    """How far a slip lies from the others."""

    FROM_MEAN = "from-mean"  # from the mean of all slips, as a share of it
    FROM_OTHERS = "from-others"  # from the mean of the other slips, in points
    RANGE = "range"  # the highest and the lowest total, in points


class GapAction(StrEnum):
    """What becomes of a slip that lies too far off."""

    INVALID = "invalid"  # left out of the mean
    TOLD = "told"  # told to the council, which decides


class Verdict(StrEnum):
    """What the sheet says of what was scored."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"  # the sheet sets no threshold, or no slip is left


@dataclass(frozen=True)
class Criterion:
    """One line of a sheet; `order`: its number from 1."""

    order: int
    label: str
    most: Decimal


@dataclass(frozen=True)
class Gap:
    """The limit of how far a slip may lie off; `limit`: a share for `from-mean`, points otherwise."""

    metric: GapMetric
    limit: Fraction
    action: GapAction


@dataclass(frozen=True)
class Sheet:
    """A score sheet as data: its lines and how their points become a verdict.

    `threshold`: points that the mean must reach. `zeros`: the share of the members present above which zero points for
    one criterion fail the whole. `counts_absent`: written slips of absent members enter the mean. `bands`: (points from
    which a name applies, name), the highest first. `proposer_bonus`: the share of its mean that a host gains which
    proposed the task. `ties`: by what equal dossiers are told apart, in order: `budget`, `excellent`, `criterion:N`.
    """

    key: str
    criteria: tuple[Criterion, ...]
    threshold: Decimal | None = None
    zeros: Fraction | None = None
    gap: Gap | None = None
    counts_absent: bool = False
    bands: tuple[tuple[Decimal, str], ...] = ()
    proposer_bonus: Fraction = Fraction(0)
    ties: tuple[str, ...] = ()

    @property
    def most(self) -> Decimal:
        """Return the points of a slip that has the maximum everywhere."""
        return sum((one.most for one in self.criteria), Decimal(0))


@dataclass(frozen=True)
class Slip:
    """What one member wrote: points by the order of the criterion. `valid`: the tellers found it regular."""

    member: str
    points: Mapping[int, Decimal]
    present: bool = True
    valid: bool = True

    @property
    def total(self) -> Decimal:
        """Return the sum of the points."""
        return sum(self.points.values(), Decimal(0))


@dataclass(frozen=True)
class GapFinding:
    """A slip that lies farther off than the rule allows; without a member, the range of all slips."""

    member: str
    total: Decimal | None
    distance: Fraction
    limit: Fraction
    action: GapAction


@dataclass(frozen=True)
class ZeroFinding:
    """A criterion that too many members gave nothing for."""

    criterion: Criterion
    count: int
    present: int


@dataclass(frozen=True)
class Count:
    """The result of a count. `first`: the mean before the gap rule; `mean`: what counts, None without a valid slip.

    `counted`: members whose slips make the mean; `left_out`: the others with the reason, in words. `by_criterion`: the
    mean of each criterion over the slips that count.
    """

    sheet: Sheet
    first: Fraction | None
    mean: Fraction | None
    counted: tuple[str, ...]
    left_out: Mapping[str, str]
    gaps: tuple[GapFinding, ...]
    zeros: tuple[ZeroFinding, ...]
    verdict: Verdict
    band: str
    reasons: tuple[str, ...]
    by_criterion: Mapping[int, Fraction]


def sheet_from(key: str, value: Any) -> Sheet:
    """Read a sheet as the rulebook holds it.

    Raises: SheetFault.
    """
    try:
        found = _sheet(key, value)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as fault:
        raise SheetFault(_("Phiếu chấm «{key}» ghi sai: {fault}.").format(key=key, fault=fault)) from fault
    if not found.criteria or any(not one.label or one.most <= 0 for one in found.criteria):
        words = _("Phiếu chấm «{key}» cần ít nhất một tiêu chí, mỗi tiêu chí có tên và điểm tối đa dương.")
        raise SheetFault(words.format(key=key))
    known = {"budget", "excellent", *(f"criterion:{one.order}" for one in found.criteria)}
    if foreign := [one for one in found.ties if one not in known]:
        words = _("Phiếu chấm «{key}» phân định đồng điểm theo «{foreign}», hệ thống không hiểu.")
        raise SheetFault(words.format(key=key, foreign=", ".join(foreign)))
    return found


def _sheet(key: str, value: Any) -> Sheet:
    lines = tuple(
        Criterion(order, str(label).strip(), _points(most))
        for order, (label, most) in enumerate(value["criteria"], start=1)
    )
    gap = value.get("gap")
    return Sheet(
        key,
        lines,
        _points(value["threshold"]) if "threshold" in value else None,
        share(value["zeros"]) if "zeros" in value else None,
        Gap(GapMetric(gap["metric"]), share(gap["limit"]), GapAction(gap["action"])) if gap else None,
        bool(value.get("counts_absent", False)),
        tuple((_points(start), str(name)) for start, name in value.get("bands", ())),
        share(value.get("proposer_bonus", 0)),
        tuple(str(one) for one in value.get("ties", ())),
    )


def share(said: Any) -> Fraction:
    """Return a share or a number of points: «1/4», «20%», 0.2, 15.

    Raises: ValueError.
    """
    text = str(said).strip()
    return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text)


def refuse_irregular(sheet: Sheet, slip: Slip) -> None:
    """Stop unless the slip answers every criterion within its maximum.

    Raises: SlipRefused.
    """
    lines = {one.order: one for one in sheet.criteria}
    foreign = sorted(slip.points.keys() - lines.keys())
    if foreign:
        raise SlipRefused(
            _("Phiếu của {member}: tiêu chí số {orders} không có trong phiếu «{sheet}» ({count} tiêu chí).").format(
                member=slip.member, orders=", ".join(map(str, foreign)), sheet=sheet.key, count=len(lines)
            )
        )
    for order, given in sorted(slip.points.items()):
        line = lines[order]
        if not given.is_finite() or given < 0 or given > line.most:
            raise SlipRefused(
                _(
                    "Phiếu của {member}: tiêu chí {order} «{label}» cho {given} điểm; phiếu «{sheet}» cho từ 0 đến "
                    "{most}."
                ).format(
                    member=slip.member,
                    order=order,
                    label=line.label,
                    given=_as_written(given),
                    sheet=sheet.key,
                    most=_as_written(line.most),
                )
            )
    missing = [f"{one.order} «{one.label}»" for one in sheet.criteria if one.order not in slip.points]
    if missing:
        raise SlipRefused(
            _(
                "Phiếu của {member} chưa cho điểm tiêu chí {missing}. Chấm đủ các tiêu chí, hoặc ghi phiếu không "
                "hợp lệ."
            ).format(member=slip.member, missing=", ".join(missing))
        )


def count(sheet: Sheet, slips: Sequence[Slip]) -> Count:
    """Count the slips of one dossier; the order of the slips does not matter.

    The gap rule is asked once, of the first mean; what it leaves out does not change its own question.
    Raises: SlipRefused, for two slips of one member, or a valid slip that breaks the sheet.
    """
    _refuse_broken(sheet, slips)
    left_out = {slip.member: reason for slip in slips if (reason := _why_not(sheet, slip))}
    entered = [slip for slip in slips if slip.member not in left_out]
    first = _mean(entered)
    gaps = tuple(_gaps(sheet.gap, entered, first))
    left_out |= {one.member: _far_words(sheet, one, first) for one in gaps if one.action is GapAction.INVALID}
    counted = [slip for slip in entered if slip.member not in left_out]
    mean = _mean(counted)
    zeros = tuple(_zeros(sheet, slips, counted))
    verdict, reasons = _verdict(sheet, mean, zeros)
    members = tuple(one.member for one in counted)
    criteria = {line.order: _mean_of(slip.points[line.order] for slip in counted) for line in sheet.criteria if counted}
    band = _band(sheet, mean)
    return Count(sheet, first, mean, members, left_out, gaps, zeros, verdict, band, reasons, criteria)


def rounded(value: Fraction | Decimal) -> Decimal:
    """Return a value with two decimals, half up, as it is shown and never as it is compared."""
    exact = Fraction(value)
    cents = (abs(exact) * 100 * 2 + 1) // 2  # half up on whole numbers, without a detour by binary fractions
    return Decimal(int(cents) if exact >= 0 else -int(cents)).scaleb(-2)


def shown(value: Fraction | Decimal) -> str:
    """Return points as people read them: 75,33; whole ones without decimals."""
    said = rounded(value)
    return (
        str(said.quantize(Decimal(1), ROUND_HALF_UP))
        if said == said.to_integral_value()
        else str(said).replace(".", ",")
    )


def unrounded(value: Fraction) -> str:
    """Return a mean with the six decimals that follow, cut and not rounded: 69,999999."""
    return str(Decimal(int(value * 1_000_000)).scaleb(-6)).replace(".", ",")


def _as_written(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",") if value.is_finite() else str(value)


def _points(said: Any) -> Decimal:
    value = Decimal(str(said))
    if not value.is_finite() or value < 0:
        raise ValueError(said)
    return value


def _band(sheet: Sheet, mean: Fraction | None) -> str:
    return next((name for start, name in sheet.bands if mean is not None and mean >= start), "")


def _refuse_broken(sheet: Sheet, slips: Iterable[Slip]) -> None:
    seen: set[str] = set()
    for slip in slips:
        if slip.valid:
            refuse_irregular(sheet, slip)
        if slip.member in seen:
            raise SlipRefused(
                _("{member} có hai phiếu cho cùng một hồ sơ; mỗi thành viên một phiếu.").format(member=slip.member)
            )
        seen.add(slip.member)


def _why_not(sheet: Sheet, slip: Slip) -> str:
    if not slip.valid:
        return _("phiếu không hợp lệ")
    if not slip.present and not sheet.counts_absent:
        return _("thành viên vắng mặt, phiếu chỉ để tham khảo")
    return ""


def _mean(slips: Sequence[Slip]) -> Fraction | None:
    return _mean_of(one.total for one in slips) if slips else None


def _mean_of(given: Iterable[Decimal]) -> Fraction:
    values = [Fraction(one) for one in given]
    return sum(values, Fraction(0)) / len(values)


def _gaps(gap: Gap | None, slips: Sequence[Slip], first: Fraction | None) -> Iterable[GapFinding]:
    if gap is None or first is None:
        return
    totals = [Fraction(one.total) for one in slips]
    if gap.metric is GapMetric.RANGE:
        if (distance := max(totals) - min(totals)) > gap.limit:
            yield GapFinding("", None, distance, gap.limit, GapAction.TOLD)
        return
    for slip, total in zip(slips, totals, strict=True):
        distance = _distance(gap, total, sum(totals), len(totals), first)
        if distance > gap.limit:
            yield GapFinding(slip.member, slip.total, distance, gap.limit, gap.action)


def _distance(gap: Gap, total: Fraction, all_totals: Fraction | int, number: int, first: Fraction) -> Fraction:
    if gap.metric is GapMetric.FROM_MEAN:
        return abs(total - first) / first if first else Fraction(0)  # where the mean is zero, so is every slip
    return abs(total - (all_totals - total) / Fraction(number - 1)) if number > 1 else Fraction(0)


def _far_words(sheet: Sheet, found: GapFinding, first: Fraction | None) -> str:
    if sheet.gap is not None and sheet.gap.metric is GapMetric.FROM_MEAN and first is not None:
        return _("{total} điểm lệch {distance}% so với trung bình {mean}, quá {limit}%").format(
            total=shown(found.total or Decimal(0)),
            distance=shown(found.distance * 100),
            mean=shown(first),
            limit=shown(found.limit * 100),
        )
    return _("{total} điểm lệch {distance} điểm so với các thành viên khác, quá {limit}").format(
        total=shown(found.total or Decimal(0)), distance=shown(found.distance), limit=shown(found.limit)
    )


def _zeros(sheet: Sheet, slips: Sequence[Slip], counted: Sequence[Slip]) -> Iterable[ZeroFinding]:
    present = sum(slip.present for slip in slips)
    if sheet.zeros is None or not present:
        return
    for line in sheet.criteria:
        number = sum(slip.points[line.order] == 0 for slip in counted if slip.present)
        if Fraction(number, present) > sheet.zeros:
            yield ZeroFinding(line, number, present)


def _verdict(sheet: Sheet, mean: Fraction | None, zeros: Sequence[ZeroFinding]) -> tuple[Verdict, tuple[str, ...]]:
    if mean is None:
        return Verdict.UNDECIDED, (_("Không có phiếu hợp lệ nào để tính điểm."),)
    if sheet.threshold is None:
        return Verdict.UNDECIDED, (_("Phiếu «{sheet}» không đặt ngưỡng điểm đạt.").format(sheet=sheet.key),)
    reached = mean >= sheet.threshold
    # 69,996 is shown as 70 and does not reach 70: then the mean is told as it is compared.
    close = not reached and rounded(mean) >= sheet.threshold
    words = {"mean": unrounded(mean) if close else shown(mean), "threshold": shown(sheet.threshold)}
    reasons = [
        _("Điểm trung bình {mean} đạt ngưỡng {threshold}.").format(**words)
        if reached
        else _("Điểm trung bình {mean} chưa đạt ngưỡng {threshold}.").format(**words)
    ]
    reasons += [
        _("Tiêu chí {order} «{label}» bị {count} trên {present} thành viên có mặt cho 0 điểm.").format(
            order=one.criterion.order, label=one.criterion.label, count=one.count, present=one.present
        )
        for one in zeros
    ]
    return (Verdict.PASSED if reached and not zeros else Verdict.FAILED), tuple(reasons)
