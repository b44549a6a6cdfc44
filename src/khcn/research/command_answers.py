"""What the `khcn research` commands answer: values for programs, sentences for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from khcn.councils.judging import CouncilRating, MemberRating
from khcn.councils.rules import (
    Count,
    Gap,
    GapAction,
    GapFinding,
    Slip,
    Verdict,
    ZeroFinding,
    gap_words,
    mean_words,
    rounded,
    shown,
    shown_mean,
)
from khcn.councils.sheets import RuleUsed
from khcn.research.estimating import Estimate, lacking_words, warning_words
from khcn.research.exporting import VALIDATION, Summary
from khcn.research.models import ResearchTask
from khcn.ui import formats

VERDICTS = {Verdict.PASSED: "Đạt", Verdict.FAILED: "Không đạt", Verdict.UNDECIDED: "chưa kết luận được"}


@dataclass(frozen=True)
class Filing:
    """When the contract ended, when the file came, and until when it may come."""

    ended: date
    filed: date
    last: date

    @property
    def is_late(self) -> bool:
        """Tell whether the file came after the last day."""
        return self.filed > self.last


def counted_values(found: Count, slips: Mapping[str, Slip], used: RuleUsed) -> dict[str, Any]:
    """Return a count as a program reads it; means are exact fractions beside their decimal and shown forms."""
    return {
        "sheet": found.sheet.key,
        "members": [_slip_values(found, name, slip) for name, slip in slips.items()],
        "first_mean": _as_number(found.first),
        "mean": _as_number(found.mean),
        "mean_exact": None if found.mean is None else str(found.mean),
        "mean_shown": None if found.mean is None else str(rounded(found.mean)),
        "gap": [_gap_values(one, found.sheet.gap) for one in found.gaps],
        "zeros": [_zero_values(one) for one in found.zeros],
        "zeros_limit": None if found.sheet.zeros is None else str(found.sheet.zeros),
        "threshold": _as_number(found.sheet.threshold),
        "verdict": found.verdict.value,
        "band": found.band,
        "reasons": [str(one) for one in found.reasons],
        "rules": [rule_values(used)],
    }


def counted_words(found: Count, slips: Mapping[str, Slip], used: RuleUsed) -> list[str]:
    """Return a count in sentences: what every member gave, which slips are left out and why, the verdict and why."""
    lines = [f"Phiếu {found.sheet.key}: {len(slips)} phiếu, {len(found.counted)} phiếu được tính."]
    for name, slip in slips.items():
        total = f"{shown(slip.total)} điểm" if slip.valid else "không có điểm hợp lệ"
        why = found.left_out.get(name)
        lines.append(f"  {name}: {total}" + (f"; không tính: {why}." if why else "."))
    told = [one for one in found.gaps if one.action is GapAction.TOLD]
    lines += [f"  Hội đồng xem xét: {joined_name(one.member)}{gap_words(found, one)}." for one in told]
    if found.mean is not None:
        lines.append(f"Điểm trung bình: {mean_words(found)}" + (f", {found.band.lower()}." if found.band else "."))
        if found.first != found.mean and found.first is not None:
            lines.append(f"  Trước khi loại phiếu lệch: {shown_mean(found.first)}.")
    lines.append(f"Kết luận: {VERDICTS[found.verdict]}.")
    return [*lines, *(f"  {words}" for words in found.reasons), rule_words(used)]


def joined_name(name: str) -> str:
    """Return a name before what is said of it, "" for what is said of all."""
    return f"{name}: " if name else ""


def rated_values(found: CouncilRating, used: RuleUsed, filing: Filing | None) -> dict[str, Any]:
    """Return ratings as a program reads them; `filing` is null where nobody asked whether the file came in time."""
    return {
        "members": [
            {
                "member": one.member,
                "rating": one.rating.value,
                "reasons": [str(words) for words in one.reasons],
                "doubts": [str(words) for words in one.doubts],
            }
            for one in found.members
        ],
        "left_out": [{"member": name, "reason": str(words)} for name, words in found.left_out.items()],
        "rating": None if found.rating is None else found.rating.value,
        "reasons": [str(words) for words in found.reasons],
        "doubts": [str(words) for words in found.doubts],
        "filing": None
        if filing is None
        else {
            "ended": filing.ended.isoformat(),
            "filed": filing.filed.isoformat(),
            "last": filing.last.isoformat(),
            "is_late": filing.is_late,
        },
        "rules": [rule_values(used)],
    }


def rated_words(found: CouncilRating, used: RuleUsed, filing: Filing | None) -> list[str]:
    """Return ratings in sentences."""
    lines = [line for one in found.members for line in _member_words(one)]
    lines += [
        f"{name}: phiếu không hợp lệ, không tính ({words}; phiếu trắng hoặc không đúng quy định là phiếu không hợp lệ, "
        "TT 11/2014/TT-BKHCN điều 11)."
        for name, words in found.left_out.items()
    ]
    lines += [f"Cần xem lại: {words}" for words in found.doubts]
    if filing is None:
        lines.append("Hạn nộp hồ sơ: không xét, vì không ghi --ended và --filed.")
    else:
        said = "quá hạn" if filing.is_late else "trong hạn"
        lines.append(
            f"Hạn nộp hồ sơ: hợp đồng kết thúc {formats.day(filing.ended)}, nộp chậm nhất {formats.day(filing.last)}, "
            f"đã nộp {formats.day(filing.filed)}: {said}."
        )
    said = "chưa xếp loại" if found.rating is None else str(found.rating.label)
    return [*lines, f"Hội đồng: {said}. " + " ".join(map(str, found.reasons)), rule_words(used)]


def _member_words(one: MemberRating) -> list[str]:
    return [
        f"{one.member}: {one.rating.label}. " + " ".join(map(str, one.reasons)),
        *(f"  Cần xem lại: {words}" for words in one.doubts),
    ]


def rule_values(used: RuleUsed) -> dict[str, Any]:
    """Return the rule by which something was decided, with how far it was checked."""
    return {
        "key": used.key,
        "label": used.label,
        "value": used.value,
        "legal_basis": used.legal_basis,
        "confidence": used.confidence,
        "note": used.note,
    }


def rule_words(used: RuleUsed) -> str:
    """Return the rule by which something was decided, in a sentence that shows its doubt."""
    return f"Theo: {used.legal_basis}" + (f" ({str(used.doubt).lower()})." if used.doubt else ".")


def _as_number(value: Fraction | Decimal | None) -> float | None:
    return None if value is None else float(value)


def _slip_values(found: Count, name: str, slip: Slip) -> dict[str, Any]:
    return {
        "member": name,
        "total": float(slip.total),
        "total_exact": str(slip.total),
        "present": slip.present,
        "valid": slip.valid,
        "counted": name in found.counted,
        "left_out": str(found.left_out.get(name, "")),
    }


def _zero_values(one: ZeroFinding) -> dict[str, Any]:
    return {
        "criterion": one.criterion.order,
        "label": one.criterion.label,
        "count": one.count,
        "present": one.present,
        "not_in_mean": one.uncounted,
    }


def _gap_values(one: GapFinding, gap: Gap | None) -> dict[str, Any]:
    return {
        "member": one.member,
        "total": _as_number(one.total),
        "metric": gap.metric.value if gap else "",
        "distance": float(one.distance),
        "limit": float(one.limit),
        "action": one.action.value,
    }


def exported_words(found: Summary) -> list[str]:
    """Return what was exported in sentences."""
    counts = found.counts
    checked = "" if found.profile.confidence == "verified" else " (chưa đối chiếu)"
    lines = [f"{found.profile.label}, phiên bản {found.profile.version}{checked}: {found.profile.basis}."]
    lines += [f"  {one['file']}: {one['records']} bản ghi" for one in found.files]
    lines.append(
        f"Để lại: {counts['left_out_confidential']} nhiệm vụ thuộc phạm vi hạn chế, "
        f"{counts['left_out_withdrawn']} nhiệm vụ đã thu hồi."
    )
    lines.append(f"{counts['records_with_faults']} bản ghi thiếu hoặc sai, xem {VALIDATION}.")
    lines += [f"  thiếu {path}: {number}" for path, number in found.missing.most_common()]
    if found.not_exported:
        lines.append(f"Chưa có sổ cho: {', '.join(found.not_exported)}.")
    return lines


def estimated_values(found: Estimate) -> dict[str, Any]:
    """Return an estimate as a program reads it, with the records behind every sum.

    `total_vnd` is null while the need of a form is not known; `known_vnd` is what could be reckoned.
    """
    codes = dict(ResearchTask.objects.filter(pk__in=[one.task for one in found.opened]).values_list("pk", "code"))
    return {
        "year": found.year,
        "total_vnd": found.total_vnd,
        "known_vnd": found.known_vnd,
        "complete": found.total_vnd is not None,
        "why_incomplete": [str(words) for words in lacking_words(found)],
        "warnings": [str(words) for words in warning_words(found)],
        "carried_over": [{"task": one.task.code, "amount_vnd": one.amount} for one in found.carried],
        "new": [
            {
                "form": one.form.value,
                "planned": one.planned,
                "opened_before": one.opened,
                "state_budget_vnd": one.spent,
                "average_exact": None if one.average is None else str(one.average),
                "amount_vnd": one.amount,
            }
            for one in found.new
        ],
        "averaged_over": [
            {"task": codes[one.task], "form": one.form.value, "year": one.year, "state_budget_vnd": one.amount}
            for one in found.opened
        ],
        "without_estimate": [{"task": one.code, "form": one.form.value, "year": one.year} for one in found.unpriced],
        "rules": [{"key": found.rule.key, "legal_basis": found.rule.legal_basis, "confidence": found.rule.confidence}],
    }


def estimated_words(found: Estimate) -> list[str]:
    """Return an estimate in sentences."""
    known = formats.money(found.known_vnd)
    if found.total_vnd is None:
        lines = [f"Nhu cầu năm {found.year}: chưa đủ căn cứ để cộng; phần đã tính được: {known}."]
    else:
        lines = [f"Nhu cầu năm {found.year}: {known}."]
    lines.append(f"  Chuyển tiếp {len(found.carried)} nhiệm vụ: {formats.money(found.carried_vnd)}.")
    for one in found.new:
        need = "chưa có năm trước để lấy bình quân" if one.amount is None else formats.money(one.amount)
        lines.append(f"  Mở mới {one.planned} {one.form.label.lower()}: {need}.")
        if one.average is not None:
            lines.append(
                f"    Bình quân {formats.money(round(one.average))} = ngân sách nhà nước cấp trong các năm "
                f"{found.years_words} {formats.money(one.spent)} chia {one.opened} nhiệm vụ mở mới trong các năm ấy."
            )
    lines += [f"Chưa đủ căn cứ: {words}" for words in lacking_words(found)]
    lines += [f"Lưu ý: {words}" for words in warning_words(found)]
    doubt = " (chưa đối chiếu văn bản)" if found.rule.is_unchecked else ""
    return [*lines, f"Theo: {found.rule.legal_basis}{doubt}."]
