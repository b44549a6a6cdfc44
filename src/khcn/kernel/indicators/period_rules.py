"""The days of a report's period as a rule says them: checked before they are written, read out in words."""

from __future__ import annotations

import calendar
from typing import Any

from khcn.kernel.indicators.periods import PERIOD_LABELS, period_from_rule
from khcn.kernel.rulebook.kinds import ValueKind

KEY = "report.period."
YEAR_WORDS = {-1: "năm trước", 0: "năm báo cáo", 1: "năm sau"}
LEAP, PLAIN = 2024, 2027
"""One year of each kind: a period must be in order in both."""
PARTS, MONTHS = 3, 12


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
        period = period_from_rule("", year, value)
        if period.last < period.first:
            return f"Ngày cuối ({_end(value['to'])}) phải sau ngày đầu ({_end(value['from'])})."
    return ""


def period_example(key: str, value: Any, year: int) -> str:
    """Return the sentence of one year: "Báo cáo 9 tháng đầu năm 2027: số liệu từ 15/12/2026 đến 14/9/2027"."""
    kind = key.removeprefix(KEY)
    period = period_from_rule(kind, year, value)
    label = PERIOD_LABELS.get(kind, "năm {year}").format(year=year)
    return f"Báo cáo {label}: số liệu {period.days}"


def _end(parts: list[int]) -> str:
    offset, month, day = parts
    return f"{day}/{month} {YEAR_WORDS[offset]}"


def _end_fault(parts: Any) -> str:
    if not isinstance(parts, list) or len(parts) != PARTS or not all(type(part) is int for part in parts):
        return "cần năm, tháng và ngày."
    offset, month, day = parts
    if offset not in YEAR_WORDS:
        return "chỉ nhận năm trước, năm báo cáo hoặc năm sau."
    if not 1 <= month <= MONTHS:
        return f"không có tháng {month}."
    most = calendar.monthrange(LEAP, month)[1]
    return "" if 1 <= day <= most else f"tháng {month} không có ngày {day}."


PERIOD_RULE = ValueKind("period", "kỳ số liệu", period_fault, period_words)
