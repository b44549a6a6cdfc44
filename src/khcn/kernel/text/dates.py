"""Read Vietnamese dates and deadlines, exact ones and vague ones, with their place in the text."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from khcn.kernel.text.folding import name_key
from khcn.language.words import words as _

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_YEAR = r"(?:19|20)\d{2}"
_NUMERIC = rf"(?P<d1>{_DAY})(?P<sep>[/.-])(?P<m1>{_MONTH})(?:(?P=sep)(?P<y1>{_YEAR}))?(?![\d/]|[.,-]\d|\s*%)"
_WORDED = rf"ngày\s+(?P<d2>{_DAY})\s+tháng\s+(?P<m2>{_MONTH})(?:\s*(?:năm|/)\s*(?P<y2>{_YEAR}))?(?!\d)"
_DATE = re.compile(rf"(?<![\w/.,-])(?:{_WORDED}|{_NUMERIC})", re.IGNORECASE)
# Words after which "24-9" or "24.9" without a year is a date and not a range or a decimal.
_DAY_CUE = re.compile(
    r"(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|mai|qua|nay|trước|sau|đến|từ|hết|nhất|thứ\s\w+|chủ\snhật)\s*[(,]?\s*$",
    re.IGNORECASE,
)
_CUE_REACH = 16
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_LAST_MONTH_OF_YEAR = 12
# "Within N months" is counted as N times thirty days.
_DAYS_OF = {"ngày": 1, "tuần": 7, "tháng": 30}


class Precision(StrEnum):
    """Say how exactly a text names a deadline."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CONTINUOUS = "continuous"
    NONE = "none"


class DateReadingError(ValueError):
    """Say, in Vietnamese, why a text is not a date."""


@dataclass(frozen=True, slots=True)
class DateMatch:
    """One date found in a text; ``start`` and ``end`` are half-open offsets, ``year`` is None when not stated."""

    start: int
    end: int
    raw: str
    day: int
    month: int
    year: int | None

    def on(self, default_year: int) -> date | None:
        """Return the calendar date, with the given year where none is stated; None for 30/2."""
        try:
            return date(self.year or default_year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as the text says it (``raw``), its last day and how exact that is; offsets are half-open."""

    raw: str
    on: date | None
    precision: Precision
    start: int
    end: int


def find_dates(text: str) -> Iterator[DateMatch]:
    """Yield dates of a day in order of appearance: ``24/9/2021``, ``sáng ngày 24-9``, ``ngày 24 tháng 9 năm 2021``.

    Fractions such as ``4/63`` are no dates; ``24-9`` and ``24.9`` are dates only after a word of time or with a year.
    """
    for found in _DATE.finditer(text):
        if found["d2"]:
            parts = found["d2"], found["m2"], found["y2"]
        elif (
            found["y1"]
            or found["sep"] == "/"
            or _DAY_CUE.search(text, max(0, found.start() - _CUE_REACH), found.start())
        ):
            parts = found["d1"], found["m1"], found["y1"]
        else:
            continue
        day, month, year = parts
        yield DateMatch(
            found.start(),
            found.end(),
            found.group(),
            int(day),
            int(month),
            int(year) if year else None,
        )


def is_cued(text: str, start: int) -> bool:
    """Tell whether a word of time (``ngày``, ``sáng``, ``trước``…) stands right before the offset."""
    return _DAY_CUE.search(text, max(0, start - _CUE_REACH), start) is not None


def _next_of(day: int, month: int, after: date) -> date | None:
    for year in (after.year, after.year + 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate >= after:
            return candidate
    return None


def last_day_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


_RELATIVE_DAYS = {
    "hôm nay": 0,
    "today": 0,  # what fields of the English interface say
    "nay": 0,
    "hôm qua": -1,
    "qua": -1,
    "hôm kia": -2,
    "ngày mai": 1,
    "mai": 1,
    "ngày kia": 2,
}


def parse_day(raw: str, today: date) -> date:
    """Read what a person types into a date field, relative to ``today``.

    Accepts ``24/9/2021``, ``24-9-2021``, ``24.9.2021``, ``24/9`` (the year of ``today``), ``+7`` (days from today),
    ``hôm nay``, ``ngày mai``, ``2021-09-24`` and ``ngày 24 tháng 9 năm 2021``.

    Raises:
        DateReadingError: the text names no day of the calendar.

    """
    text = name_key(raw)
    if text in _RELATIVE_DAYS:
        return today + timedelta(days=_RELATIVE_DAYS[text])
    if re.fullmatch(r"[+-]\s?\d{1,4}", text):
        return today + timedelta(days=int(text.replace(" ", "")))
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        year, month, day = (int(part) for part in text.split("-"))
        parts: tuple[int, int, int] | None = day, month, year
    else:
        found = next(find_dates(f"ngày {text.removeprefix('ngày ')}"), None)
        parts = (found.day, found.month, found.year or today.year) if found else None
    if parts is None:
        raise DateReadingError(
            _("“{raw}” không phải là ngày. Viết như 24/9/2021, 24/9, +7 hoặc hôm nay.").format(raw=raw)
        )
    try:
        return date(parts[2], parts[1], parts[0])
    except ValueError as error:
        problem = _("“{raw}” không có trong lịch. Kiểm tra lại ngày và tháng.")
        raise DateReadingError(problem.format(raw=raw)) from error


_LEAD = (
    r"(?:(?:hoàn\sthành|xong|thực\shiện|báo\scáo|trình)\s)?"
    r"(?:(?P<lead>trước|trong|đến\shết|hết|đến|vào|từ\snay\sđến|từ\sgiờ\sđến|chậm\snhất(?:\slà|\svào|\strong)?(?:\strước|\sđến\shết|\shết)?"
    r"|muộn\snhất(?:\slà|\svào|\strong)?|xong\strước|thời\shạn|hạn|sau)\s*:?\s*)?"
)
_BODY = rf"""(?:
    (?:ngày\s+)?(?P<dd>{_DAY})[/.-](?P<dm>{_MONTH})(?:[/.-](?P<dy>{_YEAR}))?(?![\d/]|[.,]\d)
  | ngày\s+(?P<wd>{_DAY})\s+tháng\s+(?P<wm>{_MONTH})(?!\d)(?:\s+năm\s+(?P<wy>{_YEAR}))?
  | (?P<monthpart>đầu\s|giữa\s|cuối\s)?tháng\s+(?P<mm>{_MONTH})(?:\s*(?:/|năm)\s*(?P<my>{_YEAR}))?
    (?!\d|[.,]\d|\s+đầu|\s+cuối)
  | quý\s+(?P<qq>iv|iii|ii|i|[1-4])\b(?:\s*(?:/|năm)\s*(?P<qy>{_YEAR}))?
  | (?P<endyear>(?:cuối|hết)\snăm)(?:\s(?P<ey>{_YEAR})|\snay|\snày)?
  | năm\s+(?P<yy>{_YEAR})
  | (?P<relative>trong\snăm\snay|trong\snăm\snày|năm\snay
      |(?:(?:đầu|giữa|cuối)\s)?(?:tuần|tháng|quý)\s(?:này|tới|sau))
  | trong\svòng\s(?P<within>\d\d?\d?)\s(?P<what>ngày|tuần|tháng)(?:\slàm\sviệc)?
  | (?P<always>thường\sxuyên|định\skỳ\s(?:hằng|hàng)\s\w+|(?:hằng|hàng)\s(?:ngày|tuần|tháng|quý|năm)|định\skỳ)
)"""
_DEADLINE = re.compile(rf"(?<![\w/]){_LEAD}{_BODY}", re.IGNORECASE | re.VERBOSE)


def _day_deadline(found: re.Match[str], given: date) -> tuple[date | None, Precision]:
    day, month = int(found["dd"] or found["wd"]), int(found["dm"] or found["wm"])
    year = found["dy"] or found["wy"]
    if year is None:
        return _next_of(day, month, given), Precision.DAY
    try:
        return date(int(year), month, day), Precision.DAY
    except ValueError:
        return None, Precision.DAY


def _month_deadline(found: re.Match[str], given: date) -> tuple[date, Precision]:
    month = int(found["mm"])
    year = int(found["my"]) if found["my"] else given.year + (month < given.month)
    if (found["lead"] or "").lower() == "trước":
        return date(year, month, 1) - timedelta(days=1), Precision.MONTH
    return last_day_of_month(year, month), Precision.MONTH


def _quarter_deadline(found: re.Match[str], given: date) -> tuple[date, Precision]:
    last_month = _QUARTERS[found["qq"].lower()] * 3
    year = int(found["qy"]) if found["qy"] else given.year + (last_month < given.month)
    return last_day_of_month(year, last_month), Precision.QUARTER


def _relative_deadline(found: re.Match[str], given: date) -> tuple[date, Precision]:
    phrase = found["relative"].lower()
    next_one = phrase.endswith(("tới", "sau"))
    if "năm" in phrase:
        return last_day_of_month(given.year, _LAST_MONTH_OF_YEAR), Precision.YEAR
    if "quý" in phrase:
        quarter = given.year * 4 + (given.month - 1) // 3 + next_one
        return last_day_of_month(quarter // 4, quarter % 4 * 3 + 3), Precision.QUARTER
    if "tuần" in phrase:
        sunday = given + timedelta(days=6 - given.weekday())
        return sunday + timedelta(days=7 if next_one else 0), Precision.DAY
    later = last_day_of_month(given.year, given.month)
    return (last_day_of_month(*_month_after(later)) if next_one else later), Precision.MONTH


def _month_after(day: date) -> tuple[int, int]:
    following = day + timedelta(days=1)
    return following.year, following.month


def _normalised(found: re.Match[str], given: date) -> tuple[date | None, Precision]:
    if found["dd"] or found["wd"]:
        return _day_deadline(found, given)
    if found["mm"]:
        return _month_deadline(found, given)
    if found["qq"]:
        return _quarter_deadline(found, given)
    if found["relative"]:
        return _relative_deadline(found, given)
    if found["always"]:
        return None, Precision.CONTINUOUS
    if found["within"]:
        return given + timedelta(days=int(found["within"]) * _DAYS_OF[found["what"].lower()]), Precision.DAY
    year = found["ey"] or found["yy"]
    return last_day_of_month(int(year) if year else given.year, _LAST_MONTH_OF_YEAR), Precision.YEAR


def find_deadlines(text: str, given: date) -> Iterator[Deadline]:
    """Yield every day, month, quarter, year or rhythm a text names, as a deadline counted from ``given``.

    Which of them is the deadline of a task is for the caller to judge by the words around.
    """
    for found in _DEADLINE.finditer(text):
        try:
            on, precision = _normalised(found, given)
        except (ValueError, OverflowError):
            on, precision = None, Precision.NONE
        yield Deadline(found.group().strip(), on, precision, found.start(), found.end())


def parse_deadline(raw: str, given: date) -> Deadline:
    """Read one deadline; a text without any is kept with precision ``none`` and no date."""
    found = next(find_deadlines(raw, given), None)
    return (
        Deadline(raw, found.on, found.precision, 0, len(raw))
        if found
        else Deadline(raw, None, Precision.NONE, 0, len(raw))
    )
