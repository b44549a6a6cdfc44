"""The days of a report's period as a rule says them: checked before they are written, read out in words."""

from __future__ import annotations

import calendar
from typing import Any

from khcn.kernel.indicators.periods import PARTS, YEAR, period_from_rule
from khcn.kernel.indicators.periods import period_words as label_of
from khcn.kernel.rulebook.kinds import ValueKind
from khcn.language.words import words as _

KEY = "report.period."
YEAR_WORDS = {-1: _("năm trước"), 0: _("năm báo cáo"), 1: _("năm sau")}
MONTH_WORDS = {
    -3: _("ba tháng trước"),
    -2: _("hai tháng trước"),
    -1: _("tháng trước"),
    0: _("tháng cuối kỳ"),
    1: _("tháng sau"),
}
"""Months as counted from the last one of the month or quarter that the report is on."""
LEAP, PLAIN = 2024, 2027
"""One year of each kind: a period must be in order in both."""
END_PARTS, PART_END_PARTS, MONTHS, LONGEST_MONTH = 3, 2, 12, 31


def period_words(value: Any, _unit: str = "") -> str:
    """Return the first and the last day as a sentence about any year."""
    return _("từ {value} đến hết {value2}").format(value=_end(value["from"]), value2=_end(value["to"]))


def period_fault(value: Any) -> str:
    """Return why reports cannot be cut off by this value, "" when they can."""
    if not isinstance(value, dict) or set(value) != {"from", "to"}:
        return _("Kỳ số liệu cần ngày đầu và ngày cuối.")
    for name, parts in ((_("Ngày đầu"), value["from"]), (_("Ngày cuối"), value["to"])):
        if fault := _end_fault(parts):
            return f"{name}: {fault}"
    for year in (LEAP, PLAIN):
        period = period_from_rule(YEAR, year, value)
        if period.last < period.first:
            return _("Ngày cuối ({value}) phải sau ngày đầu ({value2}).").format(
                value=_end(value["to"]), value2=_end(value["from"])
            )
    return ""


def period_example(key: str, value: Any, year: int) -> str:
    """Return the sentence of one year: "Báo cáo 9 tháng đầu năm 2027: số liệu từ 15/12/2026 đến 14/9/2027"."""
    kind = key.removeprefix(KEY)
    part = PARTS.get(kind, 0)  # of months and quarters the last of the year stands for all
    period = period_from_rule(kind, year, value, part)
    return _("Báo cáo {kind}: số liệu {days}").format(kind=label_of(kind, year, part), days=period.days)


def _end(parts: list[int]) -> str:
    offset, month, day = parts
    return f"{day}/{month} {YEAR_WORDS[offset]}"


def _end_fault(parts: Any) -> str:
    if not isinstance(parts, list) or len(parts) != END_PARTS or not all(type(part) is int for part in parts):
        return _("cần năm, tháng và ngày.")
    offset, month, day = parts
    if offset not in YEAR_WORDS:
        return _("chỉ nhận năm trước, năm báo cáo hoặc năm sau.")
    if not 1 <= month <= MONTHS:
        return _("không có tháng {month}.").format(month=month)
    most = calendar.monthrange(LEAP, month)[1]
    return "" if 1 <= day <= most else _("tháng {month} không có ngày {day}.").format(month=month, day=day)


def part_words(value: Any, _unit: str = "") -> str:
    """Return the first and the last day as a sentence about any month or quarter."""
    return _("từ {value} đến hết {value2}").format(value=_part_end(value["from"]), value2=_part_end(value["to"]))


def part_fault(value: Any) -> str:
    """Return why reports on months or quarters cannot be cut off by this value, "" when they can."""
    if not isinstance(value, dict) or set(value) != {"from", "to"}:
        return _("Kỳ số liệu cần ngày đầu và ngày cuối.")
    for name, parts in ((_("Ngày đầu"), value["from"]), (_("Ngày cuối"), value["to"])):
        if fault := _part_end_fault(parts):
            return f"{name}: {fault}"
    if value["to"] < value["from"]:
        return _("Ngày cuối ({value}) phải sau ngày đầu ({value2}).").format(
            value=_part_end(value["to"]), value2=_part_end(value["from"])
        )
    return ""


def _part_end(parts: list[int]) -> str:
    offset, day = parts
    return _("ngày {day} {value}").format(day=day, value=MONTH_WORDS[offset])


def _part_end_fault(parts: Any) -> str:
    if not isinstance(parts, list) or len(parts) != PART_END_PARTS or not all(type(part) is int for part in parts):
        return _("cần tháng và ngày.")
    offset, day = parts
    if offset not in MONTH_WORDS:
        return _("chỉ nhận {MONTH_WORDS}.").format(MONTH_WORDS=", ".join(MONTH_WORDS.values()))
    return "" if 1 <= day <= LONGEST_MONTH else _("không tháng nào có ngày {day}.").format(day=day)


PERIOD_RULE = ValueKind("period", _("kỳ số liệu"), period_fault, period_words)
PART_PERIOD_RULE = ValueKind("part-period", _("kỳ số liệu của tháng, quý"), part_fault, part_words)
