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

from khcn.councils.judging import JudgementRefused, rate, rating_rule
from khcn.councils.rules import SheetFault, SlipRefused, count
from khcn.councils.sheets import rule_used, sheet_in_force
from khcn.councils.states import Regime
from khcn.kernel.calendar import CalendarError, due_on, load_shipped_calendar, parse_day, parse_limit
from khcn.kernel.identity.models import Office
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.text.command_line import CommandLine, one_of, read_by, shortened, why_not_opened
from khcn.research.command_answers import (
    Filing,
    counted_values,
    counted_words,
    estimated_values,
    estimated_words,
    exported_words,
    rated_values,
    rated_words,
    rule_words,
)
from khcn.research.desk import estimate_of
from khcn.research.export_profiles import UnknownProfile, profile_named, profiles
from khcn.research.exporting import Scope, export_profile
from khcn.research.models import ResearchTask
from khcn.research.registers import RATING_RULE
from khcn.research.sheets import MOST_BYTES, TableRefused, read_judgements, read_slips
from khcn.research.states import TaskForm

REFUSED = (TableRefused, SlipRefused, SheetFault, JudgementRefused, RuleUnknown)
FIRST_YEAR, LAST_YEAR = 1945, 2200


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
        named = {one.member: one for one in slips}
        return counted_values(found, named, used), counted_words(found, named, used)

    return _done(options, work)


def run_rate(arguments: list[str]) -> int:
    """Rate a task: `FILE --regime law29|law93 [--ended DAY --filed DAY] [--json]`; returns 0, or 1 with a message."""
    parser = _parser("rate", "Xếp loại một nhiệm vụ từ phiếu đánh giá sản phẩm của các thành viên hội đồng.")
    parser.add_argument(
        "--regime", required=True, type=one_of(Regime.values), metavar="LUẬT", help=", ".join(Regime.values)
    )
    parser.add_argument("--ended", type=DAY, metavar="NGÀY", help="ngày hợp đồng kết thúc, kể cả gia hạn")
    parser.add_argument("--filed", type=DAY, metavar="NGÀY", help="ngày nộp hồ sơ nghiệm thu")
    options = parser.parse_args(arguments)
    if (options.ended is None) != (options.filed is None):
        lacking = "--filed" if options.filed is None else "--ended"
        parser.error(
            f"Thiếu {lacking}: hạn nộp hồ sơ chỉ xét được khi có cả ngày hợp đồng kết thúc (--ended) và ngày nộp "
            "(--filed). Ghi cả hai, hoặc không ghi ngày nào."
        )

    def work(data: bytes) -> tuple[dict[str, Any], list[str]]:
        used = rule_used(f"{RATING_RULE}{options.regime}", on=options.on)
        filing = _filing(options.ended, options.filed, used.value["late"])
        found = rate(rating_rule(used.value), read_judgements(data), too_late=filing is not None and filing.is_late)
        return rated_values(found, used, filing), rated_words(found, used, filing)

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


def _day(text: str) -> date:
    day = parse_day(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"Ngày «{shortened(text)}» ngoài các năm {FIRST_YEAR}–{LAST_YEAR}. Kiểm tra lại năm.")
    return day


DAY = read_by(_day, [CalendarError, ValueError])


def _parser(name: str, description: str) -> CommandLine:
    parser = CommandLine(f"khcn research {name}", description)
    parser.add_argument("file", type=Path, metavar="TỆP")
    parser.add_argument(
        "--on", type=DAY, default=timezone.localdate(), metavar="NGÀY", help="theo quy định của ngày ấy"
    )
    parser.add_argument("--json", action="store_true", help="kết quả cho máy đọc")
    return parser


def _done(options: argparse.Namespace, work: Callable[[bytes], tuple[dict[str, Any], list[str]]]) -> int:
    try:
        with options.file.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # a file without end is refused as too large
    except (OSError, ValueError) as failure:
        why = why_not_opened(failure) if isinstance(failure, OSError) else "tên tệp không dùng được"
        sys.stderr.write(f"Không đọc được tệp {shortened(str(options.file))}: {why}. Kiểm tra lại đường dẫn.\n")
        return 1
    try:
        values, words = work(data)
    except REFUSED as refusal:
        sys.stderr.write(f"{shortened(options.file.name)}: {refusal}\n")
        return 1
    sys.stdout.write(
        json.dumps(values, ensure_ascii=False, indent=1) + "\n" if options.json else "\n".join(words) + "\n"
    )
    return 0


def _filing(ended: date | None, filed: date | None, limit: str) -> Filing | None:
    if ended is None or filed is None:
        return None
    # A limit after which a file fails is no duty: it does not move to the next working day.
    return Filing(ended, filed, due_on(ended, parse_limit(limit), load_shipped_calendar(), rolls=False))
