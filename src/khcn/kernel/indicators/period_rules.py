"""The days of a report's period as a rule says them: checked before they are written, read out in words."""

from __future__ import annotations

import calendar
from typing import Any

from khcn.kernel.indicators.periods import PARTS, YEAR, period_from_rule
from khcn.kernel.indicators.periods import period_words as label_of
from khcn.kernel.rulebook.kinds import ValueKind

KEY = "report.period."
YEAR_WORDS = {-1: "năm trước", 0: "năm báo cáo", 1: "năm sau"}
MONTH_WORDS = {-3: "ba tháng trước", -2: "hai tháng trước", -1: "tháng trước", 0: "tháng cuối kỳ", 1: "tháng sau"}
"""Months as counted from the last one of the month or quarter that the report is on."""
LEAP, PLAIN = 2024, 2027
"""One year of each kind: a period must be in order in both."""
END_PARTS, PART_END_PARTS, MONTHS, LONGEST_MONTH = 3, 2, 12, 31


def period_words(value: Any, _unit: str = "") -> str:
    """Return the first and the last day as a sentence about any year."""
    return f"từ {_end(value['from'])} đến hết {_end(value['to'])}"


def period_fault(value: Any) -> str:
    """Return why reports cannot be cut off by this value, "" when they can."""
    if not isinstance(value, dict) or set(value) != {"from", "to"}:
        return "Kỳ số liệu cần ngày đầu và ngày cuối."
    for name, parts in (("Ngày đầu", value["from"]), ("Ngày cuối", value["to"])):
        if fault := _end_fault(parts):
            return f"{name}: {fault}"
    for year in (LEAP, PLAIN):
        period = period_from_rule(YEAR, year, value)
        if period.last < period.first:
            return f"Ngày cuối ({_end(value['to'])}) phải sau ngày đầu ({_end(value['from'])})."
    return ""


def period_example(key: str, value: Any, year: int) -> str:
    """Return the sentence of one year: "Báo cáo 9 tháng đầu năm 2027: số liệu từ 15/12/2026 đến 14/9/2027"."""
    kind = key.removeprefix(KEY)
    part = PARTS.get(kind, 0)  # of months and quarters the last of the year stands for all
    period = period_from_rule(kind, year, value, part)
    return f"Báo cáo {label_of(kind, year, part)}: số liệu {period.days}"


def _end(parts: list[int]) -> str:
    offset, month, day = parts
    return f"{day}/{month} {YEAR_WORDS[offset]}"


def _end_fault(parts: Any) -> str:
    if not isinstance(parts, list) or len(parts) != END_PARTS or not all(type(part) is int for part in parts):
        return "cần năm, tháng và ngày."
    offset, month, day = parts
    if offset not in YEAR_WORDS:
        return "chỉ nhận năm trước, năm báo cáo hoặc năm sau."
    if not 1 <= month <= MONTHS:
        return f"không có tháng {month}."
    most = calendar.monthrange(LEAP, month)[1]
    return "" if 1 <= day <= most else f"tháng {month} không có ngày {day}."


def part_words(value: Any, _unit: str = "") -> str:
    """Return the first and the last day as a sentence about any month or quarter."""
    return f"từ {_part_end(value['from'])} đến hết {_part_end(value['to'])}"


def part_fault(value: Any) -> str:
    """Return why reports on months or quarters cannot be cut off by this value, "" when they can."""
    if not isinstance(value, dict) or set(value) != {"from", "to"}:
        return "Kỳ số liệu cần ngày đầu và ngày cuối."
    for name, parts in (("Ngày đầu", value["from"]), ("Ngày cuối", value["to"])):
        if fault := _part_end_fault(parts):
            return f"{name}: {fault}"
    if value["to"] < value["from"]:
        return f"Ngày cuối ({_part_end(value['to'])}) phải sau ngày đầu ({_part_end(value['from'])})."
    return ""


def _part_end(parts: list[int]) -> str:
    offset, day = parts
    return f"ngày {day} {MONTH_WORDS[offset]}"


def _part_end_fault(parts: Any) -> str:
    if not isinstance(parts, list) or len(parts) != PART_END_PARTS or not all(type(part) is int for part in parts):
        return "cần tháng và ngày."
    offset, day = parts
    if offset not in MONTH_WORDS:
        return f"chỉ nhận {', '.join(MONTH_WORDS.values())}."
    return "" if 1 <= day <= LONGEST_MONTH else f"không tháng nào có ngày {day}."


PERIOD_RULE = ValueKind("period", "kỳ số liệu", period_fault, period_words)
PART_PERIOD_RULE = ValueKind("part-period", "kỳ số liệu của tháng, quý", part_fault, part_words)
