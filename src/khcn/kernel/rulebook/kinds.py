"""What kind of value each rule holds: how it is checked, and how people read it; pure, without database.

An upper mechanism that reads a rule in a shape of its own declares the kind; the others are told by the value.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from khcn.kernel.calendar import CalendarError, parse_limit
from khcn.language.words import Words
from khcn.language.words import words as _
from khcn.ui import formats


class UnreadableValue(ValueError):
    """A value is not of the kind that the product reads; the message says what to write."""


@dataclass(frozen=True)
class ValueKind:
    """One kind of rule values.

    `fault`: a value → why it cannot be read, "" when it can. `words`: a value and its unit → as people read it.
    """

    name: str
    label: str
    fault: Callable[[Any], str]
    words: Callable[[Any, str], str]


def _limit_fault(value: Any) -> str:
    if not isinstance(value, str):
        return _("Thời hạn phải là số ngày làm việc, số ngày hoặc số tháng.")
    try:
        parse_limit(value)
    except CalendarError as fault:
        return str(fault)
    return ""


def _day_fault(value: Any) -> str:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return _("«{value}» không phải là ngày. Viết như 24/9/2021.").format(value=value)
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _whole_fault(value: Any) -> str:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return "" if whole else _("«{value}» không phải là số nguyên.").format(value=value)


def _amount_fault(value: Any) -> str:
    return "" if _is_number(value) and value >= 0 else _("«{value}» phải là số không âm.").format(value=value)


def _list_fault(value: Any) -> str:
    said = isinstance(value, list) and value and all(_is_number(one) or _is_text(one) for one in value)
    return "" if said else _("Danh sách phải có ít nhất một dòng, mỗi dòng một mục, không dòng nào trống.")


def _table_fault(value: Any) -> str:
    said = isinstance(value, dict) and value and all(_is_text(name) for name in value)
    return "" if said else _("Bảng phải có ít nhất một dòng dạng «tên: giá trị».")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _with_unit(value: Any, unit: str) -> str:
    return f"{formats.number(value) if _is_number(value) else value} {Words(unit)}".strip()


def _day_words(value: Any, _unit: str) -> str:
    return formats.day(date.fromisoformat(value))


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


LIMIT = ValueKind("limit", _("thời hạn"), _limit_fault, lambda value, _unit: str(parse_limit(value)))
WHOLE = ValueKind("whole", _("số nguyên"), _whole_fault, _with_unit)
AMOUNT = ValueKind("amount", _("số, số tiền"), _amount_fault, _with_unit)
FLAG = ValueKind(
    "flag",
    _("có hoặc không"),
    lambda value: "" if isinstance(value, bool) else _("Chọn «Có» hoặc «Không»."),
    lambda value, _unit: _("Có") if value else _("Không"),
)
DAY = ValueKind("day", _("ngày"), _day_fault, _day_words)
LIST = ValueKind("list", _("danh sách"), _list_fault, lambda value, _unit: _short(value))
TABLE = ValueKind(
    "table",
    _("bảng"),
    _table_fault,
    lambda value, _unit: "; ".join(f"{name}: {_short(one)}" for name, one in value.items()),
)
TEXT = ValueKind(
    "text", _("chữ"), lambda value: "" if _is_text(value) else _("Giá trị không được để trống."), _with_unit
)
_ANYTHING = ValueKind(
    "text", _("chữ"), lambda _value: _("Không rõ loại của giá trị này."), lambda value, _unit: _short(value)
)
_BY_SHAPE = (FLAG, LIMIT, DAY, WHOLE, AMOUNT, LIST, TABLE, TEXT, _ANYTHING)

_declared: dict[str, ValueKind] = {}


def declare_kind(pattern: str, kind: ValueKind) -> None:
    """Let the rules whose key is like the pattern ("report.period.*") be read as this kind."""
    _declared[pattern] = kind


def kind_of(key: str, value: Any) -> ValueKind:
    """Return the kind of a value that stands under the key: the one declared, else the first that can read it."""
    declared = [kind for pattern, kind in _declared.items() if fnmatchcase(key, pattern)]
    return next((kind for kind in (*declared, *_BY_SHAPE) if not kind.fault(value)), _ANYTHING)


def require_readable(*, key: str, before: Any, value: Any, label: str) -> None:
    """Stop unless the value can be read where the earlier one was read.

    Raises: UnreadableValue.
    """
    if fault := kind_of(key, before).fault(value):
        raise UnreadableValue(_("Chưa ghi được «{label}»: {fault}").format(label=label, fault=fault))


def words_of(key: str, value: Any, unit: str) -> str:
    """Return a value as people read it: limits in days, yes and no, numbers with their unit."""
    return kind_of(key, value).words(value, unit)
