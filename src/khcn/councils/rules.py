"""Count the slips of a council by a score sheet; pure, exact, each finding with its reason.

A total is the sum of a member's points; the mean stays a fraction, is compared with the threshold as it is, and is
rounded half up to two decimals only where it is shown, and not even there where it would look as if it reached what it
does not. What is left out of the mean is named, never dropped silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from khcn.language.words import words as _

MOST_DIGITS = 60
"""How many digits a number of points may have, and how far its point may be moved; nobody gives a mark of more."""


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
    one criterion fail the whole; a slip that the gap rule leaves out of the mean still shows it. `counts_absent`:
    written slips of absent members enter the mean. `bands`: (points from which a name applies, name), the highest
    first. `proposer_bonus`: the share of its mean that a host gains which proposed the task. `ties`: by what equal
    dossiers are told apart, in order: `budget`, `excellent`, `criterion:N`.
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
    def total(self) -> Fraction:
        """Return the sum of the points, exact."""
        return total_of(self.points)


@dataclass(frozen=True)
class GapFinding:
    """A slip that lies farther off than the rule allows; without a member, the range of all slips."""

    member: str
    total: Fraction | None
    distance: Fraction
    limit: Fraction
    action: GapAction


@dataclass(frozen=True)
class ZeroFinding:
    """A criterion that too many members present gave nothing for; `uncounted`: how many of them are not in the mean."""

    criterion: Criterion
    count: int
    present: int
    uncounted: int = 0


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
    if len(text) > MOST_DIGITS or "e" in text.lower():
        raise ValueError(said)  # «1e-99999999» would be a fraction of a hundred million digits
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
        if not _is_written_out(given):
            raise SlipRefused(
                _(
                    "Phiếu của {member}: tiêu chí {order} «{label}» ghi một số quá dài hoặc có số mũ quá lớn; ghi điểm "
                    "bằng số thường, từ 0 đến {most}."
                ).format(member=slip.member, order=order, label=line.label, most=_as_written(line.most))
            )
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
    reasons += tuple(_band_words(sheet, mean))
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
    return shown_mean(value) if said != said.to_integral_value() else str(said.quantize(Decimal(1), ROUND_HALF_UP))


def shown_mean(value: Fraction | Decimal) -> str:
    """Return a mean as it is shown, always with two decimals: 70,00."""
    return str(rounded(value)).replace(".", ",")


def unrounded(value: Fraction) -> str:
    """Return a mean as it is, with two to six decimals; where more follow, cut and not rounded: 69,995; 69,999999…."""
    millionths = value * 1_000_000
    text = str(Decimal(int(millionths)).scaleb(-6)).replace(".", ",")
    if millionths.denominator != 1:
        return f"{text}…"
    whole, _comma, decimals = text.partition(",")
    return f"{whole},{decimals.rstrip('0'):0<2}"


def mean_words(found: Count) -> str:
    """Return the mean of a count in words: rounded, but as it is where rounding would lift it over a limit."""
    if found.mean is None:
        return "—"
    return unrounded(found.mean) if _lifted(found.sheet, found.mean) else shown_mean(found.mean)


def gap_words(found: Count, gap: GapFinding) -> str:
    """Return how far the slip of a finding lies off, or all slips from each other, and the limit."""
    return _far_words(found.sheet, gap, found.first)


def total_of(points: Mapping[int, Decimal]) -> Fraction:
    """Return the sum of points, exact however many digits they have."""
    return sum(map(Fraction, points.values()), Fraction(0))


def _lifted(sheet: Sheet, mean: Fraction) -> list[Decimal]:
    """Return the threshold and the starts of bands that a mean only seems to reach once it is rounded."""
    limits = [start for start, _name in sheet.bands]
    limits += [sheet.threshold] if sheet.threshold is not None else []
    return [one for one in limits if mean < one <= rounded(mean)]


def _is_written_out(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        return True  # infinity and what is no number are told by their own words
    return len(value.as_tuple().digits) <= MOST_DIGITS and abs(exponent) <= MOST_DIGITS


def _as_written(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",") if value.is_finite() else str(value)


def _points(said: Any) -> Decimal:
    value = Decimal(str(said))
    if not value.is_finite() or value < 0 or not _is_written_out(value):
        raise ValueError(str(said)[:MOST_DIGITS])
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


def _mean_of(given: Iterable[Decimal | Fraction]) -> Fraction:
    values = [Fraction(one) for one in given]
    return sum(values, Fraction(0)) / len(values)


def _gaps(gap: Gap | None, slips: Sequence[Slip], first: Fraction | None) -> Iterable[GapFinding]:
    if gap is None or first is None:
        return
    totals = [one.total for one in slips]
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
    total = shown(found.total or Fraction(0))
    if sheet.gap is not None and sheet.gap.metric is GapMetric.FROM_MEAN and first is not None:
        return _("{total} điểm lệch {distance}% so với trung bình {mean}, quá {limit}%").format(
            total=total, mean=shown_mean(first), **_over(found.distance * 100, found.limit * 100)
        )
    over = _over(found.distance, found.limit)
    if found.total is None:
        return _("phiếu cao nhất và thấp nhất cách nhau {distance} điểm, quá {limit}").format(**over)
    return _("{total} điểm lệch {distance} điểm so với các thành viên khác, quá {limit}").format(total=total, **over)


def _over(distance: Fraction, limit: Fraction) -> dict[str, str]:
    """Return a distance over its limit in words: 20,001 is not told as 20 over 20."""
    return {
        "distance": shown(distance) if rounded(distance) > limit else unrounded(distance),
        "limit": shown(limit),
    }


def _zeros(sheet: Sheet, slips: Sequence[Slip], counted: Sequence[Slip]) -> Iterable[ZeroFinding]:
    """Yield the criteria that too many members present gave nothing for, by every slip of theirs that is regular.

    TT 20/2023/TT-BKHCN asks how many members present gave nothing; a slip left out of the mean was given all the same.
    """
    present = sum(slip.present for slip in slips)
    if sheet.zeros is None or not present:
        return
    for line in sheet.criteria:
        givers = [slip for slip in slips if slip.present and slip.valid and slip.points[line.order] == 0]
        if Fraction(len(givers), present) > sheet.zeros:
            yield ZeroFinding(line, len(givers), present, sum(slip not in counted for slip in givers))


def _verdict(sheet: Sheet, mean: Fraction | None, zeros: Sequence[ZeroFinding]) -> tuple[Verdict, tuple[str, ...]]:
    if mean is None:
        return Verdict.UNDECIDED, (_("Không có phiếu hợp lệ nào để tính điểm."),)
    reasons = [*_threshold_words(sheet, mean), *_zero_words(sheet, zeros)]
    if sheet.threshold is None:
        return Verdict.UNDECIDED, tuple(reasons)
    return (Verdict.PASSED if mean >= sheet.threshold and not zeros else Verdict.FAILED), tuple(reasons)


def _threshold_words(sheet: Sheet, mean: Fraction) -> Iterable[str]:
    if sheet.threshold is None:
        yield _("Phiếu «{sheet}» không đặt ngưỡng điểm đạt.").format(sheet=sheet.key)
        return
    # 69,996 is shown as 70,00 and does not reach 70: then the mean is told as it is compared.
    close = mean < sheet.threshold <= rounded(mean)
    words = {"mean": unrounded(mean) if close else shown_mean(mean), "threshold": _as_written(sheet.threshold)}
    if mean >= sheet.threshold:
        yield _("Điểm trung bình {mean} đạt ngưỡng {threshold}.").format(**words)
    else:
        yield _("Điểm trung bình {mean} chưa đạt ngưỡng {threshold}.").format(**words)


def _zero_words(sheet: Sheet, zeros: Sequence[ZeroFinding]) -> Iterable[str]:
    if sheet.zeros is not None and not zeros:
        yield _(
            "Không tiêu chí nào bị quá {share} số thành viên có mặt cho 0 điểm, kể cả phiếu hợp lệ không tính vào điểm "
            "trung bình."
        ).format(share=sheet.zeros)
    for one in zeros:
        said = {"order": one.criterion.order, "label": one.criterion.label, "count": one.count, "present": one.present}
        if not one.uncounted:
            words = _("Tiêu chí {order} «{label}» bị {count} trên {present} thành viên có mặt cho 0 điểm, quá {share}.")
            yield words.format(**said, share=sheet.zeros)
            continue
        yield _(
            "Tiêu chí {order} «{label}» bị {count} trên {present} thành viên có mặt cho 0 điểm, quá {share}; trong đó "
            "{uncounted} phiếu không tính vào điểm trung bình nhưng vẫn là ý kiến của thành viên có mặt."
        ).format(**said, share=sheet.zeros, uncounted=one.uncounted)


def _band_words(sheet: Sheet, mean: Fraction | None) -> Iterable[str]:
    """Yield why a mean is not in the band that its rounded form names."""
    if mean is None:
        return
    named = next(((start, name) for start, name in sheet.bands if mean < start <= rounded(mean)), None)
    if named is not None:
        words = _("Điểm trung bình {mean} làm tròn thành {shown} nhưng chưa đến {start} điểm của mức «{band}».")
        yield words.format(mean=unrounded(mean), shown=shown_mean(mean), start=_as_written(named[0]), band=named[1])
