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
from django.db import DatabaseError
from django.utils import timezone

from khcn.councils.judging import JudgementRefused, rate, rating_rule
from khcn.councils.rules import SheetFault, SlipRefused, count
from khcn.councils.sheets import rule_used, sheet_in_force
from khcn.councils.states import Regime
from khcn.kernel.calendar import CalendarError, due_on, load_shipped_calendar, parse_day, parse_limit
from khcn.kernel.identity.selectors import UNPREPARED, NotPrepared, office_at_work
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.text.command_line import CommandLine, one_of, read_by, shortened, whole, why_not_opened
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
from khcn.research.estimating import estimate_of
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
    parser = CommandLine("khcn research export", "Xuất nhiệm vụ cho hệ thống khác, kèm validation.json.")
    parser.add_argument("--profile", required=True, metavar="HỒ_SƠ", help=", ".join(profiles()))
    parser.add_argument("--out", required=True, type=Path, metavar="THƯ_MỤC")
    parser.add_argument("--year", type=YEAR, metavar="NĂM", help="chỉ nhiệm vụ của năm ấy")
    parser.add_argument("--json", action="store_true", help="kết quả cho máy đọc")
    options = parser.parse_args(arguments)

    def work() -> tuple[dict[str, Any], list[str]]:
        profile = profile_named(options.profile)
        office = office_at_work(settings.OFFICE)
        found = export_profile(profile, options.out, Scope(office, timezone.localdate(), options.year))
        return found.told(), exported_words(found)

    try:
        return _answered(work, as_json=options.json)
    except UnknownProfile as unknown:
        said = f"Không có hồ sơ xuất «{shortened(options.profile)}». Hiện có: {unknown}.\n"
    except OSError as failure:
        said = f"Không ghi được vào {shortened(str(options.out))}: {why_not_opened(failure)}. Chọn thư mục khác.\n"
    sys.stderr.write(said)
    return 1


def run_estimate(arguments: list[str]) -> int:
    """Reckon the money tasks need: `--year Y [--planned topic=10 …] [--json]`; returns 0, or 1 with a message.

    The command works for the office itself: it counts every task, those that few may know of included.
    """
    parser = CommandLine(
        "khcn research estimate", "Nhu cầu kinh phí nhiệm vụ của một năm ngân sách, với hồ sơ làm căn cứ."
    )
    parser.add_argument("--year", type=YEAR, required=True, metavar="NĂM")
    parser.add_argument(
        "--planned",
        type=_planned,
        action="append",
        default=[],
        metavar="LOẠI=SỐ",
        help=f"ví dụ topic=10 ({', '.join(TaskForm.values)}); mặc định: theo danh mục",
    )
    parser.add_argument("--json", action="store_true", help="kết quả cho máy đọc")
    options = parser.parse_args(arguments)
    planned = dict(options.planned)
    if len(planned) < len(options.planned):
        twice = next(form for form in planned if [one for one, _count in options.planned].count(form) > 1)
        parser.error(f"Tham số --planned: «{twice}» ghi nhiều lần. Ghi mỗi loại một lần.")

    def work() -> tuple[dict[str, Any], list[str]]:
        office = office_at_work(settings.OFFICE)
        tasks = ResearchTask.objects.of_office(office).standing()
        found = estimate_of(tasks, office, options.year, on=timezone.localdate(), planned=planned or None)
        return estimated_values(found), estimated_words(found)

    return _answered(work, as_json=options.json)


def _planned(text: str) -> tuple[TaskForm, int]:
    form, equals, count = text.partition("=")
    if not equals or form not in TaskForm.values:
        words = f"«{shortened(text)}» không dùng được. Ghi LOẠI=SỐ như topic=10; loại là {', '.join(TaskForm.values)}."
        raise argparse.ArgumentTypeError(words)
    return TaskForm(form), whole(0, MOST_PLANNED)(count)


def _answered(work: Callable[[], tuple[dict[str, Any], list[str]]], *, as_json: bool, about: str = "") -> int:
    """Print what was reckoned, or why nothing could be, with what it is about; returns the exit code."""
    try:
        values, words = work()
    except (NotPrepared, *REFUSED) as refusal:
        sys.stderr.write(f"{about}{refusal}\n")
        return 1
    except DatabaseError:
        sys.stderr.write(f"{UNPREPARED}\n")
        return 1
    sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=1) + "\n" if as_json else "\n".join(words) + "\n")
    return 0


def _day(text: str) -> date:
    day = parse_day(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"Ngày «{shortened(text)}» ngoài các năm {FIRST_YEAR}–{LAST_YEAR}. Kiểm tra lại năm.")
    return day


DAY, YEAR = read_by(_day, [CalendarError, ValueError]), whole(2000, 2100)
MOST_PLANNED = 9999


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
    except OSError as failure:
        why = f"{why_not_opened(failure)}. Kiểm tra lại đường dẫn"
        sys.stderr.write(f"Không đọc được tệp {shortened(str(options.file))}: {why}.\n")
        return 1
    return _answered(lambda: work(data), as_json=options.json, about=f"{shortened(options.file.name)}: ")


def _filing(ended: date | None, filed: date | None, limit: str) -> Filing | None:
    if ended is None or filed is None:
        return None
    # A limit after which a file fails is no duty: it does not move to the next working day.
    return Filing(ended, filed, due_on(ended, parse_limit(limit), load_shipped_calendar(), rolls=False))
