"""The `khcn calendar …` commands: reckon a due day from the command line."""

import argparse
import io
import json
import sys
from typing import NoReturn, TextIO

from khcn.kernel.calendar.days import CONFIDENCE_LABELS, WorkCalendar, load_shipped_calendar
from khcn.kernel.calendar.errors import CalendarError
from khcn.kernel.calendar.limits import Span, parse_day, parse_limit
from khcn.kernel.calendar.reckoning import Reckoning, reckon

USAGE = "khcn calendar due --start 2026-11-20 --limit 5wd [--pause 2026-12-01..2026-12-03 …] [--json]"


class _UsageError(CalendarError):
    """Report a command line that cannot be understood."""


class _Parser(argparse.ArgumentParser):
    """Refuse a wrong command line with a Vietnamese sentence instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        del message
        raise _UsageError(f"Không hiểu dòng lệnh. Cách dùng: {USAGE}")


def due(arguments: list[str]) -> int:
    """Print the due day of a limit, as sentences or as JSON, and return the exit code.

    The JSON has `nominal`, `due` (the effective day), `skipped` (objects with `date`, `reason`) and `source`.
    Wrong input is told on the error stream, in Vietnamese, and returns 1.
    """
    _speak_utf8(sys.stdout)
    _speak_utf8(sys.stderr)
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
        if options.help:
            sys.stdout.write(parser.format_help())
            return 0
        if options.start is None or options.limit is None:
            raise _UsageError(f"Thiếu ngày bắt đầu (--start) hoặc thời hạn (--limit). Cách dùng: {USAGE}")
        calendar = load_shipped_calendar()
        pauses = [Span.parse(text) for text in options.pause]
        reckoning = reckon(parse_day(options.start), parse_limit(options.limit), calendar, pauses)
    except CalendarError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stdout.write(_as_json(reckoning, calendar) if options.json else _as_sentences(reckoning, calendar))
    return 0


def source_of(reckoning: Reckoning, calendar: WorkCalendar) -> str:
    """State in Vietnamese which special days were used, on what legal basis, and how well checked they are."""
    parts: dict[str, list[str]] = {}
    for row in calendar.special_days(reckoning.start, reckoning.effective):
        standing = CONFIDENCE_LABELS[row.confidence] + ("" if row.confirmed else "; chưa có quyết định chính thức")
        parts.setdefault(f"{row.legal_basis} [{standing}]", []).append(f"{row.on:%d/%m/%Y} {row.name}")
    used = "; ".join(f"{', '.join(days)}: {basis}" for basis, days in parts.items()) or "không có ngày đặc biệt nào"
    years = sorted(calendar.years)
    return (
        f"Bảng ngày làm việc Việt Nam {years[0]}–{years[-1]} kèm theo phần mềm; tuần làm việc từ Thứ Hai đến Thứ Sáu. "
        f"Ngày đặc biệt từ ngày bắt đầu đến hạn: {used}."
    )


def _parser() -> _Parser:
    parser = _Parser(prog="khcn calendar due", usage=USAGE, add_help=False, allow_abbrev=False)
    parser.add_argument("--start", metavar="NGÀY", help="ngày bắt đầu, không tính vào thời hạn")
    parser.add_argument("--limit", metavar="THỜI_HẠN", help="5wd = 5 ngày làm việc; 10d = 10 ngày; 2m = 2 tháng")
    parser.add_argument(
        "--pause", metavar="A..B", action="extend", nargs="+", default=[], help="khoảng tạm dừng, có thể nhắc lại"
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument("-h", "--help", action="store_true", help="in hướng dẫn này")
    return parser


def _as_json(reckoning: Reckoning, calendar: WorkCalendar) -> str:
    answer = {
        "nominal": reckoning.nominal.isoformat(),
        "due": reckoning.effective.isoformat(),
        "skipped": [{"date": entry.date.isoformat(), "reason": entry.reason} for entry in reckoning.skipped],
        "source": source_of(reckoning, calendar),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _as_sentences(reckoning: Reckoning, calendar: WorkCalendar) -> str:
    return "\n".join([*reckoning.explain(), f"Nguồn: {source_of(reckoning, calendar)}"]) + "\n"


def _speak_utf8(stream: TextIO) -> None:
    """Write Vietnamese whatever the locale of the terminal says."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
