"""The `khcn research` commands."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from khcn.councils.judging import CouncilRating, JudgementRefused, MemberRating, rate, rating_rule
from khcn.councils.rules import Count, Gap, GapFinding, SheetFault, SlipRefused, count, rounded, shown
from khcn.councils.sheets import RuleUsed, rule_used, sheet_in_force
from khcn.councils.states import Regime
from khcn.kernel.calendar import due_on, load_shipped_calendar, parse_limit
from khcn.kernel.identity.models import Office
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.research.desk import Estimate, estimate_of
from khcn.research.export_profiles import UnknownProfile, profile_named, profiles
from khcn.research.exporting import VALIDATION, Scope, Summary, export_profile
from khcn.research.models import ResearchTask
from khcn.research.registers import RATING_RULE
from khcn.research.sheets import TableRefused, read_judgements, read_slips
from khcn.research.states import TaskForm
from khcn.ui import formats

REFUSED = (TableRefused, SlipRefused, SheetFault, JudgementRefused, RuleUnknown)


def run_score(arguments: list[str]) -> int:
    """Count slips: `FILE --sheet KEY [--on DAY] [--json]`; returns 0, or 1 with a message."""
    parser = _parser("score", "Kiểm phiếu chấm điểm của một hội đồng theo phiếu chấm của bộ quy định.")
    parser.add_argument("--sheet", required=True, metavar="PHIẾU", help="ví dụ NAT-APPLIED-2023")
    options = parser.parse_args(arguments)

    def work(data: bytes) -> tuple[dict[str, Any], list[str]]:
        sheet, used = sheet_in_force(options.sheet, on=options.on)
        slips = read_slips(data)
        try:
            found = count(sheet, slips)
        except SlipRefused as refusal:
            raise SlipRefused(f"{refusal} {rule_words(used)}") from refusal
        return counted_values(found, {one.member: one for one in slips}, used), counted_words(found, used)

    return _done(options, work)


def run_rate(arguments: list[str]) -> int:
    """Rate a task: `FILE --regime law29|law93 [--ended DAY --filed DAY] [--json]`; returns 0, or 1 with a message."""
    parser = _parser("rate", "Xếp loại một nhiệm vụ từ phiếu đánh giá sản phẩm của các thành viên hội đồng.")
    parser.add_argument("--regime", required=True, choices=Regime.values)
    parser.add_argument(
        "--ended", type=date.fromisoformat, metavar="NGÀY", help="ngày hợp đồng kết thúc, kể cả gia hạn"
    )
    parser.add_argument("--filed", type=date.fromisoformat, metavar="NGÀY", help="ngày nộp hồ sơ nghiệm thu")
    options = parser.parse_args(arguments)

    def work(data: bytes) -> tuple[dict[str, Any], list[str]]:
        used = rule_used(f"{RATING_RULE}{options.regime}", on=options.on)
        late = _is_late(options.ended, options.filed, used.value["late"])
        found = rate(rating_rule(used.value), read_judgements(data), too_late=late)
        return rated_values(found, used), rated_words(found, used)

    return _done(options, work)


def run_export(arguments: list[str]) -> int:
    """Export tasks by a profile: `--profile KEY --out DIR [--year Y] [--json]`; returns 0, or 1 with a message."""
    parser = argparse.ArgumentParser(
        prog="khcn research export", description="Xuất nhiệm vụ cho hệ thống khác, kèm validation.json."
    )
    parser.add_argument("--profile", required=True, metavar="HỒ_SƠ", help=", ".join(profiles()))
    parser.add_argument("--out", required=True, type=Path, metavar="THƯ_MỤC")
    parser.add_argument("--year", type=int, choices=range(2000, 2100), metavar="NĂM", help="chỉ nhiệm vụ của năm ấy")
    parser.add_argument("--json", action="store_true", help="kết quả cho máy đọc")
    options = parser.parse_args(arguments)
    try:
        profile = profile_named(options.profile)
        office = Office.objects.get(code=settings.OFFICE)
        found = export_profile(profile, options.out, Scope(office, timezone.localdate(), options.year))
    except UnknownProfile as unknown:
        sys.stderr.write(f"Không có hồ sơ xuất «{options.profile}». Hiện có: {unknown}.\n")
        return 1
    except Office.DoesNotExist:
        sys.stderr.write(f"Chưa có cơ quan «{settings.OFFICE}». Chạy `khcn demo` hoặc tạo cơ quan trước.\n")
        return 1
    except RuleUnknown as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except OSError as failure:
        sys.stderr.write(f"Không ghi được vào {options.out}: {failure.strerror or failure}.\n")
        return 1
    said = json.dumps(found.told(), ensure_ascii=False, indent=1) if options.json else "\n".join(exported_words(found))
    sys.stdout.write(said + "\n")
    return 0


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


def run_estimate(arguments: list[str]) -> int:
    """Reckon the money tasks need: `--year Y [--planned topic=10 …] [--json]`; returns 0, or 1 with a message."""
    parser = argparse.ArgumentParser(
        prog="khcn research estimate",
        description="Nhu cầu kinh phí nhiệm vụ của một năm ngân sách, với hồ sơ làm căn cứ.",
    )
    parser.add_argument("--year", type=int, required=True, metavar="NĂM")
    parser.add_argument(
        "--planned", action="append", default=[], metavar="LOẠI=SỐ", help="ví dụ topic=10; mặc định: theo danh mục"
    )
    parser.add_argument("--json", action="store_true", help="kết quả cho máy đọc")
    options = parser.parse_args(arguments)
    office = Office.objects.get(code=settings.OFFICE)
    try:
        planned = {TaskForm(form): int(count) for form, count in (one.split("=", 1) for one in options.planned)}
        tasks = ResearchTask.objects.of_office(office).standing()
        found = estimate_of(tasks, office, options.year, on=timezone.localdate(), planned=planned or None)
    except (ValueError, RuleUnknown) as refusal:
        sys.stderr.write(f"Không tính được: {refusal}. Ghi --planned như topic=10 ({', '.join(TaskForm.values)}).\n")
        return 1
    values = estimated_values(found)
    text = json.dumps(values, ensure_ascii=False, indent=1) if options.json else "\n".join(estimated_words(found))
    sys.stdout.write(f"{text}\n")
    return 0


def estimated_values(found: Estimate) -> dict[str, Any]:
    """Return an estimate as a program reads it, with the records behind every sum."""
    codes = dict(ResearchTask.objects.filter(pk__in=[one.task for one in found.opened]).values_list("pk", "code"))
    return {
        "year": found.year,
        "total_vnd": found.total_vnd,
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
        "rules": [{"key": found.rule.key, "legal_basis": found.rule.legal_basis, "confidence": found.rule.confidence}],
    }


def estimated_words(found: Estimate) -> list[str]:
    """Return an estimate in sentences."""
    lines = [f"Nhu cầu năm {found.year}: {formats.money(found.total_vnd)}."]
    lines.append(f"  Chuyển tiếp {len(found.carried)} nhiệm vụ: {formats.money(found.carried_vnd)}.")
    for one in found.new:
        need = "chưa có năm trước để lấy bình quân" if one.amount is None else formats.money(one.amount)
        lines.append(f"  Mở mới {one.planned} {one.form.label.lower()}: {need}.")
    doubt = " (chưa đối chiếu văn bản)" if found.rule.is_unchecked else ""
    return [*lines, f"Theo: {found.rule.legal_basis}{doubt}."]


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"khcn research {name}", description=description)
    parser.add_argument("file", type=Path, metavar="TỆP")
    parser.add_argument(
        "--on", type=date.fromisoformat, default=timezone.localdate(), metavar="NGÀY", help="theo quy định của ngày ấy"
    )
    parser.add_argument("--json", action="store_true", help="kết quả cho máy đọc")
    return parser


def _done(options: argparse.Namespace, work: Callable[[bytes], tuple[dict[str, Any], list[str]]]) -> int:
    try:
        values, words = work(options.file.read_bytes())
    except OSError as failure:
        sys.stderr.write(f"Không đọc được tệp {options.file}: {failure.strerror or failure}.\n")
        return 1
    except REFUSED as refusal:
        sys.stderr.write(f"{options.file.name}: {refusal}\n")
        return 1
    sys.stdout.write(
        json.dumps(values, ensure_ascii=False, indent=1) + "\n" if options.json else "\n".join(words) + "\n"
    )
    return 0


def _is_late(ended: date | None, filed: date | None, limit: str) -> bool:
    if ended is None or filed is None:
        return False
    # A limit after which a file fails is no duty: it does not move to the next working day.
    return filed > due_on(ended, parse_limit(limit), load_shipped_calendar(), rolls=False)


def counted_values(found: Count, slips: Any, used: RuleUsed) -> dict[str, Any]:
    """Return a count as a program reads it; means are exact fractions beside their decimal and shown forms."""
    return {
        "sheet": found.sheet.key,
        "members": [
            {
                "member": name,
                "total": float(slip.total),
                "present": slip.present,
                "valid": slip.valid,
                "counted": name in found.counted,
                "left_out": str(found.left_out.get(name, "")),
            }
            for name, slip in slips.items()
        ],
        "first_mean": None if found.first is None else float(found.first),
        "mean": None if found.mean is None else float(found.mean),
        "mean_exact": None if found.mean is None else str(found.mean),
        "mean_shown": None if found.mean is None else float(rounded(found.mean)),
        "gap": [_gap_values(one, found.sheet.gap) for one in found.gaps],
        "zeros": [
            {"criterion": one.criterion.order, "label": one.criterion.label, "count": one.count, "present": one.present}
            for one in found.zeros
        ],
        "threshold": None if found.sheet.threshold is None else float(found.sheet.threshold),
        "verdict": found.verdict.value,
        "band": found.band,
        "reasons": [str(one) for one in found.reasons],
        "rules": [rule_values(used)],
    }


def counted_words(found: Count, used: RuleUsed) -> list[str]:
    """Return a count in sentences."""
    lines = [f"Phiếu {found.sheet.key}: {len(found.counted)} phiếu được tính."]
    lines += [f"  Không tính phiếu của {name}: {reason}." for name, reason in found.left_out.items()]
    if found.mean is not None:
        lines.append(f"Điểm trung bình: {shown(found.mean)}" + (f", {found.band.lower()}." if found.band else "."))
    return [*lines, *map(str, found.reasons), rule_words(used)]


def rated_values(found: CouncilRating, used: RuleUsed) -> dict[str, Any]:
    """Return ratings as a program reads them."""
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
        "rating": None if found.rating is None else found.rating.value,
        "reasons": [str(words) for words in found.reasons],
        "rules": [rule_values(used)],
    }


def rated_words(found: CouncilRating, used: RuleUsed) -> list[str]:
    """Return ratings in sentences."""
    lines = [line for one in found.members for line in _member_words(one)]
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


def _gap_values(one: GapFinding, gap: Gap | None) -> dict[str, Any]:
    return {
        "member": one.member,
        "total": None if one.total is None else float(one.total),
        "metric": gap.metric.value if gap else "",
        "distance": float(one.distance),
        "limit": float(one.limit),
        "action": one.action.value,
    }
